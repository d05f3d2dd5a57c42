import { CST, Lexer } from 'yaml';
import type { TextRange } from '../text/text-range.ts';

/** A piece of YAML text that means one thing: an indicator, a scalar, an anchor, a comment, blanks. */
export interface YamlToken extends TextRange {
  /** Null for what the lexer cannot tell. */
  readonly type: CST.TokenType | null;
}

/**
 * The tokens of a text, in order; of what the lexer adds to mark structure only `flow-error-end` is kept: brackets go on there
 * without the indentation that it wants, so that what follows may be taken for something else.
 */
export function tokensOf(text: string): readonly YamlToken[] {
  const tokens: YamlToken[] = [];
  let offset = 0;
  let isMarked = false;
  for (const source of new Lexer().lex(text)) {
    const type: CST.TokenType | null = isMarked ? 'scalar' : CST.tokenType(source);
    isMarked = !isMarked && type === 'scalar';
    if (isMarked || type === 'doc-mode') continue;
    const length = type === 'flow-error-end' ? 0 : source.length;
    tokens.push({ type, start: offset, end: offset + length });
    offset += length;
  }
  return tokens;
}
