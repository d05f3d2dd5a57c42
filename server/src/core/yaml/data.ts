import type { FieldPath, YamlNode } from './node.ts';

/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON that kubectl sends for a node (sigs.k8s.io/yaml, YAMLToJSON): the last of repeated keys counts, missing values are null.
 */
export function dataOf(node: YamlNode | undefined): Json {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(dataOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, dataOf(value)]));
}

/** The part of a value that a path leads to; undefined where it leaves the value. */
export function dataAt(value: Json | undefined, path: FieldPath): Json | undefined {
  return path.reduce<Json | undefined>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isJsonObject(inner) ? own(inner, String(step)) : undefined;
  }, value);
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

/** The data with another value at a place whose parents are there; undefined takes it away. */
export function withValue(data: Json, at: FieldPath, value: Json | undefined): Json {
  const [step, ...rest] = at;
  if (step === undefined) return value ?? null;
  if (Array.isArray(data)) {
    return data.map((item: Json, index) => (index === step ? withValue(item, rest, value) : item));
  }
  if (!isJsonObject(data)) return data;
  if (rest.length > 0) return { ...data, [step]: withValue(own(data, String(step)) ?? null, rest, value) };
  const { [step]: _, ...others } = data;
  return value === undefined ? others : { ...data, [step]: value };
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
