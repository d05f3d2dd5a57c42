import type { Readable } from 'node:stream';
import {
  type ApiServerSettings,
  type Applied,
  ApplySession,
  appliedJson,
  applyText,
  type Cluster,
  createApiServer,
  createdJson,
  type Json,
  type JsonObject,
  KUBEADM_SETTINGS,
  outcomeOf,
  serverSettings,
  serverSettingsOf,
} from '../../core/index.ts';
import type { Output } from '../main.ts';
import { answerBatch, NAMESPACE } from './batch.ts';
import type { FoundObject } from './objects.ts';
import type { DryRunOptions } from './options.ts';
import { readWorkspace, type Workspace } from './workspace.ts';

/**
 * Says what the API server would answer to the objects, and gives the exit status: 0 all are taken, 1 some are refused, 2 something
 * could not be read.
 */
export async function dryRun(options: DryRunOptions, output: Output, input: Readable): Promise<number> {
  if (options.batch) {
    await answerBatch(input, { ...settingsOf(undefined), ...options.settings }, output.out);
    return 0;
  }
  const before = options.from === undefined ? EMPTY : await readWorkspace([options.from], input);
  const now = await readWorkspace(options.paths, input);
  const runs = applyAll(before.objects, now.objects, options);
  output.out(options.format === 'json' ? renderJson(runs, options) : renderText(runs, options));
  const nothing = runs.length === 0 && now.problems.length === 0 ? ['no objects passed to apply'] : [];
  for (const { object, applied } of runs) {
    if (applied === undefined) output.err(`kube-netlens: ${notSimulated(object)}\n`);
  }
  const problems = [...before.problems, ...now.problems, ...nothing];
  for (const problem of problems) output.err(`kube-netlens: ${problem}\n`);
  if (problems.length > 0) return 2;
  return runs.some(({ applied }) => applied !== undefined && outcomeOf(applied, '').result.type === 'failure') ? 1 : 0;
}

const EMPTY: Workspace = { objects: [], problems: [] };

/** One object and what became of it; undefined for a kind that is not simulated. */
interface Run {
  readonly object: FoundObject;
  readonly applied: Applied | undefined;
}

/** Each cluster has a server of its own; what was there before is applied to it first. */
function applyAll(
  before: readonly FoundObject[],
  now: readonly FoundObject[],
  { settings: given, mode }: DryRunOptions,
): readonly Run[] {
  const sessions = new Map<string, ApplySession>();
  const sessionOf = ({ cluster }: FoundObject) => {
    const name = before.length > 0 ? '' : (cluster?.name ?? '');
    const session = sessions.get(name) ?? new ApplySession(createApiServer({ ...settingsOf(cluster), ...given }));
    sessions.set(name, session);
    return session;
  };
  for (const object of before) sessionOf(object).apply(object.manifest, NAMESPACE);
  return now.map((object) => ({ object, applied: sessionOf(object).apply(object.manifest, NAMESPACE, mode) }));
}

function settingsOf(cluster: Cluster | undefined): ApiServerSettings {
  return cluster !== undefined ? serverSettingsOf(cluster) : serverSettings(KUBEADM_SETTINGS);
}

function renderText(runs: readonly Run[], { mode }: DryRunOptions): string {
  const outcomes = runs.flatMap(({ object, applied }) =>
    applied === undefined ? [] : [outcomeOf(applied, object.uri)],
  );
  return inWords(applyText(outcomes, mode));
}

/** For people: what the server would pick, and where it would show the address or port that it picked before. */
function inWords(text: string): string {
  return text.replaceAll(/"?<(kept|allocated)(?: (IPv[46]))?>"?/g, (_, when: string, family?: string) => {
    const what = family === undefined ? 'node port' : `${family} address`;
    return when === 'kept' ? `the ${what} that it has` : `the ${what} that it gets`;
  });
}

function notSimulated({ title }: FoundObject): string {
  return `${title} is not simulated`;
}

function renderJson(runs: readonly Run[], { from }: DryRunOptions): string {
  const answers = runs.map(({ object, applied }): JsonObject => {
    const { uri, line, manifest } = object;
    const place: Json = { file: uri, line };
    if (applied === undefined) return { ...place, object: manifest, error: notSimulated(object) };
    return {
      ...place,
      object: manifest,
      ...(from === undefined ? createdJson(applied, uri) : appliedJson(applied, uri)),
    };
  });
  return `${JSON.stringify(answers, null, 2)}\n`;
}
