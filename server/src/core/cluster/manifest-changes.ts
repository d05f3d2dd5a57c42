import { type FieldPath, isJsonObject, type Json } from '../yaml/index.ts';

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
    return changed(keys.map((key) => ({ at: [...at, key], before: own(before, key), now: own(now, key) })));
  }
  // Where items come or go, which one is which cannot be told.
  if (!Array.isArray(before) || !Array.isArray(now) || before.length !== now.length) return [];
  return changed(before.map((item: Json, index) => ({ at: [...at, index], before: item, now: now[index] })));
}

function changed(changes: readonly ManifestChange[]): readonly ManifestChange[] {
  return changes.filter(({ before, now }) => !isSameJson(before, now));
}

/** Whether two values are the same, in whatever order their keys stand. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item: Json, index) => isSameJson(item, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSameJson(own(a, key), own(b, key)));
}

function own(object: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A manifest with another value at a place whose parents are there; undefined takes it away. */
export function withValue(manifest: Json, at: FieldPath, value: Json | undefined): Json {
  const [step, ...rest] = at;
  if (step === undefined) return value ?? null;
  if (Array.isArray(manifest)) {
    return manifest.map((item: Json, index) => (index === step ? withValue(item, rest, value) : item));
  }
  if (!isJsonObject(manifest)) return manifest;
  if (rest.length > 0) return { ...manifest, [step]: withValue(own(manifest, String(step)) ?? null, rest, value) };
  const { [step]: _, ...others } = manifest;
  return value === undefined ? others : { ...manifest, [step]: value };
}
