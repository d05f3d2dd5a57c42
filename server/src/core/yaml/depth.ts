import type { CST } from 'yaml';

/**
 * So many levels of collections are read. No object of Kubernetes has a tenth of them, and no machine's stack is near its end, where
 * even the compiler of regular expressions may end the whole process.
 */
export const MAX_DEPTH = 300;

/** Whether collections stand more than this many levels in one another. */
export function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const open: [token: CST.Token, depth: number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (depth > MAX_DEPTH) return true;
    for (const child of childrenOf(token)) if (child) open.push([child, depth + 1]);
  }
  return false;
}

/** The tokens that stand in a token. */
export function childrenOf(token: CST.Token): readonly (CST.Token | null | undefined)[] {
  if (token.type === 'document') return [token.value];
  return 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
}
