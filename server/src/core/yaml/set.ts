import type { TextEdit } from '../text/text-edit.ts';
import type { TextRange } from '../text/text-range.ts';
import { dataOf, isJsonObject, isSameJson } from './data.ts';
import { type FieldPath, findEntry, findNode, type YamlEntry, type YamlMapping, type YamlSequence } from './node.ts';
import { renderBlock, renderFlow, renderValue, type YamlValue } from './render.ts';
import {
  beginsLine,
  colonEnd,
  columnOf,
  commentsIn,
  contentEnd,
  entryStart,
  lineEnd,
  lineStart,
  nextLine,
  type Source,
  valueRange,
} from './source.ts';

/** An entry with what is needed to give it another value. */
interface Target {
  readonly parent: YamlMapping;
  readonly entry: YamlEntry;
  /** Where the entry begins, with an anchor or tag of its key. */
  readonly start: number;
  /** What stands behind its colon. */
  readonly old: TextRange;
}

/** Ways to give a value to a key, in the place of the one it has, if any. Where only a level comes or goes, the rest keeps its text. */
export function fillEntry(source: Source, path: FieldPath, value: YamlValue): readonly (TextEdit | undefined)[] {
  const parent = findNode(source.root, path.slice(0, -1));
  if (parent?.kind === 'sequence') return [fillItem(source, parent, Number(path.at(-1)), value)];
  const entry = findEntry(parent, String(path.at(-1)));
  if (parent?.kind !== 'mapping' || entry === undefined || entry.merged) return [];
  const start = entryStart(source, entry);
  if (start === undefined) return [];
  const colon = colonEnd(source, entry);
  if (colon === undefined) return [parent.flow ? fillBareKey(source, entry, value) : undefined];
  const target = { parent, entry, start, old: valueRange(source, entry, colon) };
  return [addLevel(source, target, value), removeLevel(source, target, value), overwrite(source, target, value)];
}

/** Between brackets a key may stand without a colon. */
function fillBareKey(source: Source, { keyRange }: YamlEntry, value: YamlValue): TextEdit {
  return { range: { start: keyRange.end, end: keyRange.end }, newText: `: ${renderFlow(source, [value])}` };
}

function overwrite(source: Source, { parent, start, old }: Target, value: YamlValue): TextEdit | undefined {
  if (parent.flow) {
    // Behind a comment there is no place for what follows on the line.
    if (commentsIn(source, old).length > 0) return undefined;
    return { range: old, newText: ` ${renderFlow(source, [value])}` };
  }
  const indent = columnOf(source.text, start);
  const rendered = renderBlock(source, { x: value }, indent).slice(indent + 'x:'.length);
  const keyLine = { start: old.start, end: Math.min(old.end, lineEnd(source.text, old.start)) };
  const comments = {
    onKey: commentsIn(source, keyLine),
    inside: commentsIn(source, { start: keyLine.end, end: old.end }),
  };
  return { range: old, newText: withComments(source, rendered, comments) };
}

/** The comments of what stood in a place before. */
interface OldComments {
  /** On the line on which it begins. */
  readonly onKey: readonly string[];
  readonly inside: readonly string[];
}

/** A rendered value with the comments of the one before it: above the first line of a block, else at the end of the line. */
export function withComments({ lineBreak }: Source, rendered: string, { onKey, inside }: OldComments): string {
  const [first = '', ...rest] = rendered.split(lineBreak);
  if (first !== '') return [[first, ...onKey, ...inside].join(' '), ...rest].join(lineBreak);
  const indent = /^ */.exec(rest[0] ?? '')?.[0] ?? '';
  const lines = [['', ...onKey].join(' '), ...inside.map((comment) => indent + comment), ...rest];
  return lines.join(lineBreak);
}

/** Another value in the place of a plain item of a list. */
function fillItem(source: Source, list: YamlSequence, index: number, value: YamlValue): TextEdit | undefined {
  const item = list.items[index];
  if (item?.kind !== 'scalar' || item.range.start === item.range.end) return undefined;
  const indent = columnOf(source.text, item.range.start);
  const rendered = list.flow ? renderFlow(source, [value]) : renderBlock(source, value, indent).slice(indent);
  const range = { start: item.range.start, end: contentEnd(source, item.range) };
  return { range, newText: withComments(source, rendered, { onKey: commentsIn(source, range), inside: [] }) };
}

/** Puts the mapping that is there under a key, where that is all that the new value says. */
function addLevel(
  source: Source,
  { entry: { value: old }, ...target }: Target,
  value: YamlValue,
): TextEdit | undefined {
  const [[key, inner] = [], ...others] = isJsonObject(value) ? Object.entries(value) : [];
  if (old?.kind !== 'mapping' || key === undefined || others.length > 0) return undefined;
  if (!isSameJson(inner, dataOf(old))) return undefined;
  const { text, lineBreak } = source;
  if (old.flow || old.aliased) {
    const flowKey = renderFlow(source, [key]);
    return { range: old.range, newText: `{ ${flowKey}: ${text.slice(old.range.start, old.range.end)} }` };
  }
  if (!beginsLine(text, old.range.start)) return undefined;
  const range = { start: nextLine(text, target.old.start), end: target.old.end };
  const indent = ' '.repeat(columnOf(text, old.range.start));
  const lines = text.slice(range.start, range.end).split('\n');
  const moved = lines.map((line) => (line.trim() === '' ? line : `  ${line}`)).join('\n');
  return { range, newText: `${indent}${renderValue(key)}:${lineBreak}${moved}` };
}

/** Takes the only key of a mapping away and leaves what is under it, where that is all that the new value says. */
function removeLevel(source: Source, { entry: { value: old } }: Target, value: YamlValue): TextEdit | undefined {
  const [only, ...others] = old?.kind === 'mapping' && !old.aliased ? old.entries : [];
  if (old?.kind !== 'mapping' || only?.value?.kind !== 'mapping' || others.length > 0) return undefined;
  if (!isSameJson(value, dataOf(only.value))) return undefined;
  const inner = only.value;
  if (old.flow) {
    const isCommented = commentsIn(source, old.range).length > commentsIn(source, inner.range).length;
    return isCommented
      ? undefined
      : { range: old.range, newText: source.text.slice(inner.range.start, inner.range.end) };
  }
  return inner.flow ? undefined : dedent(source, only, inner);
}

function dedent(source: Source, entry: YamlEntry, inner: YamlMapping): TextEdit | undefined {
  const { text, lineBreak } = source;
  const colon = colonEnd(source, entry);
  if (colon === undefined || !beginsLine(text, entry.keyRange.start)) return undefined;
  const range = { start: lineStart(text, entry.keyRange.start), end: contentEnd(source, inner.range) };
  const column = columnOf(text, entry.keyRange.start);
  const body = nextLine(text, colon);
  const blanks = new RegExp(`^ {0,${columnOf(text, inner.range.start) - column}}`, 'gm');
  const comments = commentsIn(source, { start: colon, end: body }).map(
    (comment) => ' '.repeat(column) + comment + lineBreak,
  );
  return { range, newText: comments.join('') + text.slice(body, range.end).replace(blanks, '') };
}
