import { contains, type TextRange } from '../text/text-range.ts';
import type { YamlDocument } from './document.ts';
import { type FieldPath, findEntry, findNode, type YamlEntry, type YamlNode } from './node.ts';

/** Which text of a field is meant: its key, or its value. */
export type FieldPart = 'key' | 'value';

/** Where a cursor stands: the deepest field there, and whether on its key or its value. */
export interface CursorField {
  readonly path: FieldPath;
  readonly part: FieldPart;
  /** Undefined on the key of an entry without a value. */
  readonly node: YamlNode | undefined;
}

/**
 * The text of a field, relative to the document. Where the field is missing, its nearest parent's key stands for it;
 * where it has no value, its key. Empty at the start for an empty document.
 */
export function rangeOfPath(document: YamlDocument, path: FieldPath, part: FieldPart): TextRange {
  for (let length = path.length; length > 0; length--) {
    const here = path.slice(0, length);
    const range = partRange(document.root, here, length === path.length ? part : 'key');
    if (range !== undefined) return range;
  }
  return firstLine(document);
}

function partRange(root: YamlNode | undefined, path: FieldPath, part: FieldPart): TextRange | undefined {
  const last = path.at(-1);
  const parent = findNode(root, path.slice(0, -1));
  if (typeof last === 'number') return parent?.kind === 'sequence' ? itemRange(parent.items[last]) : undefined;
  const entry = findEntry(parent, last ?? '');
  if (entry === undefined) return undefined;
  const isMarked = part === 'value' && entry.value !== undefined && entry.value.range.end > entry.value.range.start;
  return isMarked ? valueRange(entry.value) : entry.keyRange;
}

/** A block mapping or sequence as a whole would underline a page, so its first key or scalar stands for it. */
function valueRange(node: YamlNode): TextRange {
  if (node.kind === 'scalar' || node.flow) return node.range;
  return itemRange(node) ?? node.range;
}

function itemRange(node: YamlNode | undefined): TextRange | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar' || node.flow) return node.range;
  if (node.kind === 'mapping') return node.entries.find((entry) => !entry.merged)?.keyRange ?? node.range;
  return itemRange(node.items[0]) ?? node.range;
}

function firstLine(document: YamlDocument): TextRange {
  const start = document.root?.range.start ?? 0;
  const end = document.text.indexOf('\n', start);
  return { start, end: end === -1 ? document.text.length : end };
}

/** The deepest field at an offset of the document, or undefined between fields. */
export function fieldAt(document: YamlDocument, offset: number): CursorField | undefined {
  return document.root === undefined ? undefined : fieldIn(document.root, [], offset);
}

function fieldIn(node: YamlNode, path: FieldPath, offset: number): CursorField | undefined {
  if (node.kind === 'scalar') return contains(node.range, offset) ? { path, part: 'value', node } : undefined;
  if (node.kind === 'sequence') return fieldInItems(node.items, path, offset);
  for (const entry of node.entries) {
    if (entry.merged) continue;
    const found = fieldInEntry(entry, [...path, entry.key], offset);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fieldInEntry(entry: YamlEntry, path: FieldPath, offset: number): CursorField | undefined {
  if (contains(entry.keyRange, offset)) return { path, part: 'key', node: entry.value };
  if (entry.value === undefined || !contains(entry.value.range, offset)) return undefined;
  return fieldIn(entry.value, path, offset);
}

function fieldInItems(
  items: readonly (YamlNode | undefined)[],
  path: FieldPath,
  offset: number,
): CursorField | undefined {
  for (const [index, item] of items.entries()) {
    if (item === undefined || !contains(item.range, offset)) continue;
    return fieldIn(item, [...path, index], offset);
  }
  return undefined;
}
