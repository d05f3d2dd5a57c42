import type { TextRange } from '../text/text-range.ts';
import type { YamlProblem } from './document.ts';

/** The same problem, with what to write, if it comes of a value without quotes whose first character means something else in YAML. */
export function withQuotes(text: string, problem: YamlProblem): YamlProblem {
  const { start } = problem.range;
  const range = unquotedAt(text, starOnLine(text, start)) ?? unquotedAt(text, start);
  if (range === undefined) return problem;
  const value = text.slice(range.start, range.end);
  const newText = quoted(value);
  const message = `A value that begins with ${value[0]} must be quoted: ${newText}.`;
  return { ...problem, range, message, correction: { range, newText } };
}

function unquotedAt(text: string, start: number): TextRange | undefined {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  // Inside { } and [ ] a value ends at a comma too.
  const isInFlow = /[[{][^\]}]*$/.test(line);
  const value = (isInFlow ? IN_FLOW : IN_BLOCK).exec(text.slice(start))?.[0].trimEnd();
  const isAlias = value !== undefined && /^\*[\w-]+$/.test(value);
  return value === undefined || isAlias ? undefined : { start, end: start + value.length };
}

const IN_FLOW = /^[*@`%][^\n\r,[\]{}]*?(?=\s+#|[\n\r,[\]{}]|$)/;
const IN_BLOCK = /^[*@`%][^\n\r]*?(?=\s+#|[\n\r]|$)/;

/** `*` and `5` of a schedule are an alias and something behind it to a parser, which stumbles over the latter. */
function starOnLine(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = /^\s*(?:- +)*(?:[\w./-]+: +)?(?=\*)/.exec(text.slice(start, offset))?.[0];
  return before === undefined ? text.length : start + before.length;
}

function quoted(value: string): string {
  return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}
