import type { TextEdit } from '../text/text-edit.ts';
import type { TextRange } from '../text/text-range.ts';
import { type FieldPath, findEntry, findNode, type YamlMapping, type YamlNode, type YamlSequence } from './node.ts';
import {
  beginsLine,
  colonEnd,
  columnOf,
  commentsIn,
  contentEnd,
  entryStart,
  isLineBreakText,
  lastToken,
  lineEnd,
  lineStart,
  linesEnd,
  nextLine,
  nextToken,
  type Source,
  valueRange,
} from './source.ts';

/**
 * The edit that takes the field or item at a path away, with the lines that are left empty. A mapping or list that would have no
 * content afterwards goes too, but no item of a list: that stays as `{}`, since a list without items may say something else. Undefined
 * where the path leads nowhere, or where only the whole document would be left.
 */
export function removeAt(source: Source, path: FieldPath): TextEdit | undefined {
  const removed = removedPath(source.root, path);
  const last = removed?.at(-1);
  const parent = removed && findNode(source.root, removed.slice(0, -1));
  if (last === undefined || parent === undefined || parent.kind === 'scalar') return undefined;
  if (childrenOf(parent).length === 1) return emptied(source, parent);
  const pieces =
    parent.kind === 'mapping' ? entryPieces(source, parent, String(last)) : itemPieces(source, parent, Number(last));
  if (pieces === undefined) return undefined;
  return parent.flow ? fromFlow(source, pieces) : fromBlock(source, pieces);
}

/** What goes with the field or item at a path: itself, or the parent that would have no content without it and is no item of a list. */
export function removedPath(root: Source['root'], path: FieldPath): FieldPath | undefined {
  const at = path.slice(0, -1);
  const parent = findNode(root, at);
  if (path.length === 0 || parent === undefined || parent.kind === 'scalar') return undefined;
  return childrenOf(parent).length === 1 && typeof at.at(-1) !== 'number' ? removedPath(root, at) : path;
}

/** Whether the item of a list is left without content when what stands at a path goes: an empty peer or port lets everything through. */
export function leavesEmptyItem(root: YamlNode | undefined, path: FieldPath): boolean {
  const removed = removedPath(root, path);
  const parent = removed && findNode(root, removed.slice(0, -1));
  return parent !== undefined && parent.kind !== 'scalar' && childrenOf(parent).length === 1;
}

function childrenOf(parent: YamlMapping | YamlSequence): readonly unknown[] {
  return parent.kind === 'mapping' ? parent.entries : parent.items;
}

/** Of a list item that loses all its content the brackets stay. */
function emptied(source: Source, { kind, flow, range }: YamlMapping | YamlSequence): TextEdit | undefined {
  const own = { start: range.start, end: contentEnd(source, range) };
  if (flow && commentsIn(source, own).length > 0) return undefined;
  return { range: own, newText: kind === 'mapping' ? '{}' : '[]' };
}

/** What is to go, between its neighbours; each from its dash or key to the end of its content. */
interface Pieces {
  readonly before: TextRange | undefined;
  readonly own: TextRange;
  readonly after: TextRange | undefined;
}

function piecesAt<T>(
  all: readonly T[],
  index: number,
  rangeOf: (each: T) => TextRange | undefined,
): Pieces | undefined {
  const [before, own, after] = [index - 1, index, index + 1].map((at) => {
    const each = all[at];
    return each && rangeOf(each);
  });
  return own && { before, own, after };
}

function entryPieces(source: Source, parent: YamlMapping, key: string): Pieces | undefined {
  const entry = findEntry(parent, key);
  if (entry === undefined || entry.merged) return undefined;
  const written = parent.entries.filter((each) => !each.merged);
  return piecesAt(written, written.indexOf(entry), (each) => {
    const start = entryStart(source, each);
    const colon = colonEnd(source, each) ?? each.keyRange.end;
    return start === undefined ? undefined : { start, end: valueRange(source, each, colon).end };
  });
}

function itemPieces(source: Source, parent: YamlSequence, index: number): Pieces | undefined {
  return piecesAt(parent.items, index, (item) => {
    if (item === undefined) return undefined;
    const start = parent.flow ? propertiesStart(source, item.range.start) : dashBefore(source, item.range.start);
    return start === undefined ? undefined : { start, end: contentEnd(source, { start, end: item.range.end }) };
  });
}

function dashBefore({ tokens }: Source, offset: number): number | undefined {
  return tokens.findLast(({ type, start }) => type === 'seq-item-ind' && start < offset)?.start;
}

/** Where an item between brackets begins, with its anchor or tag. */
function propertiesStart(source: Source, offset: number): number {
  const before = lastToken(source, { start: 0, end: offset });
  return before?.type === 'anchor' || before?.type === 'tag' ? propertiesStart(source, before.start) : offset;
}

function fromBlock(source: Source, { own, after }: Pieces): TextEdit | undefined {
  const { text } = source;
  if (!beginsLine(text, own.start)) return after && afterDash(source, own, after);
  const start = lineStart(text, own.start);
  const end = linesEnd(source, own);
  const isOpenEnd = end === text.length && !text.endsWith('\n') && !isLineBreakText(source, start);
  // A file without a last line break stays one.
  return { range: { start: isOpenEnd ? text.slice(0, start).replace(/\r?\n$/, '').length : start, end }, newText: '' };
}

/** What follows moves up to the dash; comments above it stay above it. */
function afterDash(source: Source, own: TextRange, after: TextRange): TextEdit {
  const { text, lineBreak } = source;
  const comments = commentsIn(source, { start: nextLine(text, own.end), end: after.start });
  if (comments.length === 0) return { range: { start: own.start, end: after.start }, newText: '' };
  const start = lineStart(text, own.start);
  const dashes = text.slice(start, own.start);
  const indent = ' '.repeat(columnOf(text, text.indexOf(dashes.trimStart(), start)));
  const lines = comments.map((comment) => `${indent}${comment}${lineBreak}`);
  return { range: { start, end: after.start }, newText: lines.join('') + dashes };
}

function fromFlow(source: Source, pieces: Pieces): TextEdit {
  return pieces.after === undefined ? lastFromFlow(source, pieces) : beforeOther(source, pieces.own, pieces.after);
}

function beforeOther(source: Source, own: TextRange, after: TextRange): TextEdit {
  const { text } = source;
  if (commentsIn(source, { start: own.end, end: after.start }).length === 0) {
    return { range: { start: own.start, end: after.start }, newText: '' };
  }
  const comma = nextToken(source, own.end)?.end ?? own.end;
  if (beginsLine(text, own.start) && isLast(source, comma)) return wholeLines(text, own.start, comma);
  const isOpen = text.slice(comma, lineEnd(text, comma)).trim() === '';
  const blanks = isOpen ? /[ \t]*$/.exec(text.slice(0, own.start))?.[0].length : 0;
  return { range: { start: own.start - (blanks ?? 0), end: comma }, newText: '' };
}

/** The comma of the one before goes, too; comments behind it stay. */
function lastFromFlow(source: Source, { before, own }: Pieces): TextEdit {
  const { text } = source;
  const start = before?.end ?? own.start;
  const comma = nextToken(source, start);
  const isCommented = commentsIn(source, { start, end: own.start }).length > 0;
  if (before === undefined || !isCommented || comma?.type !== 'comma')
    return { range: { start, end: own.end }, newText: '' };
  const following = nextToken(source, own.end);
  const end = following?.type === 'comma' ? following.end : own.end;
  const between = text.slice(start, comma.start) + text.slice(comma.end, own.start);
  if (!beginsLine(text, own.start) || !isLast(source, end))
    return { range: { start, end: blanksEnd(text, end) }, newText: between };
  return { range: { start, end: nextLine(text, end) }, newText: between.slice(0, between.lastIndexOf('\n') + 1) };
}

function blanksEnd(text: string, offset: number): number {
  return offset + (/^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0);
}

/** Whether nothing but a comment stands behind an offset on its line. */
function isLast(source: Source, offset: number): boolean {
  const next = nextToken(source, offset);
  return next === undefined || next.start >= nextLine(source.text, offset);
}

function wholeLines(text: string, start: number, end: number): TextEdit {
  return { range: { start: lineStart(text, start), end: nextLine(text, end) }, newText: '' };
}
