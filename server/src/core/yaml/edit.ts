import { Document, type ToStringOptions, visit } from 'yaml';
import type { TextEdit } from '../text/text-edit.ts';
import type { YamlDocument } from './document.ts';
import { type FieldPath, findEntry, findNode, type YamlMapping, type YamlNode, type YamlSequence } from './node.ts';
import { removeAt } from './remove.ts';
import { resolvePlain } from './scalar.ts';

/** A value to be written into a document. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** A change of one document, said in fields instead of characters. */
export type YamlEdit =
  /** Writes another scalar in the place of the one at `path`, in the same quotes if it had any. */
  | { readonly op: 'replace'; readonly path: FieldPath; readonly value: string | number | boolean }
  /** Gives the field at `path`, which must exist, another value of any shape; comments inside of the old one go with it. */
  | { readonly op: 'set'; readonly path: FieldPath; readonly value: YamlValue }
  /** Gives the key at the end of `path` another name. */
  | { readonly op: 'rename'; readonly path: FieldPath; readonly key: string }
  /** Adds the field at `path`, which must not exist; parents that are missing or null are made. */
  | { readonly op: 'insert'; readonly path: FieldPath; readonly value: YamlValue }
  /** Takes the field or list item at `path` away; a parent that is left without content goes with it. */
  | { readonly op: 'remove'; readonly path: FieldPath }
  /** Adds another document after this one. */
  | { readonly op: 'add-document'; readonly value: YamlValue }
  /** Adds an item at the end of the list at `path`; the list is made if it is missing, null or empty. */
  | { readonly op: 'append'; readonly path: FieldPath; readonly value: YamlValue };

/**
 * The text edit that makes the change, relative to the document; everything else keeps its bytes, comments too.
 * Undefined where the document has no such place, or where the text is shared through an anchor and the change would
 * reach further than it says.
 */
export function editDocument(document: YamlDocument, edit: YamlEdit): TextEdit | undefined {
  if (edit.op === 'add-document') return addDocument(document, edit.value);
  if (isShared(document.root, edit.path)) return undefined;
  switch (edit.op) {
    case 'replace':
      return replaceScalar(document, edit.path, edit.value);
    case 'set':
      return fillEntry(document, edit.path, edit.value);
    case 'rename':
      return renameKey(document, edit.path, edit.key);
    case 'insert':
      return insertField(document, edit.path, edit.value);
    case 'append':
      return appendItem(document, edit.path, edit.value);
    case 'remove':
      return removeAt(document, edit.path);
  }
}

function addDocument(document: YamlDocument, value: YamlValue): TextEdit {
  const end = document.text.length;
  const lineBreak = lineBreakOf(document.text);
  const start = document.text === '' || document.text.endsWith('\n') ? '' : lineBreak;
  const newText = `${start}---${lineBreak}${withLineBreaks(document, renderBlock(document, value, 0))}${lineBreak}`;
  return { range: { start: end, end }, newText };
}

function isShared(root: YamlNode | undefined, path: FieldPath): boolean {
  let node = root;
  for (const step of path) {
    if (node?.aliased || node?.anchored) return true;
    const entry = typeof step === 'string' ? findEntry(node, step) : undefined;
    if (entry?.merged) return true;
    node = entry ? entry.value : node?.kind === 'sequence' ? node.items[Number(step)] : undefined;
  }
  return node?.aliased === true || node?.anchored === true;
}

function replaceScalar(
  document: YamlDocument,
  path: FieldPath,
  value: string | number | boolean,
): TextEdit | undefined {
  const node = findNode(document.root, path);
  if (node?.kind !== 'scalar' || node.range.start === node.range.end) return undefined;
  const quote = node.style === 'single' ? 'QUOTE_SINGLE' : node.style === 'double' ? 'QUOTE_DOUBLE' : 'PLAIN';
  const defaultStringType = typeof value === 'string' ? quote : 'PLAIN';
  return { range: node.range, newText: renderValue(value, { defaultStringType }) };
}

function renameKey(document: YamlDocument, path: FieldPath, key: string): TextEdit | undefined {
  const entry = findEntry(findNode(document.root, path.slice(0, -1)), String(path.at(-1)));
  return entry && { range: entry.keyRange, newText: renderValue(key) };
}

function insertField(document: YamlDocument, path: FieldPath, value: YamlValue): TextEdit | undefined {
  const field = findNode(document.root, path);
  if (field !== undefined) return isEmpty(field) ? fillEntry(document, path, value) : undefined;
  const { existing, missing } = splitAtMissing(document.root, path);
  const [key, ...deeper] = missing;
  if (typeof key !== 'string' || deeper.some((step) => typeof step === 'number')) return undefined;
  return addEntry(document, existing, key, nest(deeper as readonly string[], value));
}

function appendItem(document: YamlDocument, path: FieldPath, value: YamlValue): TextEdit | undefined {
  const list = findNode(document.root, path);
  if (list === undefined || isEmpty(list)) return replaceEmptyOrInsert(document, path, [value]);
  if (list.kind !== 'sequence') return undefined;
  return list.flow ? intoFlow(document, list, renderFlow([value])) : afterLastItem(document, list, value);
}

/** An empty `[]` or a null takes the whole list; a missing list is inserted. */
function replaceEmptyOrInsert(document: YamlDocument, path: FieldPath, value: YamlValue): TextEdit | undefined {
  const entry = findEntry(findNode(document.root, path.slice(0, -1)), String(path.at(-1)));
  if (entry === undefined) return insertField(document, path, value);
  return fillEntry(document, path, value);
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

function addEntry(document: YamlDocument, path: FieldPath, key: string, value: YamlValue): TextEdit | undefined {
  const parent = findNode(document.root, path);
  // An empty item of a list has no key that it could stand behind.
  if (parent?.kind === 'mapping' && isEmpty(parent) && typeof path.at(-1) === 'number') {
    return { range: parent.range, newText: `{ ${renderFlow({ [key]: value })} }` };
  }
  if (parent === undefined || isEmpty(parent))
    return path.length > 0 ? fillEntry(document, path, { [key]: value }) : undefined;
  if (parent.kind !== 'mapping') return undefined;
  const entry = findEntry(parent, key);
  if (entry !== undefined)
    return entry.value === undefined || isEmpty(entry.value) ? fillEntry(document, [...path, key], value) : undefined;
  if (parent.flow) return intoFlow(document, parent, renderFlow({ [key]: value }));
  return afterLastEntry(document, parent, { [key]: value });
}

/** Gives a value to a key, in the place of the one it has, if any. */
function fillEntry(document: YamlDocument, path: FieldPath, value: YamlValue): TextEdit | undefined {
  const parent = findNode(document.root, path.slice(0, -1));
  if (parent?.kind === 'sequence') return fillItem(document, parent, parent.items[Number(path.at(-1))], value);
  const entry = findEntry(parent, String(path.at(-1)));
  if (entry === undefined) return undefined;
  const indent = columnOf(document.text, entry.keyRange.start);
  const colon = document.text.indexOf(':', entry.keyRange.end);
  if (colon === -1) return undefined;
  const hasText = entry.value !== undefined && entry.value.range.end > entry.value.range.start;
  const end = hasText ? contentEnd(document.text, entry.value) : colon + 1;
  const isFlow = parent?.kind === 'mapping' && parent.flow;
  const rendered = isFlow ? renderFlow({ x: value }) : renderBlock(document, { x: value }, indent).slice(indent);
  const block = rendered.slice('x:'.length);
  return { range: { start: colon + 1, end }, newText: withLineBreaks(document, block) };
}

/** Another value in the place of a plain item of a list. */
function fillItem(
  document: YamlDocument,
  list: YamlSequence,
  item: YamlNode | undefined,
  value: YamlValue,
): TextEdit | undefined {
  if (item?.kind !== 'scalar' || item.range.start === item.range.end) return undefined;
  const indent = columnOf(document.text, item.range.start);
  const rendered = list.flow ? renderFlow(value) : renderBlock(document, value, indent).slice(indent);
  const { start } = item.range;
  return { range: { start, end: contentEnd(document.text, item) }, newText: withLineBreaks(document, rendered) };
}

function afterLastEntry(document: YamlDocument, parent: YamlMapping, value: YamlValue): TextEdit | undefined {
  const first = parent.entries.find((entry) => !entry.merged);
  if (first === undefined) return undefined;
  return insertLines(document, parent, renderBlock(document, value, columnOf(document.text, first.keyRange.start)));
}

function afterLastItem(document: YamlDocument, list: YamlSequence, value: YamlValue): TextEdit | undefined {
  return insertLines(document, list, renderBlock(document, [value], columnOf(document.text, list.range.start)));
}

/** New lines after the last line on which the node has text. A comment at the end of that line stays with it. */
function insertLines(document: YamlDocument, node: YamlNode, block: string): TextEdit {
  const end = contentEnd(document.text, node);
  const lineFeed = document.text.indexOf('\n', end);
  const lineBreak = lineBreakOf(document.text);
  if (lineFeed === -1) {
    const start = document.text.length;
    return { range: { start, end: start }, newText: lineBreak + withLineBreaks(document, block) };
  }
  return { range: { start: lineFeed + 1, end: lineFeed + 1 }, newText: withLineBreaks(document, block) + lineBreak };
}

/** Where the node's last character stands; trailing line breaks of a block scalar are not content. */
function contentEnd(text: string, node: YamlNode): number {
  let end = node.range.end;
  while (end > node.range.start && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}

function intoFlow(document: YamlDocument, node: YamlMapping | YamlSequence, text: string): TextEdit {
  const close = node.range.end - 1;
  let end = close;
  while (/\s/.test(document.text[end - 1] ?? '')) end--;
  const separator = document.text[end - 1] === ',' ? ' ' : ', ';
  return { range: { start: end, end }, newText: separator + text };
}

/** The value as block YAML unless the options say otherwise, with quotes around every string that Kubernetes' decoder would read as something else. */
export function renderValue(value: YamlValue, options: ToStringOptions = {}): string {
  const document = new Document(value);
  const { defaultStringType = 'PLAIN' } = options;
  visit(document, {
    Scalar: (_, scalar) => {
      const isAmbiguous = typeof scalar.value === 'string' && resolvePlain(scalar.value) !== scalar.value;
      if (isAmbiguous && defaultStringType === 'PLAIN') scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, indent: 2, ...options }).trimEnd();
}

/** Block YAML, each line indented by `indent`, without a line break at the end. Lists indent their dashes as the document does. */
function renderBlock(document: YamlDocument, value: YamlValue, indent: number): string {
  const text = renderValue(value, { indentSeq: !hasFlushDashes(document.text) });
  const pad = ' '.repeat(indent);
  return text
    .split('\n')
    .map((line) => pad + line)
    .join('\n');
}

/** The items or fields of a collection as they stand between the brackets of a flow collection. */
function renderFlow(value: YamlValue): string {
  return renderValue(value, { collectionStyle: 'flow' }).slice(1, -1).trim();
}

/** Whether the document writes the dashes of a list directly under its key (`ports:` and `- port` in one column). */
export function hasFlushDashes(text: string): boolean {
  return /^( *)[^\s#-][^\n#]*:[ \t]*\r?\n\1- /m.test(text);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function withLineBreaks(document: YamlDocument, block: string): string {
  return block.replaceAll('\n', lineBreakOf(document.text));
}
