import type { FieldPath } from '../yaml/index.ts';
import { isWhole, parseAmount, type ResourceList } from './amount.ts';
import { quote } from './go-text.ts';
import { ownValue } from './json.ts';
import { dnsLabelProblems } from './names.ts';
import type { ObjectMeta } from './object-meta.ts';
import { METADATA, type Path } from './path.ts';

/** A text of a `Warning` header, and the field it is about. */
export interface ApiWarning {
  readonly message: string;
  readonly at: FieldPath;
}

/** In the server's order. */
export type Warnings = readonly ApiWarning[];

/** A warning about a field. */
export function warning(path: Path, message: string): ApiWarning {
  return { message, at: path.at };
}

/** A warning that begins with the field, as most do. */
export function fieldWarning(path: Path, text: string): ApiWarning {
  return warning(path, `${path.text}: ${text}`);
}

/** One warning for each of the messages that a check of addresses gave. */
export function eachWarning(path: Path, messages: readonly string[]): Warnings {
  return messages.map((message) => warning(path, message));
}

/** That a name is no DNS label, though hostnames are made of it. `use` says what it is used in. */
export function hostnameWarnings({ name = '' }: ObjectMeta, use: string): Warnings {
  const problems = dnsLabelProblems(name);
  if (problems.length === 0) return [];
  const advice = `which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
  return [fieldWarning(METADATA.child('name'), `this is used in ${use}, ${advice}`)];
}

/** That an amount of bytes is no whole number. */
export function fractionWarnings(list: ResourceList | undefined, name: string, path: Path): Warnings {
  const value = ownValue(list, name);
  const amount = value === undefined ? undefined : parseAmount(value);
  if (amount === undefined || isWhole(amount)) return [];
  const text = `fractional byte value ${quote(amount.text)} is invalid, must be an integer`;
  return [fieldWarning(path.key(name), text)];
}
