import type { TextRange } from './text-range.ts';

/** Replaces `range` (offsets in the file) by `newText`; an empty range inserts. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The text after all edits. Edits must not overlap; their order does not count. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let position = 0;
  for (const { range, newText } of sorted) {
    result += text.slice(position, range.start) + newText;
    position = range.end;
  }
  return result + text.slice(position);
}

/** The edit that makes one text of another, in whole lines. */
export function replaceLines(before: string, after: string): TextEdit {
  const old = linesOf(before);
  const wanted = linesOf(after);
  const most = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < most && old[head] === wanted[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === wanted.at(-1 - tail)) tail++;
  const start = old.slice(0, head).join('').length;
  const newText = wanted.slice(head, wanted.length - tail).join('');
  return { range: { start, end: before.length - old.slice(old.length - tail).join('').length }, newText };
}

/** With their line breaks. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
