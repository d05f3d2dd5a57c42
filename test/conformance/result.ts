/** What came of comparing one case. A case holds one or many comparisons; each counts. */
export interface CaseResult {
  readonly agreed: number;
  /** One line per comparison that came out differently. */
  readonly disagreed: readonly string[];
  readonly unsupported: readonly Unsupported[];
  /** Where an answer has parts that can be right or wrong by themselves: how many of each are right. */
  readonly aspects?: readonly Aspect[];
}

export interface Aspect {
  readonly aspect: string;
  readonly agreed: number;
  readonly total: number;
}

/** Comparisons that were not made, and why. */
export interface Unsupported {
  readonly count: number;
  readonly reason: string;
}

export function unsupported(count: number, reason: string): CaseResult {
  return { agreed: 0, disagreed: [], unsupported: [{ count, reason }] };
}

export function addResults(a: CaseResult, b: CaseResult): CaseResult {
  return {
    agreed: a.agreed + b.agreed,
    disagreed: [...a.disagreed, ...b.disagreed],
    unsupported: [...a.unsupported, ...b.unsupported],
    aspects: [...(a.aspects ?? []), ...(b.aspects ?? [])],
  };
}
