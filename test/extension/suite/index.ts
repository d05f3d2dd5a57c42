/** The suite that runs inside VS Code's extension host; every runner of extension tests knows this contract. */
import { extensions, workspace } from 'vscode';
import { activation } from './activation.ts';
import { answers } from './answers.ts';
import { commits, noCommits } from './commits.ts';
import { completion } from './completion.ts';
import { diagnostics } from './diagnostics.ts';
import { besideYaml, schemaChecks } from './schema-checks.ts';
import { serverAnswers, updates } from './server-answers.ts';
import { runTests } from './tests.ts';

export function run(): Promise<void> {
  if (extensions.getExtension('redhat.vscode-yaml') !== undefined) return runTests([...activation, ...besideYaml]);
  const git = workspace.isTrusted ? [...commits, ...updates] : noCommits;
  return runTests([
    ...activation,
    ...diagnostics,
    ...answers,
    ...serverAnswers,
    ...completion,
    ...schemaChecks,
    ...git,
  ]);
}
