import type { CST } from 'yaml';

/**
 * So many levels of collections are read. No object of Kubernetes has a tenth of them, and no machine's stack is near its end, where
 * even the compiler of regular expressions may end the whole process.
 */
export const MAX_DEPTH = 300;

/** Whether items stand more than this many levels in one another; `childrenOf` gives those that stand in one. */
export function isTooDeep<T>(items: readonly T[], childrenOf: (item: T) => readonly T[]): boolean {
  const open: [item: T, depth: number][] = items.map((item) => [item, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [item, depth] = next;
    if (depth > MAX_DEPTH) return true;
    for (const child of childrenOf(item)) open.push([child, depth + 1]);
  }
  return false;
}

/** The tokens that stand in a token. */
export function tokensIn(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  return 'items' in token ? token.items.flatMap(({ key, value }) => [key, value].filter((each) => each != null)) : [];
}
