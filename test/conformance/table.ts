import type { Case } from './cases.ts';
import { addResults, type CaseResult } from './result.ts';

/** One row: what came of all cases of a folder or file. */
export interface Row {
  readonly group: string;
  readonly cases: number;
  readonly agreed: number;
  readonly disagreed: number;
  readonly unsupported: number;
  readonly reasons: readonly string[];
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
  };
}

const HEAD = ['folder or file', 'cases', 'agreed', 'disagreed', 'not yet supported', 'because of'];

/** The rows as a table of text. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.group,
    String(row.cases),
    String(row.agreed),
    String(row.disagreed),
    String(row.unsupported),
    row.reasons.join('; '),
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => (column === 5 ? 0 : (row[column] ?? '').length))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [HEAD, ...cells].map(line).join('\n');
}
