import { type Applied, ApplySession, createApiServer } from '../api/index.ts';
import { namespaceOf, type Resource } from '../manifest/index.ts';
import { dataAt, type FieldPath, isJsonObject, type Json } from '../yaml/index.ts';
import { manifestOf, serverSettingsOf } from './api-answers.ts';
import type { Cluster } from './cluster.ts';

/** What becomes of an object that was applied as it was committed, and is applied again as it is written now. */
export interface ApiUpdate {
  readonly stored: Resource;
  readonly applied: Applied;
}

/** Undefined if nothing is known of a committed object, if it is the same, or if the server did not take that one. */
export function apiUpdateOf(cluster: Cluster, resource: Resource): ApiUpdate | undefined {
  const stored = cluster.findStored(resource);
  if (stored === undefined || stored === resource) return undefined;
  const [before, now] = [manifestOf(stored), manifestOf(resource)];
  if (!isJsonObject(before) || !isJsonObject(now)) return undefined;
  const session = new ApplySession(createApiServer(serverSettingsOf(cluster)));
  const first = session.apply(before, namespaceOf(stored))?.answer;
  if (first?.type !== 'create' || first.answer.status !== 201) return undefined;
  const applied = session.apply(now, namespaceOf(resource));
  return applied === undefined ? undefined : { stored, applied };
}

/** The first place at or below a path where two objects differ, as deep as both have it. */
export function differenceBelow(before: Json, now: Json, at: FieldPath): FieldPath {
  const [old, next] = [dataAt(before, at), dataAt(now, at)];
  const keys = isJsonObject(old) && isJsonObject(next) ? Object.keys({ ...next, ...old }) : indexesOf(old, next);
  const changed = keys.find((key) => JSON.stringify(dataAt(old, [key])) !== JSON.stringify(dataAt(next, [key])));
  if (changed === undefined || dataAt(next, [changed]) === undefined) return at;
  return differenceBelow(before, now, [...at, changed]);
}

function indexesOf(old: Json | undefined, next: Json | undefined): readonly number[] {
  return Array.isArray(old) && Array.isArray(next) ? [...next.keys()] : [];
}
