/** The registry of the extension suite: a test is a value, a suite is a list of them, and the list is run in order. */
import { withDeadline } from '../poll.ts';
import { formatResult, type TestResult } from '../report.ts';

export interface TestOptions {
  /** Milliseconds after which the test has failed. */
  readonly timeout?: number;
}

export interface Test extends TestOptions {
  readonly name: string;
  readonly body: () => PromiseLike<void> | void;
}

export function test(name: string, body: Test['body'], options: TestOptions = {}): Test {
  return { name, body, ...options };
}

/** Runs every test, reports each on the console, and throws if any failed or none ran. */
export async function runTests(tests: readonly Test[]): Promise<void> {
  const results: TestResult[] = [];
  for (const each of tests) {
    const result = await runTest(each);
    console.log(formatResult(result));
    results.push(result);
  }
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  if (failed > 0) throw new Error(`${failed} of ${results.length} tests failed.`);
  if (results.length === 0) throw new Error('There are no tests.');
}

async function runTest({ name, body, timeout = 30_000 }: Test): Promise<TestResult> {
  const start = Date.now();
  const done = (): number => Date.now() - start;
  try {
    await withDeadline('The test', timeout, Promise.resolve().then(body));
    return { test: name, outcome: 'passed', milliseconds: done() };
  } catch (error) {
    return { test: name, outcome: 'failed', milliseconds: done(), error: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${describe(error.cause)}`;
  return (error.stack ?? error.message) + cause;
}
