import type { CST } from 'yaml';
import { tokensIn } from './depth.ts';
import type { YamlProblem } from './document.ts';

/** The quote or bracket that nothing closes, at the place where people look for it: where it opens, not where the text ends. */
export function findUnclosed(tokens: readonly CST.Token[]): YamlProblem | undefined {
  let innermost: CST.SourceToken | CST.FlowScalar | undefined;
  const left = [...tokens];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const opening = openingOf(next);
    if (opening !== undefined && opening.offset > (innermost?.offset ?? -1)) innermost = opening;
    left.push(...tokensIn(next));
  }
  if (innermost === undefined) return undefined;
  const { offset, source } = innermost;
  const message = `Nothing closes this ${/["']/.test(source) ? 'quote' : source}.`;
  return { kind: 'syntax', range: { start: offset, end: offset + 1 }, message };
}

/** What opens and is not closed. */
function openingOf(token: CST.Token): CST.SourceToken | CST.FlowScalar | undefined {
  switch (token.type) {
    case 'flow-collection':
      return token.end.some(({ source }) => source === CLOSERS[token.start.source]) ? undefined : token.start;
    case 'double-quoted-scalar':
    case 'single-quoted-scalar':
      return token.source.length > 1 && token.source.at(-1) === token.source[0] ? undefined : token;
    default:
      return undefined;
  }
}

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
