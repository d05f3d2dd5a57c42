import { canonical } from './lines.ts';
import type { CaseResult } from './result.ts';

/** The parts of an answer, each compared for itself. */
export type Parts<Answer> = Readonly<Record<string, (answer: Answer) => unknown>>;

export interface Difference {
  readonly aspect: string;
  readonly text: string;
}

export function differencesIn<Answer>(parts: Parts<Answer>, wanted: Answer, got: Answer): readonly Difference[] {
  return Object.entries(parts).flatMap(([aspect, partOf]) => {
    const [a, b] = [wanted, got].map((answer) => canonical(partOf(answer)) ?? 'nothing');
    return a === b ? [] : [{ aspect, text: `${aspect} ${a} (got ${b})` }];
  });
}

/** A line agrees if all of its parts do; the parts are counted for themselves too. */
export function tally<Answer>(
  parts: Parts<Answer>,
  lines: readonly (readonly [id: string, differences: readonly Difference[]])[],
): CaseResult {
  const wrong = lines.filter(([, found]) => found.length > 0);
  const aspects = Object.keys(parts).map((aspect) => {
    const disagreed = lines.filter(([, found]) => found.some((each) => each.aspect === aspect)).length;
    return { aspect, agreed: lines.length - disagreed, total: lines.length };
  });
  return {
    agreed: lines.length - wrong.length,
    disagreed: wrong.map(([id, found]) => `${id} : ${found.map(({ text }) => text).join(' | ')}`),
    unsupported: [],
    aspects,
  };
}
