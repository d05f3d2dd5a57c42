import type { Case } from './cases.ts';
import { type Aspect, addResults, type CaseResult } from './result.ts';

/** One row: what came of all cases of a folder or file. */
export interface Row {
  readonly group: string;
  readonly cases: number;
  readonly agreed: number;
  readonly disagreed: number;
  readonly unsupported: number;
  readonly reasons: readonly string[];
  readonly aspects: readonly Aspect[];
}

export interface Outcome {
  readonly case: Case;
  readonly result: CaseResult;
}

export function rowsOf(outcomes: readonly Outcome[]): readonly Row[] {
  const groups = [...new Set(outcomes.map((outcome) => outcome.case.group))].sort();
  return groups.map((group) =>
    rowOf(
      group,
      outcomes.filter((outcome) => outcome.case.group === group),
    ),
  );
}

function rowOf(group: string, outcomes: readonly Outcome[]): Row {
  const total = outcomes.map(({ result }) => result).reduce(addResults);
  return {
    group,
    cases: outcomes.length,
    agreed: total.agreed,
    disagreed: total.disagreed.length,
    unsupported: total.unsupported.reduce((sum, { count }) => sum + count, 0),
    reasons: [...new Set(total.unsupported.map(({ reason }) => reason))],
    aspects: total.aspects ?? [],
  };
}

const HEAD = ['folder or file', 'cases', 'agreed', 'disagreed', 'not yet supported', 'because of'];

/** The rows as a table of text; below it, for rows whose answers have parts, the share of each part that agrees. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.group,
    String(row.cases),
    String(row.agreed),
    String(row.disagreed),
    String(row.unsupported),
    row.reasons.join('; '),
  ]);
  const withAspects = rows.filter(({ aspects }) => aspects.length > 0);
  const aspects = [...new Set(withAspects.flatMap((row) => row.aspects.map(({ aspect }) => aspect)))];
  const shares = withAspects.map((row) => [row.group, ...aspects.map((aspect) => share(row, aspect))]);
  const parts = shares.length === 0 ? [] : ['', align([['part by part', ...aspects], ...shares])];
  return [align([HEAD, ...cells]), ...parts].join('\n');
}

function share(row: Row, aspect: string): string {
  const found = row.aspects.filter((each) => each.aspect === aspect);
  const agreed = found.reduce((sum, each) => sum + each.agreed, 0);
  const total = found.reduce((sum, each) => sum + each.total, 0);
  return total === 0 ? '' : `${agreed}/${total} ${((100 * agreed) / total).toFixed(2)}%`;
}

/** Columns of one width each: the first to the left, and the last too, which does not count for the width; figures to the right. */
function align(rows: readonly (readonly string[])[]): string {
  const last = (rows[0]?.length ?? 0) - 1;
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (column === last ? 0 : (row[column] ?? '').length))),
  );
  const cell = (text: string, column: number) =>
    column === 0 || column === last ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
