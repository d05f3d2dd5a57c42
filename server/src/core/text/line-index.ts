/** A place in a text as editors count it: zero-based line, zero-based UTF-16 character. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** A part of a text, and the offsets in it behind each of its line breaks. */
export interface TextPiece {
  readonly start: number;
  readonly lineStarts: readonly number[];
}

/** The lines that begin in one piece of a text, whose numbers go on from those before. */
interface PieceLines extends TextPiece {
  readonly firstLine: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Converts between offsets and lines of one text. Lines end with LF, CRLF or a lone CR, as in LSP. */
export class LineIndex {
  readonly lineCount: number;
  /** The first line begins in front of all pieces. */
  private readonly pieces: readonly PieceLines[];

  /** The pieces make up the text, and each but the last ends with a line feed. */
  constructor(
    private readonly text: string,
    pieces: readonly TextPiece[],
  ) {
    let firstLine = 1;
    this.pieces = pieces.map(({ start, lineStarts }) => {
      const piece = { start, lineStarts, firstLine };
      firstLine += lineStarts.length;
      return piece;
    });
    this.lineCount = firstLine;
  }

  /** The position of an offset; offsets outside of the text are clamped to it. */
  positionAt(offset: number): LinePosition {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - (this.startOf(line) ?? 0) };
  }

  /** The offset of a position; lines and characters outside of the text are clamped to it. */
  offsetAt(position: LinePosition): number {
    if (position.line < 0) return 0;
    const start = this.startOf(position.line);
    if (start === undefined) return this.text.length;
    const end = this.startOf(position.line + 1) ?? this.text.length;
    return Math.min(start + Math.max(0, position.character), end);
  }

  /** The text of a line without its line break. */
  lineText(line: number): string {
    const start = this.startOf(line) ?? this.text.length;
    let end = this.startOf(line + 1) ?? this.text.length;
    while (end > start && isLineBreak(this.text.charCodeAt(end - 1))) end--;
    return this.text.slice(start, end);
  }

  private lineAt(offset: number): number {
    const piece = this.pieces[lastIndexUpTo(this.pieces, offset, ({ start }) => start)];
    if (piece === undefined) return 0;
    return piece.firstLine + lastIndexUpTo(piece.lineStarts, offset - piece.start, (start) => start);
  }

  private startOf(line: number): number | undefined {
    if (line === 0) return 0;
    const piece = this.pieces[lastIndexUpTo(this.pieces, line, ({ firstLine }) => firstLine)];
    const lineStart = piece?.lineStarts[line - piece.firstLine];
    return piece === undefined || lineStart === undefined ? undefined : piece.start + lineStart;
  }
}

/** The last of sorted items whose number is not above a limit; -1 if there is none. */
function lastIndexUpTo<T>(items: readonly T[], limit: number, numberOf: (item: T) => number): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numberOf(items[middle] as T) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isLineBreak(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

/** The offsets behind each line break of a text. */
export function lineStartsOf(text: string): readonly number[] {
  return text.includes('\r') ? lineStartsWithReturns(text) : lineStartsAfterFeeds(text);
}

/** Without carriage returns, searching for line feeds is many times faster than looking at each character. */
function lineStartsAfterFeeds(text: string): number[] {
  const starts: number[] = [];
  for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1);
  return starts;
}

function lineStartsWithReturns(text: string): number[] {
  const starts: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(i + 1) !== LINE_FEED)) starts.push(i + 1);
  }
  return starts;
}
