import { sameValue } from './equal.ts';
import type { ApiObject } from './kind-rules.ts';

interface ObjectWithStatus extends ApiObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A new object as most kinds have it: its first generation, without a status, which is not the client's to set (PrepareForCreate). */
export function firstGeneration<T extends ObjectWithStatus>(object: T): T {
  const { status: _, ...rest } = object;
  return { ...rest, metadata: { ...object.metadata, generation: 1 } } as T;
}

/** A changed object: the next generation if its spec is another, with the status that it had (PrepareForUpdate). */
export function nextGeneration<T extends ObjectWithStatus>(next: T, stored: T): T {
  const { status: _, ...rest } = next;
  const generation = (stored.metadata.generation ?? 0) + (sameValue(next.spec, stored.spec) ? 0 : 1);
  const kept = stored.status === undefined ? {} : { status: stored.status };
  return { ...rest, ...kept, metadata: { ...next.metadata, generation } } as T;
}
