/** One figure. `bar` is what it must not exceed. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: number;
  readonly note?: string;
}

export function isMissed({ value, bar }: Measurement): boolean {
  return bar !== undefined && value > bar;
}

/** The figures as a table of text; each bar with the share of it that was used. */
export function renderMeasurements(measurements: readonly Measurement[]): string {
  const rows = measurements.map((each) => [
    each.name,
    `${each.value.toFixed(each.value < 10 ? 2 : 0)} ${each.unit}`,
    each.bar === undefined ? '' : `${each.bar} ${each.unit}`,
    each.bar === undefined ? '' : `${(each.value / each.bar).toFixed(2)}${isMissed(each) ? ' missed' : ''}`,
    each.note ?? '',
  ]);
  const table = [['what', 'measured', 'bar', 'ratio', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1 || column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
