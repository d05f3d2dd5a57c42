import { isObject, ownValue } from './json.ts';

/**
 * Whether two decoded values mean the same (apimachinery/pkg/api/equality, Semantic.DeepEqual): an absent list and an empty one do,
 * an absent struct and an empty one do not.
 */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) || Array.isArray(right)) return sameList(left ?? [], right ?? []);
  if (!isObject(left) || !isObject(right)) return left === right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => sameValue(ownValue(left, name), ownValue(right, name)));
}

function sameList(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, index) => sameValue(item, right[index]));
}
