import type { ScalarStyle, YamlScalar } from './node.ts';

type ScalarValue = YamlScalar['value'];

/**
 * What a scalar means to Kubernetes: a text in quotes or in a block is itself, unless a tag says otherwise (goyaml.v2/resolve.go).
 * Undefined where the text is no such value, at which go-yaml gives up.
 */
export function resolveScalar(text: string, style: ScalarStyle, tag: string | undefined): ScalarValue | undefined {
  if (tag === '!') return text;
  if (tag === undefined) return style === 'plain' ? resolvePlain(text) : text;
  const name = /^(?:tag:yaml\.org,2002:|!!)(.*)$/.exec(tag)?.[1] ?? '';
  const fits = RESOLVED_TAGS.get(name);
  if (fits === undefined) return text;
  const value = resolvePlain(text);
  return fits(value, text) ? value : undefined;
}

/** Tags that ask for a kind of value; any other leaves a text as it is. */
const RESOLVED_TAGS: ReadonlyMap<string, (value: ScalarValue, text: string) => boolean> = new Map([
  ['bool', (value) => typeof value === 'boolean'],
  ['float', (value) => typeof value === 'number'],
  ['int', (_, text) => isInteger(text)],
  ['null', (value) => value === null],
]);

/**
 * What a plain (unquoted) scalar means to Kubernetes. kubectl and the API server read YAML with a fork of go-yaml v2
 * (sigs.k8s.io/yaml, goyaml.v2/resolve.go): YAML 1.1 booleans and octals, 1.2 octals, no base-60 numbers.
 */
export function resolvePlain(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first)) return null;
  if (!mayBeSpecial(first)) return text;
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return constant;
  return resolveNumber(text) ?? text;
}

const CONSTANTS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** Only texts that start with one of these can be anything but a string. */
const SPECIAL_STARTS = new Set([...'+-.0123456789yYnNtTfFoO~'].map((char) => char.charCodeAt(0)));

function mayBeSpecial(code: number): boolean {
  return SPECIAL_STARTS.has(code);
}

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function resolveNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  const integer = resolveInteger(digits);
  if (integer !== undefined) return negative ? -integer : integer;
  const float = FLOAT.test(plain) ? Number(plain) : undefined;
  // Go's ParseFloat fails for what is too large.
  return Number.isFinite(float) ? float : undefined;
}

/** Whether a plain scalar is a whole number to go-yaml; `1.0` and `1e3` are none. */
export function isInteger(text: string): boolean {
  return resolveInteger(text.replaceAll('_', '').replace(/^[-+]/, '')) !== undefined;
}

function resolveInteger(digits: string): number | undefined {
  if (/^(0|[1-9][0-9]*)$/.test(digits)) return Number(digits);
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  if (/^0o[0-7]+$/i.test(digits)) return Number.parseInt(digits.slice(2), 8);
  if (/^0x[0-9a-f]+$/i.test(digits)) return Number.parseInt(digits.slice(2), 16);
  if (/^0b[01]+$/i.test(digits)) return Number.parseInt(digits.slice(2), 2);
  return undefined;
}
