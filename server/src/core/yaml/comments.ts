import { Lexer } from 'yaml';
import type { TextRange } from '../text/text-range.ts';

/** A comment, from its `#` to the end of its line, relative to the text given. */
export interface YamlComment {
  readonly range: TextRange;
  /** What follows the `#`, trimmed. */
  readonly text: string;
}

/** All comments of a text. A `#` inside a scalar is none. */
export function findComments(text: string): YamlComment[] {
  const comments: YamlComment[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    // The lexer marks structure with control characters that are not in the text.
    if (CONTROL_TOKENS.has(token)) continue;
    if (token.startsWith('#')) comments.push(commentAt(offset, token));
    offset += token.length;
  }
  return comments;
}

const CONTROL_TOKENS = new Set(['\u0002', '\u0018', '\u001F']);

function commentAt(start: number, token: string): YamlComment {
  const text = token.trimEnd();
  return { range: { start, end: start + text.length }, text: text.slice(1).trim() };
}
