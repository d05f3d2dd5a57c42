export { isJsonObject as isObject, type Json, type JsonObject } from '../yaml/index.ts';

/** A value that should be a text; empty if it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
