import { expect, test } from 'vitest';
import type { FieldError } from '../../server/src/core/api/field-error.ts';
import type { ApiContext, ApiObject, KindRules } from '../../server/src/core/api/kind-rules.ts';

export const NOW: ApiContext = { version: 36 };
export const BEFORE: ApiContext = { version: 35 };

/** A decoded object without its type, which the rules do not read. */
export interface Body {
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** A rule's id and what it says, a body that shows it, and the errors: `field: message`. */
export type Case = readonly [name: string, body: Body, errors: readonly string[]];

export function objectOf(rules: KindRules, { metadata, ...fields }: Body): ApiObject {
  const namespace = rules.namespaced ? { namespace: 'default' } : {};
  return { apiVersion: '', kind: '', metadata: { name: 'x', ...namespace, ...metadata }, ...fields };
}

export function create(rules: KindRules, body: Body, context = NOW): readonly string[] {
  return texts(rules.validate(rules.default(objectOf(rules, body), context), context));
}

export function update(rules: KindRules, from: Body, to: Body, context = NOW): readonly string[] {
  const stored = rules.default(objectOf(rules, from), context);
  return texts(rules.validateUpdate(prepared(rules, objectOf(rules, to), stored), stored, context));
}

export function prepared(rules: KindRules, next: ApiObject, stored: ApiObject): ApiObject {
  return rules.prepareUpdate?.(next, stored, NOW) ?? rules.default(next, NOW);
}

export function warnings(rules: KindRules, body: Body, stored?: Body, context = NOW): readonly string[] {
  const before = stored === undefined ? undefined : objectOf(rules, stored);
  return rules.warn(rules.default(objectOf(rules, body), context), before, context).map(({ message }) => message);
}

/** The rules of names are long, so they are given by their names. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/a lowercase RFC 1123 subdomain must.*/, 'SUBDOMAIN'],
  [/a lowercase RFC 1123 label must.*/, 'LABEL'],
  [/a DNS-1035 label must.*/, 'DNS-1035'],
  [/a wildcard DNS-1123 subdomain must.*/, 'WILDCARD'],
  [/a valid label must.*/, 'LABEL VALUE'],
  [/name part must.*/, 'KEY'],
  [/a valid config key must.*/, 'CONFIG KEY'],
  [/Invalid path \(regex.*/, 'URL PATH'],
  [/, \(e\.g\. .*/, ''],
];

function texts(errors: readonly FieldError[]): readonly string[] {
  return errors.map(({ field, message }) =>
    NAMES.reduce((text, [rule, name]) => text.replace(rule, name), `${field}: ${message}`),
  );
}

export function runCases(rules: KindRules, cases: readonly Case[]): void {
  test.each(cases)('%s', (_name, body, errors) => {
    expect(create(rules, body)).toEqual(errors);
  });
}
