import { compareBytes } from '../go-text.ts';
import { isObject, type Json, ownValue } from '../json.ts';
import { isDeletion } from './directives.ts';
import { goValue, typeName } from './json-values.ts';
import { PatchError } from './patch-error.ts';

/** What tells the items of a merged list apart: a field of objects; undefined if the items are plain values. */
export type MergeKey = string | undefined;

/** The value of an item's merge key. Throws PatchError for an item that has none. */
export function keyOf(item: Json, mergeKey: MergeKey): Json {
  if (mergeKey === undefined) return item;
  if (!isObject(item)) throw wrongType('map[string]interface {}', item);
  const key = ownValue(item, mergeKey);
  if (key === undefined) throw new PatchError(`map: ${goValue(item)} does not contain declared merge key: ${mergeKey}`);
  return key;
}

/** A value of another type than merging wants. */
export function wrongType(expected: string, actual: Json): PatchError {
  return new PatchError(`expected a ${expected}, but received a ${typeName(actual)}`);
}

/** Where the first item with each key stands. Items without a key are passed over. */
export function placesOfKeys(items: readonly Json[], mergeKey: MergeKey): ReadonlyMap<Json, number> {
  const places = new Map<Json, number>();
  for (const [index, item] of items.entries()) {
    const key = mergeKey === undefined ? item : isObject(item) ? ownValue(item, mergeKey) : undefined;
    if (key !== undefined && !places.has(key)) places.set(key, index);
  }
  return places;
}

/** Whether the items are objects or plain values. Throws PatchError for no items at all, mixed ones, and lists of lists. */
export function elementsOf(...lists: readonly (readonly Json[])[]): 'objects' | 'values' {
  const items = lists.flat();
  const first = items[0];
  if (first === undefined) throw new PatchError('no elements in any of the given slices');
  if (Array.isArray(first)) throw new PatchError('lists of lists are not supported');
  if (items.some((item) => typeName(item) !== typeName(first))) {
    throw new PatchError(`list element types are not identical: [${lists.map((list) => goValue(list)).join(' ')}]`);
  }
  return isObject(first) ? 'objects' : 'values';
}

/** By the printed merge keys. Of items with the same key the later comes first, as the insertion sort of Go leaves them. */
export function sortedByKey(items: readonly Json[], mergeKey: MergeKey): readonly Json[] {
  return items.toReversed().sort((a, b) => compareBytes(printedKey(a, mergeKey), printedKey(b, mergeKey)));
}

/** An item's merge key as Go prints it, by which it is sorted. */
export function printedKey(item: Json, mergeKey: MergeKey): string {
  if (mergeKey === undefined) return goValue(item);
  return goValue((isObject(item) ? ownValue(item, mergeKey) : undefined) ?? null);
}

/** Puts items into the order in which their keys stand in `order`; deletions come last. Throws PatchError if a key is missing. */
export function inOrder(items: readonly Json[], order: readonly Json[], mergeKey: MergeKey): readonly Json[] {
  if (mergeKey !== undefined) for (const item of [...items, ...order]) keyOf(item, mergeKey);
  const kept = mergeKey === undefined ? items : items.filter((item) => !isDeletion(item));
  const gone = mergeKey === undefined ? [] : items.filter(isDeletion);
  const places = placesOfKeys(order, mergeKey);
  const placed = kept.map((item) => ({ item, place: places.get(keyOf(item, mergeKey)) ?? -1 }));
  return [...insertionSorted(placed).map(({ item }) => item), ...gone];
}

interface PlacedItem {
  readonly item: Json;
  /** Negative if the order does not name it. */
  readonly place: number;
}

/** An item that the order does not name goes before all others: that is no order that a library's sort would take. */
function precedes(left: PlacedItem, right: PlacedItem): boolean {
  return left.place < 0 || right.place < 0 || left.place < right.place;
}

function insertionSorted(items: readonly PlacedItem[]): readonly PlacedItem[] {
  if (items.every(({ place }) => place >= 0)) return items.toSorted((a, b) => a.place - b.place);
  const sorted: PlacedItem[] = [];
  for (const item of items) {
    let at = sorted.length;
    for (let before = sorted[at - 1]; before !== undefined && precedes(item, before); before = sorted[at - 1]) at--;
    sorted.splice(at, 0, item);
  }
  return sorted;
}

/** The orders that a merged list has to follow. */
export interface ListOrders {
  /** Items with these keys are the patch's, in this order. */
  readonly patch: readonly Json[];
  /** How the items stood before; the others keep to it, and take their place between the patch's by it. */
  readonly before: readonly Json[];
}

/**
 * The order of a merged list: the patch's items in the patch's order, the others where they stood before them
 * (apimachinery/pkg/util/strategicpatch/patch.go, normalizeElementOrder).
 */
export function arranged(items: readonly Json[], orders: ListOrders, mergeKey: MergeKey): readonly Json[] {
  const [named, before] = [placesOfKeys(orders.patch, mergeKey), placesOfKeys(orders.before, mergeKey)];
  const isNamed = (item: Json) => named.has(keyOf(item, mergeKey));
  const ofPatch = inOrder(items.filter(isNamed), orders.patch, mergeKey);
  const others = inOrder(
    items.filter((item) => !isNamed(item)),
    orders.before,
    mergeKey,
  );
  return interleaved(others, ofPatch, (item) => before.get(keyOf(item, mergeKey)) ?? -1);
}

/** Takes from `others` while its next item stood before the next of `named`. */
function interleaved(
  others: readonly Json[],
  named: readonly Json[],
  placeOf: (item: Json) => number,
): readonly Json[] {
  const result: Json[] = [];
  let next = 0;
  for (const item of named) {
    const place = placeOf(item);
    for (let other = others[next]; other !== undefined; other = others[next]) {
      const before = placeOf(other);
      if (before < 0 || before >= place) break;
      result.push(other);
      next++;
    }
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

/** Plain values without repetitions. The last takes the place of a repeated one, as in Go. */
export function distinct(values: readonly Json[]): readonly Json[] {
  const result = [...values];
  const places = allPlaces(values);
  for (let first = 0; first < result.length; first++) {
    const own = places.get(result[first] as Json);
    if (own === undefined || own.size < 2) continue;
    const repeated = [...own].filter((place) => place > first).sort((a, b) => a - b);
    places.set(result[first] as Json, new Set([first]));
    while (repeated.length > 0) replaceByLast(result, repeated, places);
  }
  return result;
}

function allPlaces(values: readonly Json[]): Map<Json, Set<number>> {
  const places = new Map<Json, Set<number>>();
  for (const [index, value] of values.entries()) places.set(value, (places.get(value) ?? new Set()).add(index));
  return places;
}

/** Takes the last value off the list, and puts it at the first of the repeated places unless it is a repetition itself. Changes all three. */
function replaceByLast(result: Json[], repeated: number[], places: ReadonlyMap<Json, Set<number>>): void {
  const last = result.pop() as Json;
  if (repeated.at(-1) === result.length) {
    repeated.pop();
    return;
  }
  const place = repeated.shift() as number;
  result[place] = last;
  places.get(last)?.delete(result.length);
  places.get(last)?.add(place);
}
