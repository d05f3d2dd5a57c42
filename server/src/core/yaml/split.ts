import type { TextRange } from '../text/text-range.ts';

/**
 * Cuts a file into the texts of its documents: at each line that starts with `---`, and after each that starts with `...`.
 * At column 0 these are markers wherever they stand, in block scalars too (YAML 1.2, c-forbidden), so no parser is needed.
 * Directives (`%YAML`) stay with the document that follows. The pieces cover the whole text, in order.
 */
export function splitDocuments(text: string): TextRange[] {
  const pieces: TextRange[] = [];
  let start = 0;
  for (const marker of markersIn(text)) {
    const cut = marker.kind === 'start' ? marker.offset : marker.lineEnd;
    if (marker.kind === 'start' && isPreamble(text.slice(start, cut))) continue;
    if (cut > start) pieces.push({ start, end: cut });
    start = cut;
  }
  if (start < text.length || pieces.length === 0) pieces.push({ start, end: text.length });
  return pieces;
}

interface Marker {
  readonly kind: 'start' | 'end';
  readonly offset: number;
  readonly lineEnd: number;
}

/** All markers, in order. Searching for both spellings is faster than a look at each line. */
function markersIn(text: string): readonly Marker[] {
  const starts = offsetsOf(text, '---').map((offset) => markerAt(text, offset, 'start'));
  const ends = offsetsOf(text, '...').map((offset) => markerAt(text, offset, 'end'));
  return ends.length === 0 ? starts : [...starts, ...ends].sort((a, b) => a.offset - b.offset);
}

function markerAt(text: string, offset: number, kind: Marker['kind']): Marker {
  const lineFeed = text.indexOf('\n', offset);
  return { kind, offset, lineEnd: lineFeed === -1 ? text.length : lineFeed + 1 };
}

/** Where a line begins with these three characters and then ends or has a blank. */
function offsetsOf(text: string, marker: string): readonly number[] {
  const first = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const offsets = text.startsWith(marker, first) ? [first] : [];
  for (let at = text.indexOf(`\n${marker}`); at !== -1; at = text.indexOf(`\n${marker}`, at + 1)) offsets.push(at + 1);
  return offsets.filter((offset) => /^([ \t\r\n]|$)/.test(text.slice(offset + 3, offset + 4)));
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Whether a piece holds only directives, comments and blank lines, with at least one directive. */
function isPreamble(piece: string): boolean {
  if (!piece.includes('%')) return false;
  return piece.split('\n').every((line) => /^\uFEFF?\s*(#.*|%.*)?$/.test(line));
}
