export { isJsonObject as isObject, type Json, type JsonObject } from '../yaml/index.ts';

/**
 * The value of an object's own key; undefined if it has none. Keys of maps are anybody's: a plain look-up of `constructor` finds what
 * every object inherits.
 */
export function ownValue<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A value that should be a text; empty if it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
