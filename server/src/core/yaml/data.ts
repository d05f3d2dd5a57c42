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
    return isJsonObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}
