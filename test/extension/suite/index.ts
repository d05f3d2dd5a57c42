/** The suite that runs inside VS Code's extension host; every runner of extension tests knows this contract. */
import { activation } from './activation.ts';
import { answers } from './answers.ts';
import { diagnostics } from './diagnostics.ts';
import { runTests } from './tests.ts';

export function run(): Promise<void> {
  return runTests([...activation, ...diagnostics, ...answers]);
}
