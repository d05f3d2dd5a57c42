import { isObject, type Json, type JsonObject, ownValue } from '../json.ts';
import { deletedField, orderedField, RETAIN_KEYS, withoutDirectives, withoutNulls } from './directives.ts';
import { type PatchType, patchFieldOf } from './patch-type.ts';

/**
 * What the server's messages print of a patch. Merging uses it up: directives and the lists that they order are gone by then
 * (apimachinery/pkg/util/strategicpatch/patch.go, mergeMap).
 */
export function spentPatch(current: JsonObject, patch: JsonObject, type: PatchType | undefined): JsonObject {
  const ordered = Object.keys(patch).flatMap((key) => orderedField(key) ?? []);
  const isLeft = ([key]: readonly [string, Json]) =>
    key !== RETAIN_KEYS && orderedField(key) === undefined && !ordered.includes(key);
  const left = Object.entries(patch).filter(isLeft);
  return Object.fromEntries(left.map(([key, value]) => [key, spentValue(ownValue(current, key), value, key, type)]));
}

function spentValue(own: Json | undefined, value: Json, key: string, type: PatchType | undefined): Json {
  if (value === null || deletedField(key) !== undefined || Array.isArray(own)) return value;
  if (!isObject(own) || !isObject(value)) return withoutDirectives(withoutNulls(value)) ?? value;
  const field = patchFieldOf(type, key);
  return field.strategy === 'replace' ? value : spentPatch(own, value, field.type);
}
