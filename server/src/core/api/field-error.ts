import type { FieldPath } from '../yaml/index.ts';
import { sameValue } from './equal.ts';
import { goJson, quote } from './go-text.ts';
import { printedNumber } from './int64.ts';
import type { Path } from './path.ts';

/** Why the server refuses a value, in the words of its answers (`details.causes[].reason`). */
export type Reason =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One complaint of the server about one field (apimachinery/pkg/util/validation/field/errors.go). */
export interface FieldError {
  readonly reason: Reason;
  /** The field's path as the server prints it. */
  readonly field: string;
  /** Where the field stands in the object; the field itself may be missing. */
  readonly at: FieldPath;
  /** What kubectl prints after the field: `Invalid value: "x": must be no more than 15 characters`. */
  readonly message: string;
  /** Only what is wrong with it: `must be no more than 15 characters`. Empty if the reason says it all. */
  readonly detail: string;
  /** The values that the field takes, where the server lists them. */
  readonly supported?: readonly string[];
  /** Which of the cluster's own settings refuses the value, where another cluster may take it. */
  readonly dependsOn?: 'serviceCIDRs' | 'nodePortRange';
}

/** In the server's order. */
export type Errors = readonly FieldError[];

/** Says of an error that another cluster may take the value. */
export function onThisCluster(dependsOn: NonNullable<FieldError['dependsOn']>, error: FieldError): FieldError {
  return { ...error, dependsOn };
}

/** A field that must be there. */
export function required(path: Path, detail = ''): FieldError {
  return fieldError('FieldValueRequired', path, 'Required value', detail);
}

/** `value` is printed as Go would: texts quoted, numbers and booleans plain, everything else as JSON. */
export function invalid(path: Path, value: unknown, detail: string): FieldError {
  return fieldError('FieldValueInvalid', path, `Invalid value: ${printed(value)}`, detail);
}

/** The same with a value that is printed already, for values that many errors print. */
export function invalidPrinted(path: Path, text: string, detail: string): FieldError {
  return fieldError('FieldValueInvalid', path, `Invalid value: ${text}`, detail);
}

/** As much as all errors together may print of the same value: neither server nor reader could take more. */
const MOST_PRINTED = 1_000_000;

/** How many errors may each print a text of this length: all of them unless it is very long, and at least one. */
export function mostErrorsPrinting({ length }: string): number {
  return Math.max(1, Math.floor(MOST_PRINTED / (length + 1)));
}

/** An invalid object that the server does not print. */
export function invalidObject(path: Path, detail: string): FieldError {
  return fieldError('FieldValueInvalid', path, 'Invalid value', detail);
}

/** A text of an enumeration or behind a pointer, which Go prints as JSON: `<` as `\\u003c`, and a missing one as `null`. */
export function invalidText(path: Path, value: string | undefined, detail: string): FieldError {
  return fieldError('FieldValueInvalid', path, `Invalid value: ${goJson(value)}`, detail);
}

/** One error for each of the messages that a check of names gave. */
export function invalidEach(path: Path, value: unknown, details: readonly string[]): Errors {
  return details.map((detail) => invalid(path, value, detail));
}

/**
 * A field that keeps the value it was created with (apimachinery/pkg/api/validation, ValidateImmutableField). `printed` is the new
 * value as the server holds it inside, if that is not as it is written.
 */
export function immutableErrors(path: Path, next: unknown, stored: unknown, printed: unknown = next): Errors {
  return sameValue(next, stored) ? [] : [invalid(path, printed ?? null, 'field is immutable')];
}

/**
 * A value that is none of those that the field takes; they stand in the message in the given order. Enumerations are types of their own, which Go prints as JSON; for a plain
 * string `print` is `quote`.
 */
export function notSupported<T>(
  path: Path,
  value: T,
  supported: readonly string[],
  print: (value: T) => string = goJson,
): FieldError {
  const detail = `supported values: ${supported.map(quote).join(', ')}`;
  return { ...fieldError('FieldValueNotSupported', path, `Unsupported value: ${print(value)}`, detail), supported };
}

/** A field that may not be there. */
export function forbidden(path: Path, detail: string): FieldError {
  return fieldError('FieldValueForbidden', path, 'Forbidden', detail);
}

/** A value that another item of the list has already. Texts of enumerations are printed by `goJson`. */
export function duplicate<T>(path: Path, value: T, print: (value: T) => string = printed): FieldError {
  return fieldError('FieldValueDuplicate', path, `Duplicate value: ${print(value)}`, '');
}

/** A text of more than `maximum` bytes. */
export function tooLong(path: Path, maximum: number): FieldError {
  return fieldError('FieldValueTooLong', path, 'Too long', `may not be more than ${maximum} bytes`);
}

/** A list of more than `maximum` items. */
export function tooMany(path: Path, actual: number, maximum: number): FieldError {
  const items = maximum === 1 ? 'item' : 'items';
  return fieldError('FieldValueTooMany', path, `Too many: ${actual}`, `must have at most ${maximum} ${items}`);
}

/** The name of something that is not there. */
export function notFound(path: Path, value: unknown, detail = ''): FieldError {
  return fieldError('FieldValueNotFound', path, `Not found: ${printed(value)}`, detail);
}

/** A check that the server could not make. */
export function internalError(path: Path, detail: string): FieldError {
  return fieldError('InternalError', path, 'Internal error', detail);
}

function fieldError(reason: Reason, path: Path, head: string, detail: string): FieldError {
  const message = detail === '' ? head : `${head}: ${detail}`;
  return { reason, field: path.text, at: path.at, message, detail };
}

function printed(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return printedNumber(value);
  return typeof value === 'boolean' ? String(value) : goJson(value);
}
