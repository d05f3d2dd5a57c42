/**
 * The same text with every quoted scalar and flow collection on one line: the line breaks in them, and comments between
 * them, become spaces, so all offsets stay. YAML wants their continuation lines indented, but go-yaml, with which kubectl
 * reads manifests (goyaml.v2/scannerc.go, yaml_parser_scan_flow_scalar), does not ask for it, and people rely on that.
 */
export function unfold(text: string): string {
  let result = '';
  let offset = 0;
  let blockIndent: number | undefined;
  let unclosed = 0;
  while (offset < text.length && unclosed < MAX_UNCLOSED) {
    const lineEnd = endOfLine(text, offset);
    const line = text.slice(offset, lineEnd);
    const indent = line.search(/\S/);
    if (blockIndent !== undefined && (indent === -1 || indent > blockIndent)) {
      result += text.slice(offset, lineEnd + 1);
      offset = lineEnd + 1;
      continue;
    }
    blockIndent = BLOCK_SCALAR.test(line) ? indent : undefined;
    const start = offset + valueStart(line);
    const close = closeOf(text, start);
    if (close === undefined) unclosed++;
    const end = Math.max(close ?? start, lineEnd);
    result += text.slice(offset, start) + flatten(text.slice(start, end)) + text.slice(end, end + 1);
    offset = end + 1;
  }
  return result + text.slice(offset);
}

/** Each one that never closes is searched to the end of the text, and a text with so many is broken anyway. */
const MAX_UNCLOSED = 10;

/** A line whose value is a block scalar; the lines indented below it are its content. */
const BLOCK_SCALAR = /(^|[\s:-])[|>][-+0-9]*[ \t]*(#.*)?\r?$/;

/** Dashes, a key with its colon, an anchor and a tag in front of a value. */
const BEFORE_VALUE = /^\s*(- +)*(("[^"]*"|'[^']*'|[^\s#'"{[&*!|>%@`-][^:#]*?|[^\s:#]+?)\s*:[ \t]+)?([&!]\S*[ \t]+)*/;

function valueStart(line: string): number {
  return BEFORE_VALUE.exec(line)?.[0].length ?? 0;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

/** The end of the line on which a quoted scalar or flow collection that begins at `start` closes; `start` if none begins there, undefined if it never closes. */
function closeOf(text: string, start: number): number | undefined {
  if (!isOpening(text[start])) return start;
  const close = findClose(text, start);
  if (close === undefined || NO_FOLD.some((pattern) => pattern.test(text.slice(start, close)))) return undefined;
  return endOfLine(text, close);
}

/** A marker ends a document wherever it stands; behind a comment no text goes on, so that a comma is missing. */
const NO_FOLD = [/\n(---|\.\.\.)([ \t\r\n]|$)/, /[^\s,:[\]{}"'][ \t]+#[^\n]*\n(\s*#[^\n]*\n)*\s*[^\s#,\]}]/];

function isOpening(char: string | undefined): boolean {
  return char === '"' || char === "'" || char === '{' || char === '[';
}

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function findClose(text: string, start: number): number | undefined {
  const first = text[start] ?? '';
  if (first === '"' || first === "'") return findQuote(text, start);
  if (CLOSERS[first] === undefined) return undefined;
  const open: string[] = [];
  for (let i = start; i < text.length; i++) {
    const char = text[i] ?? '';
    if (isQuoteStart(text, i)) {
      const quote = findQuote(text, i);
      if (quote === undefined) return undefined;
      i = quote;
    } else if (isCommentStart(text, i)) i = endOfLine(text, i);
    else if (CLOSERS[char] !== undefined) open.push(CLOSERS[char]);
    else if (char === open.at(-1)) open.pop();
    if (open.length === 0) return i;
  }
  return undefined;
}

/** In a flow collection a quote opens a scalar only where a value or key can begin. */
function isQuoteStart(text: string, offset: number): boolean {
  const char = text[offset];
  return (char === '"' || char === "'") && /[\s,:[{]/.test(text[offset - 1] ?? ' ');
}

function isCommentStart(text: string, offset: number): boolean {
  return text[offset] === '#' && /[\s,[{]/.test(text[offset - 1] ?? ' ');
}

function findQuote(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let i = start + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote && quote === "'" && text[i + 1] === quote) i++;
    else if (text[i] === quote) return i;
  }
  return undefined;
}

function flatten(value: string): string {
  if (!value.includes('\n')) return value;
  const first = value[0];
  const isFlow = first === '{' || first === '[';
  const uncommented = isFlow
    ? value.replace(/(?<=^|[\s,[{])#[^\n]*(?=\n)/g, (comment) => ' '.repeat(comment.length))
    : value;
  return uncommented.replace(/[\r\n]/g, ' ');
}
