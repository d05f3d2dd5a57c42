import { isObject, type Json, type JsonObject } from '../json.ts';
import { PatchError } from './patch-error.ts';

/** Keys of a strategic merge patch that are no fields (apimachinery/pkg/util/strategicpatch/patch.go). */
export const PATCH = '$patch';
export const RETAIN_KEYS = '$retainKeys';
const ORDER_PREFIX = '$setElementOrder';
const DELETIONS_PREFIX = '$deleteFromPrimitiveList';

/** The key of the list that says in which order the items of `field` are to be. */
export function orderKey(field: string): string {
  return `${ORDER_PREFIX}/${field}`;
}

/** The key of the list of plain values that are to go from `field`. */
export function deletionsKey(field: string): string {
  return `${DELETIONS_PREFIX}/${field}`;
}

/** The field whose order a key sets; undefined if it is another key. */
export function orderedField(key: string): string | undefined {
  return fieldAfter(key, ORDER_PREFIX, 'invalid patch format of setElementOrder list');
}

/** The field from which a key deletes plain values; undefined if it is another key. */
export function deletedField(key: string): string | undefined {
  return fieldAfter(key, DELETIONS_PREFIX, 'invalid patch format of primitive list');
}

function fieldAfter(key: string, prefix: string, problem: string): string | undefined {
  if (!key.startsWith(prefix)) return undefined;
  if (!key.startsWith(`${prefix}/`)) throw new PatchError(problem);
  return key.slice(prefix.length + 1);
}

/** The item that deletes the one with this merge key. */
export function deletion(mergeKey: string, value: Json): JsonObject {
  return { [mergeKey]: value, [PATCH]: 'delete' };
}

/** Whether an item of a patch only says that its like is to go. */
export function isDeletion(item: Json): boolean {
  return isObject(item) && item[PATCH] === 'delete';
}

/** A value of a patch where there was none: what is to be deleted is left out. Undefined if nothing remains. */
export function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, PATCH)) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, withoutDirectives(item)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}

/** Fields that are null are left out, at any depth; items of lists stay. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)]));
}
