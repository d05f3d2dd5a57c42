import type { TextRange } from '../text/text-range.ts';
import type { YamlDocument } from './document.ts';
import type { YamlEntry, YamlNode } from './node.ts';
import type { YamlToken } from './tokens.ts';

/** A document for those who change its text: with its tokens, which say where a value really ends and what is a comment. */
export interface Source {
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly tokens: readonly YamlToken[];
  readonly lineBreak: string;
  readonly isJson: boolean;
}

export function sourceOf({ text, root, tokens, isJson }: YamlDocument): Source {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return { text, root, tokens, lineBreak, isJson };
}

const INSIGNIFICANT: ReadonlySet<YamlToken['type']> = new Set<YamlToken['type']>([
  'space',
  'newline',
  'comment',
  'byte-order-mark',
  'flow-error-end',
]);

function isSignificant({ type }: YamlToken): boolean {
  return !INSIGNIFICANT.has(type);
}

/** The last token with content that begins within the range. */
export function lastToken({ tokens }: Source, { start, end }: TextRange): YamlToken | undefined {
  return tokens.findLast((token) => start <= token.start && token.start < end && isSignificant(token));
}

/** The first token with content at or behind an offset. */
export function nextToken({ tokens }: Source, offset: number): YamlToken | undefined {
  return tokens.find((token) => offset <= token.start && isSignificant(token));
}

/** The texts of the comments that begin within the range, from their `#`. */
export function commentsIn({ text, tokens }: Source, { start, end }: TextRange): readonly string[] {
  return tokens
    .filter((token) => token.type === 'comment' && start <= token.start && token.start < end)
    .map((token) => text.slice(token.start, token.end).trimEnd());
}

/** Where the content of the range ends: comments, blanks, and the line breaks that end a block scalar do not count. */
export function contentEnd(source: Source, range: TextRange): number {
  const last = lastToken(source, range);
  return last === undefined ? range.start : last.start + source.text.slice(last.start, last.end).trimEnd().length;
}

/** Where the line after the content of the range begins; blank lines that a block scalar keeps (`|+`) are content. */
export function linesEnd(source: Source, range: TextRange): number {
  const last = lastToken(source, range);
  if (last !== undefined && keepsBlankLines(source, last) && source.text[last.end - 1] === '\n') return last.end;
  return nextLine(source.text, contentEnd(source, range));
}

function keepsBlankLines(source: Source, token: YamlToken): boolean {
  return headerOf(source, token)?.includes('+') === true;
}

/** What stands before a block scalar: `|`, with what becomes of its last line breaks. */
function headerOf(source: Source, token: YamlToken): string | undefined {
  if (token.type !== 'scalar') return undefined;
  const header = lastToken(source, { start: 0, end: token.start });
  return header?.type === 'block-scalar-header' ? source.text.slice(header.start, header.end) : undefined;
}

/**
 * Whether a line break at an offset is, or would be, part of the text before it: go-yaml reads none at the end of a block scalar that
 * has none in the file (goyaml.v2/scannerc.go, yaml_parser_scan_block_scalar).
 */
export function isLineBreakText(source: Source, offset: number): boolean {
  const last = lastToken(source, { start: 0, end: offset });
  return last !== undefined && headerOf(source, last)?.includes('-') === false;
}

/** Where an entry begins, with an anchor or tag of its key; undefined for an explicit key (`? key`). */
export function entryStart({ tokens }: Source, { keyRange }: YamlEntry): number | undefined {
  let start = keyRange.start;
  for (const token of tokens.filter((each) => each.end <= keyRange.start).reverse()) {
    if (token.type === 'explicit-key-ind') return undefined;
    if (token.type === 'anchor' || token.type === 'tag') start = token.start;
    else if (token.type !== 'space') break;
  }
  return start;
}

/** Where the colon of an entry ends; undefined where it has none. */
export function colonEnd(source: Source, { keyRange }: YamlEntry): number | undefined {
  const colon = nextToken(source, keyRange.end);
  return colon?.type === 'map-value-ind' ? colon.end : undefined;
}

/** What stands behind the colon of an entry up to the end of its value's content, with anchors and tags. */
export function valueRange(source: Source, { value }: YamlEntry, colon: number): TextRange {
  const hasText = value !== undefined && value.range.end > value.range.start;
  return {
    start: colon,
    end: hasText ? contentEnd(source, { start: colon, end: value.range.end }) : propertiesEnd(source, colon),
  };
}

/** Where the anchor and tag of a value without text end. */
function propertiesEnd({ tokens }: Source, colon: number): number {
  let end = colon;
  for (const token of tokens.filter(({ start }) => start >= colon)) {
    if (token.type === 'anchor' || token.type === 'tag') end = token.end;
    else if (token.type !== 'space') break;
  }
  return end;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line after an offset begins; the end of the text if there is none. */
export function nextLine(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}

/** Where the line of an offset ends, without its line break. */
export function lineEnd(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  if (lineFeed === -1) return text.length;
  return lineFeed > offset && text[lineFeed - 1] === '\r' ? lineFeed - 1 : lineFeed;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Whether nothing but blanks stands before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}
