import { dataAt, type FieldPath, isJsonObject, isSameJson, type Json } from '../yaml/index.ts';

/** One place where two manifests of an object differ; a value is undefined where there is none. */
export interface ManifestChange {
  /** Leads from the object. */
  readonly at: FieldPath;
  readonly before: Json | undefined;
  readonly now: Json | undefined;
}

/** The changes that a change is made of, key by key or item by item; none if it is of one piece. */
export function partsOf({ at, before, now }: ManifestChange): readonly ManifestChange[] {
  if (isJsonObject(before) && isJsonObject(now)) {
    const keys = Object.keys({ ...before, ...now });
    return changed(keys.map((key) => ({ at: [...at, key], before: dataAt(before, [key]), now: dataAt(now, [key]) })));
  }
  // Where items come or go, which one is which cannot be told.
  if (!Array.isArray(before) || !Array.isArray(now) || before.length !== now.length) return [];
  return changed(before.map((item: Json, index) => ({ at: [...at, index], before: item, now: now[index] })));
}

function changed(changes: readonly ManifestChange[]): readonly ManifestChange[] {
  return changes.filter(({ before, now }) => !isSameJson(before, now));
}
