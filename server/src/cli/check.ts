import { relative, resolve, sep } from 'node:path';
import { diagnose, type Finding, type RuleFailure, Snapshot } from '../core/index.ts';
import { findManifests, findSettingsAbove, isUnreadable, readText, type UnreadablePath } from '../disk.ts';
import { renderJson } from './json.ts';
import type { Output } from './main.ts';
import { renderText } from './text.ts';

/** What one run of `check` found. Paths are relative to the working directory, with forward slashes. */
export interface CheckResult {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly unreadable: readonly UnreadablePath[];
  /** Rules that could not be run on a file; the findings are those of the others. */
  readonly failures: readonly RuleFailure[];
}

/** Checks files and directories, prints the findings, and gives the exit status. */
export async function check(paths: readonly string[], format: 'text' | 'json', output: Output): Promise<number> {
  const result = await checkPaths(paths);
  output.out(format === 'json' ? renderJson(result) : renderText(result, output.color));
  for (const { path, reason } of result.unreadable) output.err(`kube-netlens: cannot read ${path}: ${reason}\n`);
  for (const { rule, uri, error } of result.failures) output.err(`kube-netlens: ${rule} failed on ${uri}: ${error}\n`);
  if (result.unreadable.length > 0 || result.failures.length > 0) return 2;
  return result.findings.some(({ severity }) => severity === 'error' || severity === 'warning') ? 1 : 0;
}

/** Reads the paths and runs every rule on them. */
export async function checkPaths(paths: readonly string[]): Promise<CheckResult> {
  const found = await Promise.all(paths.map(findManifests));
  const settings = await Promise.all(paths.map((path) => findSettingsAbove(resolve(path))));
  const files = new Map(
    [...settings.flat(), ...found.flatMap((each) => each.files)].map((path) => [toUri(path), path]),
  );
  const read = await Promise.all([...files].map(async ([uri, path]) => ({ uri, content: await readText(path) })));
  const changes = read.flatMap(({ uri, content }) => (isUnreadable(content) ? [] : [{ uri, text: content.text }]));
  const snapshot = Snapshot.empty([commonRoot(paths.map(toUri))]).apply(changes);
  const unreadable = [
    ...found.flatMap((each) => each.unreadable),
    ...read.flatMap(({ content }) => (isUnreadable(content) ? [content] : [])),
  ];
  const failures: RuleFailure[] = [];
  const onFailure = (failure: RuleFailure) => void failures.push(failure);
  const findings = changes.flatMap(({ uri }) => diagnose(snapshot, uri, { onFailure }));
  return { snapshot, findings, unreadable, failures };
}

/** Relative to the working directory where the path lies in it, with forward slashes; empty for the directory itself. */
function toUri(path: string): string {
  const absolute = resolve(path);
  const relativePath = relative(process.cwd(), absolute);
  return (relativePath.startsWith('..') ? absolute : relativePath).split(sep).join('/');
}

/** The innermost directory that holds all paths: like `kubectl apply -f A -f B`, what is named together is applied together. */
function commonRoot(uris: readonly string[]): string {
  const steps = uris.map((uri) => uri.split('/'));
  const [first = []] = steps;
  const length = first.findIndex((step, index) => steps.some((each) => each[index] !== step));
  return first.slice(0, length === -1 ? first.length : length).join('/');
}
