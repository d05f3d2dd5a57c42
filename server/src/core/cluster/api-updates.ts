import { ApplySession, createApiServer, type FieldError } from '../api/index.ts';
import { namespaceOf, type Resource } from '../manifest/index.ts';
import { isJsonObject, isSameJson, type JsonObject, withValue } from '../yaml/index.ts';
import { ask, manifestOf, serverSettingsOf } from './api-answers.ts';
import type { Cluster } from './cluster.ts';
import { type ManifestChange, partsOf } from './manifest-changes.ts';

/** Why the server will not take an object as it is written now, over the one that was committed. */
export interface RefusedUpdate {
  readonly stored: Resource;
  /** The changes that it refuses, each as small as it can be told. */
  readonly offences: readonly Offence[];
  /** The changes without which it takes the object: the offences, and what cannot stay without them. */
  readonly wayBack: readonly ManifestChange[];
}

/** A change that the server refuses whatever else was changed. */
export interface Offence {
  readonly change: ManifestChange;
  /** What the server says of it. */
  readonly errors: readonly FieldError[];
  /** Whether taking back nothing else leads to no other error. */
  readonly isAlone: boolean;
}

/**
 * Whether the object can be applied over the one that was committed. Undefined if it can, if nothing is known of a committed object, or
 * if the server did not take that one.
 */
export function refusedUpdateOf(cluster: Cluster, resource: Resource): RefusedUpdate | undefined {
  const stored = cluster.findStored(resource);
  if (stored === undefined || stored === resource) return undefined;
  return cluster.answers.update(cluster, stored, resource, () => refusalOf(cluster, stored, resource));
}

function refusalOf(cluster: Cluster, stored: Resource, resource: Resource): RefusedUpdate | undefined {
  const [before, now] = [manifestOf(stored), manifestOf(resource)];
  if (!isJsonObject(before) || !isJsonObject(now) || isSameJson(before, now)) return undefined;
  const trials = new Trials(cluster, stored, resource, before);
  const said = trials.errorsOf(now);
  if (said.length === 0) return undefined;
  const isSaid = (error: FieldError) => said.some((each) => isSameError(each, error));
  const whole = { at: [], before, now };
  const refused = refusedIn(whole, trials, (manifest) => trials.errorsOf(manifest).filter(isSaid));
  const offences = refused.map(({ change, reasons }): Offence => {
    const others = trials.errorsOf(reverted(now, [change])).filter((error) => !isSaid(error));
    return { change, errors: reasons, isAlone: others.length === 0 && trials.isCreated(reverted(now, [change])) };
  });
  return { stored, offences, wayBack: wayBackOf(whole, now, offences, trials) };
}

function wayBackOf(
  whole: ManifestChange,
  now: JsonObject,
  offences: readonly Offence[],
  trials: Trials,
): readonly ManifestChange[] {
  const changes = offences.map(({ change }) => change);
  if (trials.isTaken(reverted(now, changes))) return changes;
  const all = refusedIn(whole, trials, (manifest) => (trials.isTaken(manifest) ? [] : [manifest]));
  return all.map(({ change }) => change);
}

function reverted(manifest: JsonObject, changes: readonly ManifestChange[]): JsonObject {
  return changes.reduce((each, { at, before }) => withValue(each, at, before) as JsonObject, manifest);
}

function isSameError(a: FieldError, b: FieldError): boolean {
  return a.field === b.field && a.reason === b.reason && a.detail === b.detail;
}

interface Refused<Reason> {
  readonly change: ManifestChange;
  readonly reasons: readonly Reason[];
}

/**
 * The fewest changes that have to go back: each is tried on top of the committed manifest and of those that were taken before, and one
 * that is refused is tried again in its parts.
 */
function refusedIn<Reason>(
  { before, now }: ManifestChange,
  trials: Trials,
  reasonsOf: (manifest: JsonObject) => readonly Reason[],
): readonly Refused<Reason>[] {
  let taken = before as JsonObject;
  const search = (changes: readonly ManifestChange[]): readonly Refused<Reason>[] =>
    changes.flatMap((change) => {
      const next = withValue(taken, change.at, change.now) as JsonObject;
      const reasons = reasonsOf(next);
      if (reasons.length === 0) {
        taken = next;
        return [];
      }
      const parts = partsOf(change);
      const refused = parts.length > trials.left ? [] : search(parts);
      return refused.length > 0 ? refused : [{ change, reasons }];
    });
  return search(partsOf({ at: [], before, now }));
}

/** How many updates are tried before a change is no longer taken apart: in an object that was written anew, one finding says it. */
const MAX_TRIALS = 40;

/** What would become of other manifests of an object, over the one that was committed. */
class Trials {
  /** How many more are worth their time. */
  left = MAX_TRIALS;

  constructor(
    private readonly cluster: Cluster,
    private readonly stored: Resource,
    private readonly resource: Resource,
    private readonly before: JsonObject,
  ) {}

  /** What the server says to the update; none if it takes it, or if nothing can be said. */
  errorsOf(manifest: JsonObject): readonly FieldError[] {
    this.left--;
    const session = new ApplySession(createApiServer(serverSettingsOf(this.cluster)));
    const first = session.apply(this.before, namespaceOf(this.stored))?.answer;
    if (first?.type !== 'create' || first.answer.status !== 201) return [];
    const answer = session.apply(manifest, namespaceOf(this.resource))?.answer;
    return answer?.type === 'update' && answer.answer.type === 'refused' ? answer.answer.answer.errors : [];
  }

  /** Whether the server takes the manifest where the object is not there. */
  isCreated(manifest: JsonObject): boolean {
    return ask(this.cluster, this.resource, manifest)?.status === 201;
  }

  /** Whether the server takes the manifest, be the object there or not. */
  isTaken(manifest: JsonObject): boolean {
    return this.errorsOf(manifest).length === 0 && this.isCreated(manifest);
  }
}
