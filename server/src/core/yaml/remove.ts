import type { TextEdit } from '../text/text-edit.ts';
import type { TextRange } from '../text/text-range.ts';
import type { YamlDocument } from './document.ts';
import { type FieldPath, findEntry, findNode, type YamlEntry, type YamlMapping, type YamlSequence } from './node.ts';

/**
 * The edit that takes the field or item at a path away, with the lines that are left empty. A mapping or list that would have no
 * content afterwards goes too. Undefined where the path leads nowhere, or where only the whole document would be left.
 */
export function removeAt(document: YamlDocument, path: FieldPath): TextEdit | undefined {
  const last = path.at(-1);
  const parent = findNode(document.root, path.slice(0, -1));
  if (last === undefined || parent === undefined || parent.kind === 'scalar') return undefined;
  if (isOnlyChild(parent)) return removeAt(document, path.slice(0, -1));
  const range =
    parent.kind === 'mapping' ? entryRange(document, parent, String(last)) : itemRange(document, parent, Number(last));
  return range && { range, newText: '' };
}

function isOnlyChild(parent: YamlMapping | YamlSequence): boolean {
  return (parent.kind === 'mapping' ? parent.entries : parent.items).length === 1;
}

function entryRange({ text }: YamlDocument, parent: YamlMapping, key: string): TextRange | undefined {
  const entry = findEntry(parent, key);
  if (entry === undefined || entry.merged) return undefined;
  const own = parent.entries.filter((each) => !each.merged);
  const ranges = own.map((each) => ({ start: each.keyRange.start, end: endOfEntry(text, each) }));
  return pieceOf(text, ranges, own.indexOf(entry), parent.flow);
}

function itemRange({ text }: YamlDocument, parent: YamlSequence, index: number): TextRange | undefined {
  const ranges = parent.items.map((item) => {
    if (item === undefined) return undefined;
    const start = parent.flow ? item.range.start : text.lastIndexOf('-', item.range.start - 1);
    return { start, end: trimmedEnd(text, item.range) };
  });
  const known = ranges.filter((range) => range !== undefined);
  return known.length === ranges.length ? pieceOf(text, known, index, parent.flow) : undefined;
}

function pieceOf(text: string, ranges: readonly TextRange[], index: number, isFlow: boolean): TextRange | undefined {
  const own = ranges[index];
  if (own === undefined) return undefined;
  const next = ranges[index + 1];
  if (isFlow) {
    if (next !== undefined) return { start: own.start, end: next.start };
    return { start: ranges[index - 1]?.end ?? own.start, end: own.end };
  }
  const lineStart = text.lastIndexOf('\n', own.start - 1) + 1;
  if (text.slice(lineStart, own.start).trim() !== '') {
    // After a dash: what follows moves up to it.
    return next && { start: own.start, end: next.start };
  }
  const lineFeed = text.indexOf('\n', own.end);
  return { start: lineStart, end: lineFeed === -1 ? text.length : lineFeed + 1 };
}

function endOfEntry(text: string, { keyRange, value }: YamlEntry): number {
  if (value !== undefined && value.range.end > value.range.start) return trimmedEnd(text, value.range);
  return text.indexOf(':', keyRange.end) + 1;
}

function trimmedEnd(text: string, { start, end }: TextRange): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
  return last;
}
