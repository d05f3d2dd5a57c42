import type { TextRange } from '../text/text-range.ts';
import { tokensOf } from './tokens.ts';

/** A comment, from its `#` to the end of its line, relative to the text given. */
export interface YamlComment {
  readonly range: TextRange;
  /** What follows the `#`, trimmed. */
  readonly text: string;
}

/** All comments of a text. A `#` inside a scalar is none. */
export function findComments(text: string): YamlComment[] {
  const comments = tokensOf(text).filter(({ type }) => type === 'comment');
  return comments.map(({ start, end }) => commentAt(start, text.slice(start, end)));
}

function commentAt(start: number, token: string): YamlComment {
  const text = token.trimEnd();
  return { range: { start, end: start + text.length }, text: text.slice(1).trim() };
}
