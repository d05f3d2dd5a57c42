import { compareBytes } from '../go-text.ts';
import { isObject, type Json, type JsonObject, ownValue } from '../json.ts';
import { deletion, deletionsKey, orderKey, PATCH, RETAIN_KEYS } from './directives.ts';
import { distinct, elementsOf, inOrder, keyOf, type MergeKey, printedKey, sortedByKey, wrongType } from './items.ts';
import { equalJson, typeName } from './json-values.ts';
import { type PatchField, type PatchType, patchFieldOf } from './patch-type.ts';

/** Which half of a patch: what is new or other in the second object, or what is missing from it. */
export type DiffMode = 'changes' | 'deletions';

type Entry = readonly [string, Json];

interface ObjectPair {
  readonly from: JsonObject;
  readonly to: JsonObject;
}

interface ListPair {
  readonly from: readonly Json[];
  readonly to: readonly Json[];
}

/**
 * The strategic merge patch that leads from one object to another, or half of it (apimachinery/pkg/util/strategicpatch/patch.go,
 * diffMaps). `field` is what is known of the object's own field.
 */
export function diffObjects(pair: ObjectPair, field: PatchField, mode: DiffMode): JsonObject {
  const { from, to } = pair;
  const changed = Object.entries(to).flatMap(([key, value]) =>
    diffField(key, ownValue(from, key), value, field.type, mode),
  );
  const missing = mode === 'changes' ? [] : Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const patch: readonly Entry[] = [...changed, ...missing.map((key) => [key, null] as const)];
  return Object.fromEntries([...patch, ...retainedKeys(pair, patch, field)]);
}

/** With `retainKeys`, the patch names all keys that are to stay. */
function retainedKeys({ from, to }: ObjectPair, patch: readonly Entry[], field: PatchField): readonly Entry[] {
  if (field.retains !== 'keys') return [];
  const kept = Object.keys(to).filter((key) => ownValue(to, key) !== null);
  const clears = Object.entries(from).some(([key, value]) => value !== null && !Object.hasOwn(to, key));
  return kept.length > 0 && (patch.length > 0 || clears) ? [[RETAIN_KEYS, kept.sort(compareBytes)]] : [];
}

function diffField(
  key: string,
  from: Json | undefined,
  to: Json,
  type: PatchType | undefined,
  mode: DiffMode,
): readonly Entry[] {
  const replaced: readonly Entry[] = mode === 'changes' ? [[key, to]] : [];
  if (from === undefined) return replaced;
  if (key === PATCH) return equalJson(from, to) ? [] : [[key, to]];
  if (typeName(from) !== typeName(to)) return replaced;
  const field = patchFieldOf(type, key);
  if (isObject(from) && isObject(to)) {
    if (field.strategy === 'replace') return replaced;
    const patch = diffObjects({ from, to }, field, mode);
    return Object.keys(patch).length === 0 ? [] : [[key, patch]];
  }
  if (Array.isArray(from) && Array.isArray(to) && field.strategy === 'merge') {
    return diffLists(key, { from, to }, field, mode);
  }
  return equalJson(from, to) ? [] : replaced;
}

/** A merged list's part of the patch: its items, those to delete if they are plain values, and the order of all. */
function diffLists(key: string, pair: ListPair, field: PatchField, mode: DiffMode): readonly Entry[] {
  if (pair.from.length === 0) return pair.to.length === 0 || mode === 'deletions' ? [] : [[key, pair.to]];
  const isObjects = elementsOf(pair.from, pair.to) === 'objects';
  const parts = isObjects ? diffItems(pair, field, mode) : diffValues(pair, mode);
  const lists = [
    [key, parts.items],
    [deletionsKey(key), parts.deletions],
    [orderKey(key), parts.order],
  ] as const;
  return lists.filter(([, list]) => list.length > 0);
}

interface ListPatch {
  readonly items: readonly Json[];
  readonly deletions: readonly Json[];
  readonly order: readonly Json[];
}

/** Items are paired by the order of their merge keys, so that two with the same key are two pairs. */
function diffItems({ from, to }: ListPair, field: PatchField, mode: DiffMode): ListPatch {
  const { mergeKey = '' } = field;
  const changed: Json[] = [];
  const gone: Json[] = [];
  for (const [before, after] of pairs({ from, to }, mergeKey)) {
    const key = keyOf((after ?? before) as Json, mergeKey);
    if (before === undefined) {
      if (mode === 'changes') changed.push(after as Json);
    } else if (after === undefined) {
      if (mode === 'deletions') gone.push(deletion(mergeKey, key));
    } else {
      const patch = diffObjects({ from: asObject(before), to: asObject(after) }, field, mode);
      if (Object.keys(patch).length > 0) changed.push({ ...patch, [mergeKey]: key });
    }
  }
  const items = [...inOrder(changed, to, mergeKey), ...gone];
  const isSameOrder = sameOrder({ from, to }, mergeKey);
  const isOrdered = items.length > 0 || (mode === 'changes' && !isSameOrder);
  return { items, deletions: [], order: isOrdered ? to.map((item) => ({ [mergeKey]: keyOf(item, mergeKey) })) : [] };
}

type Pair = readonly [before: Json | undefined, after: Json | undefined];

/** The items of two lists side by side, by the order of their printed keys. */
function pairs({ from, to }: ListPair, mergeKey: MergeKey): readonly Pair[] {
  const [left, right] = [sortedByKey(from, mergeKey), sortedByKey(to, mergeKey)];
  const result: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [before, after] = [left[i], right[j]];
    const order = compareKeys(before, after, mergeKey);
    result.push([order <= 0 ? before : undefined, order >= 0 ? after : undefined]);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return result;
}

/** Less than 0 if the item before is next, more if the one after is. Throws PatchError for an item without a key. */
function compareKeys(before: Json | undefined, after: Json | undefined, mergeKey: MergeKey): number {
  if (before !== undefined) keyOf(before, mergeKey);
  if (after !== undefined) keyOf(after, mergeKey);
  if (before === undefined) return 1;
  return after === undefined ? -1 : compareBytes(printedKey(before, mergeKey), printedKey(after, mergeKey));
}

function sameOrder({ from, to }: ListPair, mergeKey: string): boolean {
  return (
    from.length === to.length &&
    to.every((item, index) => keyOf(from[index] ?? null, mergeKey) === keyOf(item, mergeKey))
  );
}

function diffValues({ from, to }: ListPair, mode: DiffMode): ListPatch {
  const sides = pairs({ from, to }, undefined);
  const added = sides.flatMap(([before, after]) => (before === undefined && after !== undefined ? [after] : []));
  const gone = sides.flatMap(([before, after]) => (after === undefined && before !== undefined ? [before] : []));
  if (mode === 'deletions') return { items: [], deletions: distinct(gone), order: gone.length > 0 ? to : [] };
  // The comparison sorts the old list and then takes it for unsorted: a list that is not sorted always counts as changed.
  const isChanged = !equalJson(sortedByKey(from, undefined), to);
  return { items: inOrder(added, to, undefined), deletions: [], order: isChanged ? to : [] };
}

function asObject(item: Json): JsonObject {
  if (!isObject(item)) throw wrongType('map[string]interface {}', item);
  return item;
}
