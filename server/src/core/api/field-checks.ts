import { type Errors, invalid, invalidEach, notSupported, required } from './field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  httpPathProblems,
  portNameProblems,
  qualifiedNameProblems,
} from './names.ts';
import type { Path } from './path.ts';

/** Checks that fields of many kinds share. Each gives the errors of a value for the field at `path`. */

/** Transport protocols, in the order in which most messages list them. */
export const PROTOCOLS: readonly string[] = ['SCTP', 'TCP', 'UDP'];

/** The largest number of Go's int32. */
export const MAXIMUM_INT32 = 2 ** 31 - 1;

/** ValidateNonnegativeField. */
export function nonNegative(value: number | undefined, path: Path): Errors {
  return value !== undefined && value < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : [];
}

/** A number between two others, both included (IsInRange). */
export function inRange(value: number, [least, most]: readonly [number, number], path: Path): Errors {
  if (value >= least && value <= most) return [];
  return [invalid(path, value, `must be between ${least} and ${most}, inclusive`)];
}

/** IsValidPortNum. */
export function portNumber(value: number, path: Path): Errors {
  return inRange(value, [1, 65535], path);
}

/** A port of a container by its number or name (ValidatePortNumOrName). */
export function portNumberOrName(value: number | string, path: Path): Errors {
  return typeof value === 'number' ? portNumber(value, path) : portName(value, path);
}

/** IsValidPortName. */
export function portName(value: string, path: Path): Errors {
  return invalidEach(path, value, portNameProblems(value));
}

/** A required value out of a list, which is printed in the given order. */
export function requiredOneOf(value: string | undefined, values: readonly string[], path: Path): Errors {
  return value === undefined || value === '' ? [required(path)] : oneOf(value, values, path);
}

/** An optional value out of a list. */
export function oneOf(value: string | undefined, values: readonly string[], path: Path): Errors {
  return value === undefined || values.includes(value) ? [] : [notSupported(path, value, values)];
}

/** IsDNS1123Label. */
export function dnsLabel(value: string, path: Path): Errors {
  return invalidEach(path, value, dnsLabelProblems(value));
}

/** IsDNS1123Subdomain. */
export function dnsSubdomain(value: string, path: Path): Errors {
  return invalidEach(path, value, dnsSubdomainProblems(value));
}

/** A key of a label (IsQualifiedName). */
export function qualifiedName(value: string, path: Path): Errors {
  return invalidEach(path, value, qualifiedNameProblems(value));
}

/** `domain/path`; what is wrong with a part is said of the part (apimachinery/pkg/util/validation, IsDomainPrefixedPath). */
export function domainPrefixedPath(value: string, path: Path): Errors {
  if (value === '') return [required(path)];
  const slash = value.indexOf('/');
  const [domain, rest] = [value.slice(0, Math.max(slash, 0)), value.slice(slash + 1)];
  if (domain === '' || rest === '') {
    return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return [...dnsSubdomain(domain, path), ...invalidEach(path, rest, httpPathProblems(rest))];
}

/** A text that must be there. */
export function requiredText(text: string, path: Path, detail = ''): Errors {
  return text === '' ? [required(path, detail)] : [];
}

type TextCheck = (text: string, path: Path) => Errors;

/** The errors of a text that must be there. */
export function requiredThen(text: string, path: Path, check: TextCheck): Errors {
  return text === '' ? [required(path)] : check(text, path);
}

/** The errors of a text that may be left out. */
export function unlessEmpty(text: string, path: Path, check: TextCheck): Errors {
  return text === '' ? [] : check(text, path);
}

/** What there is to say of an optional field: nothing if it is absent. */
export function optional<T, R>(value: T | undefined, check: (value: T) => readonly R[]): readonly R[] {
  return value === undefined ? [] : check(value);
}

/** What there is to say of the items of a list, each at its own path. */
export function each<T, R>(
  items: readonly T[] | undefined,
  path: Path,
  check: (item: T, path: Path) => readonly R[],
): readonly R[] {
  return (items ?? []).flatMap((item, index) => check(item, path.index(index)));
}

/** Which items have the text of an earlier one, or one of those that are `taken` from the start. */
export function repeatsIn(texts: readonly string[], taken: Iterable<string> = []): ReadonlySet<number> {
  const seen = new Set(taken);
  const repeats = new Set<number>();
  for (const [index, text] of texts.entries()) {
    if (seen.has(text)) repeats.add(index);
    seen.add(text);
  }
  return repeats;
}

/** The entries of a map, in the order in which they are written: Go's maps, though random, mostly keep it while they are small. */
export function entriesOf<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {});
}
