import { isObject, type Json, type JsonObject, ownValue } from '../json.ts';
import {
  deletedField,
  isDeletion,
  orderedField,
  orderKey,
  PATCH,
  RETAIN_KEYS,
  withoutDirectives,
  withoutNulls,
} from './directives.ts';
import { arranged, distinct, elementsOf, keyOf, type MergeKey, placesOfKeys, wrongType } from './items.ts';
import { equalJson, goValue, typeName } from './json-values.ts';
import { PatchError } from './patch-error.ts';
import { type PatchField, type PatchType, patchFieldOf } from './patch-type.ts';

/** Whether a patch is joined to another one and keeps its directives, or is carried out on an object. */
export type MergeMode = 'join' | 'apply';

/** What merging needs to know on its way down. */
interface Merging {
  readonly mode: MergeMode;
  readonly type: PatchType | undefined;
}

/**
 * An object, or a first patch, with a strategic merge patch merged into it (apimachinery/pkg/util/strategicpatch/patch.go, mergeMap).
 * Throws PatchError for a patch that does not fit.
 */
export function mergeObjects(object: JsonObject, patch: JsonObject, merging: Merging): JsonObject {
  const directive = ownValue(patch, PATCH);
  if (directive !== undefined) return replacedAsTold(patch, directive);
  const target = new Map(Object.entries(object));
  const rest = new Map(Object.entries(patch));
  retainKeys(target, rest, merging.mode);
  mergeOrderedLists(target, rest, merging);
  for (const [key, value] of rest) mergeField(target, key, value, merging);
  return Object.fromEntries(target);
}

function replacedAsTold(patch: JsonObject, directive: Json): JsonObject {
  if (directive === 'delete') return {};
  if (directive !== 'replace') throw unknownDirective(directive, patch);
  return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== PATCH));
}

function unknownDirective(directive: Json, patch: JsonObject): PatchError {
  return new PatchError(`unknown patch type: ${goValue(directive)} in map: ${goValue(patch)}`);
}

/** Carries out `$retainKeys`, or moves it to the joined patch. Changes the maps given. */
function retainKeys(target: Map<string, Json>, patch: Map<string, Json>, mode: MergeMode): void {
  const kept = patch.get(RETAIN_KEYS);
  if (kept === undefined) return;
  patch.delete(RETAIN_KEYS);
  if (mode === 'join') {
    const own = target.get(RETAIN_KEYS);
    if (own !== undefined && !equalJson(own, kept)) throw notTheSame(own, kept);
    target.set(RETAIN_KEYS, kept);
    return;
  }
  if (!Array.isArray(kept)) throw new PatchError('invalid patch format of retainKeys');
  const isForeign = ([key, value]: readonly [string, Json]) =>
    value !== null && !kept.includes(key) && orderedField(key) === undefined && deletedField(key) === undefined;
  if ([...patch].some(isForeign)) throw new PatchError('invalid patch format of retainKeys');
  for (const key of [...target.keys()]) if (!kept.includes(key)) target.delete(key);
}

function notTheSame(own: Json, other: Json): PatchError {
  const cause = 'this may happen when calculating the 3-way diff patch';
  return new PatchError(`${goValue(own)} and ${goValue(other)} are not deep equal: ${cause}`);
}

/** Lists whose order the patch sets are merged first, and leave the patch. Changes the maps given. */
function mergeOrderedLists(target: Map<string, Json>, patch: Map<string, Json>, merging: Merging): void {
  for (const [key, order] of [...patch]) {
    const name = orderedField(key);
    if (name === undefined) continue;
    if (merging.mode === 'join') joinOrder(target, name, order);
    patch.delete(key);
    if (!Array.isArray(order)) throw wrongType('[]interface {}', order);
    const own = listAt(target, name);
    const items = listAt(patch, name);
    const field = patchFieldOf(merging.type, name);
    checkOrder(items ?? [], order, field.mergeKey);
    if (own === undefined && items === undefined) continue;
    target.set(name, mergeOrdered(own, items, order, field, merging.mode));
    patch.delete(name);
  }
}

function joinOrder(target: Map<string, Json>, name: string, order: Json): void {
  const own = target.get(orderKey(name));
  if (own !== undefined && !equalJson(own, order)) {
    throw new PatchError('invalid patch format of setElementOrder list');
  }
  target.set(orderKey(name), order);
}

function listAt(fields: ReadonlyMap<string, Json>, name: string): readonly Json[] | undefined {
  const value = fields.get(name);
  if (value === undefined || Array.isArray(value)) return value as readonly Json[] | undefined;
  throw wrongType('[]interface {}', value);
}

/** The items of the patch must stand in the order that it sets. */
function checkOrder(items: readonly Json[], order: readonly Json[], mergeKey: MergeKey): void {
  if (items.length === 0 || order.length === 0) return;
  const kept = mergeKey === undefined ? items : items.filter((item) => !isDeletion(item));
  let next = 0;
  for (const named of order) {
    while (isSpecial(kept[next], mergeKey)) next++;
    const item = kept[next];
    if (item === undefined) return;
    if (keyOf(item, mergeKey) === keyOf(named, mergeKey)) next++;
  }
  if (next >= kept.length) return;
  throw new PatchError(
    `The order in patch list:\n${goValue(items)}\n doesn't match $setElementOrder list:\n${goValue(order)}\n`,
  );
}

function isSpecial(item: Json | undefined, mergeKey: MergeKey): boolean {
  return mergeKey !== undefined && isObject(item) && Object.hasOwn(item, PATCH);
}

function mergeOrdered(
  own: readonly Json[] | undefined,
  items: readonly Json[] | undefined,
  order: readonly Json[],
  field: PatchField,
  mode: MergeMode,
): readonly Json[] {
  const merged = mergedItems(own, items, field, mode);
  // The server looks at the items once more, and refuses what cannot be merged.
  elementsOf(own ?? [], items ?? []);
  return arranged(merged.items, { patch: order, before: merged.before }, field.mergeKey);
}

function mergedItems(
  own: readonly Json[] | undefined,
  items: readonly Json[] | undefined,
  field: PatchField,
  mode: MergeMode,
): MergedList {
  if (items === undefined) return { items: own ?? [], before: own ?? [] };
  if (own === undefined) return { items: withoutDirectives(items) as readonly Json[], before: [] };
  return mergeLists(own, items, field, mode);
}

function mergeField(target: Map<string, Json>, key: string, value: Json, merging: Merging): void {
  const name = deletedField(key);
  if (name !== undefined) {
    if (merging.mode === 'join') target.set(key, value);
    else deleteValues(target, name, value);
    return;
  }
  const own = value === null ? undefined : target.get(key);
  const next = own === undefined || typeName(own) !== typeName(value) ? added(value, merging.mode) : undefined;
  if (next === undefined && own !== undefined && value !== null) {
    setOrDelete(target, key, mergedField(own, value, patchFieldOf(merging.type, key), merging.mode));
  } else setOrDelete(target, key, next);
}

function setOrDelete(target: Map<string, Json>, key: string, value: Json | undefined): void {
  if (value === undefined) target.delete(key);
  else target.set(key, value);
}

/** A value where there was none: a null deletes, and a joined patch must keep telling so. */
function added(value: Json, mode: MergeMode): Json | undefined {
  if (mode === 'join') return withoutDirectives(value);
  return value === null ? undefined : withoutDirectives(withoutNulls(value));
}

function mergedField(own: Json, value: Json, field: PatchField, mode: MergeMode): Json | undefined {
  if (isObject(own) && isObject(value)) {
    return field.strategy === 'replace' ? value : mergeObjects(own, value, { mode, type: field.type });
  }
  if (Array.isArray(own) && Array.isArray(value)) {
    return field.strategy === 'merge' ? mergeLists(own, value, field, mode).items : value;
  }
  return value;
}

function deleteValues(target: Map<string, Json>, name: string, values: Json): void {
  const own = target.get(name);
  if (values === null) target.delete(name);
  if (!Array.isArray(own) || !Array.isArray(values)) return;
  if (own.length > 0 || values.length > 0) elementsOf(own, values);
  const gone = new Set<Json>(values);
  target.set(
    name,
    own.filter((item) => !gone.has(item)),
  );
}

interface MergedList {
  readonly items: readonly Json[];
  /** Go merges in place: what the old list looks like afterwards, as far as it reached. New items may stand in it. */
  readonly before: readonly Json[];
}

/** Merges the items of a list (patch.go, mergeSlice). */
function mergeLists(own: readonly Json[], items: readonly Json[], field: PatchField, mode: MergeMode): MergedList {
  if (own.length === 0 && items.length === 0) return { items: own, before: own };
  if (elementsOf(own, items) === 'values') {
    return { items: arranged(distinct([...own, ...items]), { patch: items, before: own }, undefined), before: own };
  }
  const { mergeKey } = field;
  if (mergeKey === undefined) throw new PatchError('cannot merge lists without merge key');
  const { kept, changes } = carryOut(own, items, mergeKey);
  const merged = mergeItems(kept, changes, field, mode);
  return {
    items: arranged(merged, { patch: changes, before: kept }, mergeKey),
    before: merged.slice(0, own.length),
  };
}

/** Deletes the items that the patch deletes; the rest of the patch's items are changes. */
function carryOut(
  own: readonly Json[],
  items: readonly Json[],
  mergeKey: string,
): { readonly kept: readonly Json[]; readonly changes: readonly Json[] } {
  const special = items.filter((item) => isSpecial(item, mergeKey)) as readonly JsonObject[];
  const changes = items.filter((item) => !isSpecial(item, mergeKey));
  const unknown = special.find((item) => item[PATCH] !== 'delete' && item[PATCH] !== 'replace');
  if (unknown !== undefined) throw unknownDirective(unknown[PATCH] ?? null, unknown);
  if (special.some((item) => item[PATCH] === 'replace')) return { kept: changes, changes: [] };
  const gone = new Set(special.map((item) => keyOf(item, mergeKey)));
  const isGone = (item: Json) => isObject(item) && gone.has(ownValue(item, mergeKey) ?? null);
  return { kept: own.filter((item) => !isGone(item)), changes };
}

/** Changes go to the first item with their key. A change without one becomes an item as it is. */
function mergeItems(
  own: readonly Json[],
  changes: readonly Json[],
  field: PatchField,
  mode: MergeMode,
): readonly Json[] {
  const result = [...own];
  const places = new Map(placesOfKeys(own, field.mergeKey));
  for (const change of changes) {
    const key = keyOf(change, field.mergeKey);
    const place = places.get(key) ?? result.length;
    const item = result[place];
    if (isObject(item) && isObject(change)) result[place] = mergeObjects(item, change, { mode, type: field.type });
    else places.set(key, result.push(change) - 1);
  }
  return result;
}
