import type { TextEdit } from '../text/text-edit.ts';
import { type FieldPath, findEntry, findNode, type YamlMapping, type YamlNode, type YamlSequence } from './node.ts';
import { renderBlock, renderFlow, type YamlValue } from './render.ts';
import { fillEntry } from './set.ts';
import {
  beginsLine,
  colonEnd,
  columnOf,
  contentEnd,
  entryStart,
  isLineBreakText,
  lastToken,
  lineEnd,
  lineStart,
  linesEnd,
  type Source,
  valueRange,
} from './source.ts';

/** Ways to write a field that is not there, or is there without a value. */
export function insertField(
  source: Source,
  path: FieldPath,
  value: YamlValue,
  from?: FieldPath,
): readonly (TextEdit | undefined)[] {
  const field = findNode(source.root, path);
  if (field !== undefined) return isEmpty(field) ? fillEntry(source, path, value) : [];
  const { existing, missing } = splitAtMissing(source.root, path);
  const [key, ...deeper] = missing;
  if (typeof key !== 'string' || deeper.some((step) => typeof step === 'number')) return [];
  const moved =
    from !== undefined && deeper.length === 0 && from.at(-1) === key ? [takeOver(source, existing, from)] : [];
  return [...moved, ...addEntry(source, existing, key, nest(deeper as readonly string[], value))];
}

/** Ways to write another item at the end of a list. An empty `[]` or a null gives way to a list; a missing one is inserted. */
export function appendItem(source: Source, path: FieldPath, value: YamlValue): readonly (TextEdit | undefined)[] {
  const list = findNode(source.root, path);
  if (list === undefined || isEmpty(list)) {
    const entry = findEntry(findNode(source.root, path.slice(0, -1)), String(path.at(-1)));
    return entry === undefined ? insertField(source, path, [value]) : fillEntry(source, path, [value]);
  }
  if (list.kind !== 'sequence') return [];
  return [list.flow ? intoFlow(source, list, renderFlow(source, [value])) : afterLastItem(source, list, value)];
}

function isEmpty(node: YamlNode): boolean {
  if (node.kind === 'scalar') return node.value === null;
  return (node.kind === 'mapping' ? node.entries : node.items).length === 0;
}

/** The part of a path that exists with a mapping or sequence that can take more, and the rest. */
function splitAtMissing(root: YamlNode | undefined, path: FieldPath): { existing: FieldPath; missing: FieldPath } {
  let length = 0;
  while (length < path.length && findNode(root, path.slice(0, length + 1)) !== undefined) length++;
  return { existing: path.slice(0, length), missing: path.slice(length) };
}

function nest(keys: readonly string[], value: YamlValue): YamlValue {
  return keys.reduceRight<YamlValue>((inner, key) => ({ [key]: inner }), value);
}

function addEntry(source: Source, path: FieldPath, key: string, value: YamlValue): readonly (TextEdit | undefined)[] {
  const parent = findNode(source.root, path);
  // An empty item of a list has no key that it could stand behind.
  if (parent?.kind === 'mapping' && isEmpty(parent) && typeof path.at(-1) === 'number') {
    return [{ range: parent.range, newText: `{ ${renderFlow(source, { [key]: value })} }` }];
  }
  if (parent === undefined || isEmpty(parent)) return path.length > 0 ? fillEntry(source, path, { [key]: value }) : [];
  if (parent.kind !== 'mapping') return [];
  const entry = findEntry(parent, key);
  if (entry !== undefined) {
    return entry.value === undefined || isEmpty(entry.value) ? fillEntry(source, [...path, key], value) : [];
  }
  const added = { [key]: value };
  return [parent.flow ? intoFlow(source, parent, renderFlow(source, added)) : afterLastEntry(source, parent, added)];
}

/** The text of a block's field behind the last one of another block. */
function takeOver(source: Source, into: FieldPath, from: FieldPath): TextEdit | undefined {
  const { text } = source;
  const target = findNode(source.root, into);
  const parent = findNode(source.root, from.slice(0, -1));
  const entry = findEntry(parent, String(from.at(-1)));
  const first = target?.kind === 'mapping' && !target.flow ? target.entries.find(({ merged }) => !merged) : undefined;
  if (target === undefined || first === undefined || entry === undefined || entry.merged) return undefined;
  const start = entryStart(source, entry);
  const colon = colonEnd(source, entry);
  if (start === undefined || colon === undefined || (parent?.kind === 'mapping' && parent.flow)) return undefined;
  const field = text.slice(start, lineEnd(text, valueRange(source, entry, colon).end));
  const indent = columnOf(text, first.keyRange.start);
  return insertLines(source, target, ' '.repeat(indent) + shifted(field, indent - columnOf(text, start)));
}

/** The text with all lines but the first moved to the right, or to the left. */
function shifted(text: string, columns: number): string {
  const [first = '', ...rest] = text.split('\n');
  const blanks = new RegExp(`^ {0,${Math.max(0, -columns)}}`);
  const pad = ' '.repeat(Math.max(0, columns));
  return [first, ...rest.map((line) => (line.trim() === '' ? line : pad + line.replace(blanks, '')))].join('\n');
}

function afterLastEntry(source: Source, parent: YamlMapping, value: YamlValue): TextEdit | undefined {
  const first = parent.entries.find((entry) => !entry.merged);
  if (first === undefined) return undefined;
  return insertLines(source, parent, renderBlock(source, value, columnOf(source.text, first.keyRange.start)));
}

function afterLastItem(source: Source, list: YamlSequence, value: YamlValue): TextEdit | undefined {
  return insertLines(source, list, renderBlock(source, [value], columnOf(source.text, list.range.start)));
}

/** New lines after the last line on which the node has text. A comment at the end of that line stays with it. */
function insertLines(source: Source, { range }: YamlNode, block: string): TextEdit | undefined {
  const { text, lineBreak } = source;
  const start = linesEnd(source, range);
  const place = { start, end: start };
  if (text[start - 1] === '\n') return { range: place, newText: block + lineBreak };
  return isLineBreakText(source, start) ? undefined : { range: place, newText: lineBreak + block };
}

/** Behind the last item or field between the brackets: on its line, or on one of its own where each has one. */
function intoFlow(source: Source, node: YamlMapping | YamlSequence, added: string): TextEdit {
  const { text, lineBreak } = source;
  const inside = { start: node.range.start, end: node.range.end - 1 };
  const hasComma = lastToken(source, inside)?.type === 'comma';
  const start = contentEnd(source, inside);
  const first = startOfLast(node);
  const end = lineEnd(text, start);
  if (first === undefined || !beginsLine(text, first) || end >= inside.end) {
    return { range: { start, end: start }, newText: `${hasComma ? ' ' : ', '}${added}` };
  }
  const indent = text.slice(lineStart(text, first), first);
  const line = `${lineBreak}${indent}${added}${hasComma ? ',' : ''}`;
  return { range: { start, end }, newText: `${hasComma ? '' : ','}${text.slice(start, end)}${line}` };
}

function startOfLast(node: YamlMapping | YamlSequence): number | undefined {
  if (node.kind === 'sequence') return node.items.at(-1)?.range.start;
  const last = node.entries.at(-1);
  return last === undefined || last.merged ? undefined : last.keyRange.start;
}
