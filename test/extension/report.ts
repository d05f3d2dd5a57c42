/**
 * How results travel from the suite, inside the extension host, to the harness outside: one console line of JSON for
 * each test. A console is the one thing that every kind of VS Code carries out of its extension host.
 */

export interface TestResult {
  readonly test: string;
  readonly outcome: 'passed' | 'failed';
  readonly milliseconds: number;
  /** What went wrong, with the stack; only of a failed test. */
  readonly error?: string;
}

const START = '{"test":';

export function formatResult({ test, ...rest }: TestResult): string {
  return JSON.stringify({ test, ...rest });
}

/** The result in a console line, wherever in the line it begins; undefined for other output. */
export function parseResult(line: string): TestResult | undefined {
  const start = line.indexOf(START);
  if (start < 0) return undefined;
  try {
    return JSON.parse(line.slice(start, line.lastIndexOf('}') + 1)) as TestResult;
  } catch {
    return undefined;
  }
}
