import { compareBytes, goJson } from '../go-text.ts';
import { isInt64, printedNumber } from '../int64.ts';
import { isObject, type Json } from '../json.ts';

/** Go's `reflect.DeepEqual` of decoded JSON, to which an absent list is another one than an empty one (unlike `sameValue`). */
export function equalJson(a: Json, b: Json): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b);
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key] ?? null, b[key] ?? null));
}

function equalLists(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, index) => equalJson(item, b[index] ?? null));
}

/** Which of Go's types a decoded value has, as `%s` prints it. */
export function typeName(value: Json): string {
  if (value === null) return '%!s(<nil>)';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return isInt64(value) ? 'int64' : 'float64';
}

/** Go's `%v` of decoded JSON. */
export function goValue(value: Json): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (typeof value === 'number') return isInt64(value) ? printedNumber(value) : goFloat(value);
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareBytes(a, b));
  return `map[${entries.map(([key, item]) => `${key}:${goValue(item)}`).join(' ')}]`;
}

/** A float64, with an exponent of at least two digits from a million on and below a ten thousandth. */
function goFloat(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** JSON as kubectl sends it: the keys of all objects in the order in which Go writes maps. */
export function sortedJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedJson);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareBytes(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedJson(item)]));
}

/** The same as text, which kubectl prints and keeps. */
export function sortedText(value: Json): string {
  return goJson(sortedJson(value));
}
