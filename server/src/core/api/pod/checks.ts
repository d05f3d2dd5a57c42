import { type FieldError, invalid, invalidEach, notSupported, required } from '../field-error.ts';
import { dnsLabelProblems, dnsSubdomainProblems, qualifiedNameProblems } from '../names.ts';
import type { Path } from '../path.ts';

/** Small checks that many fields of Pods and workloads share. Each gives its errors for the field at `path`. */
export type Errors = readonly FieldError[];

export const NO_ERRORS: Errors = [];

export function nonNegative(value: number | undefined, path: Path): Errors {
  return value !== undefined && value < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : [];
}

export function inRange(value: number, [least, most]: readonly [number, number], path: Path): Errors {
  if (value >= least && value <= most) return [];
  return [invalid(path, value, `must be between ${least} and ${most}, inclusive`)];
}

export function portNumber(value: number, path: Path): Errors {
  return inRange(value, [1, 65535], path);
}

export function present(value: unknown, path: Path, detail = ''): Errors {
  return value === undefined || value === '' ? [required(path, detail)] : [];
}

/** A required value out of a list, which is printed in the given order. */
export function requiredOneOf(value: string | undefined, values: readonly string[], path: Path): Errors {
  return value === undefined || value === '' ? [required(path)] : oneOf(value, values, path);
}

/** An optional value out of a list. */
export function oneOf(value: string | undefined, values: readonly string[], path: Path): Errors {
  return value === undefined || values.includes(value) ? [] : [notSupported(path, value, values)];
}

export function dnsLabel(value: string, path: Path): Errors {
  return invalidEach(path, value, dnsLabelProblems(value));
}

export function dnsSubdomain(value: string, path: Path): Errors {
  return invalidEach(path, value, dnsSubdomainProblems(value));
}

export function qualifiedName(value: string, path: Path): Errors {
  return invalidEach(path, value, qualifiedNameProblems(value));
}

/** The errors of a list's items. */
export function each<T>(items: readonly T[] | undefined, path: Path, check: (item: T, path: Path) => Errors): Errors {
  return (items ?? []).flatMap((item, index) => check(item, path.index(index)));
}

/** The errors of an optional field. */
export function optional<T>(value: T | undefined, check: (value: T) => Errors): Errors {
  return value === undefined ? [] : check(value);
}

/** The entries of a map, in the order in which they are written: Go's maps, though random, mostly keep it while they are small. */
export function entriesOf<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {});
}
