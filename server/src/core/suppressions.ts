import type { LineIndex } from './text/line-index.ts';
import type { TextRange } from './text/text-range.ts';
import { findComments } from './yaml/index.ts';

/** A comment `# kube-netlens-ignore RULE…`: silences these rules or families (all if none is named) on its line and the next one. */
export interface Suppression {
  readonly start: number;
  readonly rules: readonly string[];
}

const MARKER = 'kube-netlens-ignore';

/** All suppressions of a file, in order. */
export function findSuppressions(text: string): readonly Suppression[] {
  if (!text.includes(MARKER)) return [];
  return findComments(text)
    .filter((comment) => comment.text.startsWith(MARKER))
    .map((comment) => ({
      start: comment.range.start,
      rules: comment.text
        .slice(MARKER.length)
        .split(/[\s,]+/)
        .filter((word) => word.includes('/')),
    }));
}

/** Whether a finding that starts at `range` is silenced. */
export function isSuppressed(
  suppressions: readonly Suppression[],
  rule: string,
  range: TextRange,
  lines: LineIndex,
): boolean {
  if (suppressions.length === 0) return false;
  const { line } = lines.positionAt(range.start);
  const covers = (named: string) => rule === named || rule.startsWith(`${named}/`);
  return suppressions.some((suppression) => {
    const distance = line - lines.positionAt(suppression.start).line;
    return (distance === 0 || distance === 1) && (suppression.rules.length === 0 || suppression.rules.some(covers));
  });
}
