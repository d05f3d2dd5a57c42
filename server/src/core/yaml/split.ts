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

const MARKER = /^(---|\.\.\.)(?=[ \t\r\n]|$)[^\n]*\n?/gm;

function* markersIn(text: string): Iterable<Marker> {
  for (const match of text.matchAll(MARKER)) {
    // `m` also lets `^` match after a lone CR or U+2028; only a line feed or the start of the text counts here.
    const before = text[match.index - 1];
    if (before !== undefined && before !== '\n' && before !== '\uFEFF') continue;
    const kind = match[1] === '---' ? 'start' : 'end';
    yield { kind, offset: match.index, lineEnd: match.index + match[0].length };
  }
}

/** Whether a piece holds only directives, comments and blank lines, with at least one directive. */
function isPreamble(piece: string): boolean {
  if (!piece.includes('%')) return false;
  return piece.split('\n').every((line) => /^\uFEFF?\s*(#.*|%.*)?$/.test(line));
}
