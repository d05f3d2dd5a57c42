/** A half-open span of UTF-16 offsets, `start <= end`. Relative to a file or to a document, as the owner says. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The same range, moved by `offset` code units. */
export function shift(range: TextRange, offset: number): TextRange {
  return { start: range.start + offset, end: range.end + offset };
}

/** Whether `offset` lies in the range; its end counts, since a cursor may stand there. */
export function contains(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
