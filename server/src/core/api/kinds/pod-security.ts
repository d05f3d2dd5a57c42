import { type Errors, type FieldError, invalid } from '../field-error.ts';
import { ownValue } from '../json.ts';
import { METADATA } from '../path.ts';

const PREFIX = 'pod-security.kubernetes.io';
const MODES = ['enforce', 'audit', 'warn'];
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** The labels of a Namespace by which the default admission plugin PodSecurity judges its Pods (pod-security-admission, api/helpers.go, PolicyToEvaluate). */
export function podSecurityErrors(labels: Readonly<Record<string, string>> = {}): Errors {
  return MODES.flatMap((mode) => [
    ...labelErrors(labels, `${PREFIX}/${mode}`, levelError),
    ...labelErrors(labels, `${PREFIX}/${mode}-version`, versionError),
  ]);
}

/** What is wrong about a text, and what may have been meant. */
type Check = (text: string) => { readonly detail: string; readonly supported: readonly string[] } | undefined;

function labelErrors(labels: Readonly<Record<string, string>>, key: string, check: Check): readonly FieldError[] {
  const text = ownValue(labels, key);
  const found = text === undefined ? undefined : check(text);
  if (found === undefined) return [];
  return [{ ...invalid(METADATA.child('labels').key(key), text, found.detail), supported: found.supported }];
}

function levelError(text: string): ReturnType<Check> {
  return LEVELS.includes(text) ? undefined : { detail: `must be one of ${LEVELS.join(', ')}`, supported: LEVELS };
}

function versionError(text: string): ReturnType<Check> {
  if (text === 'latest' || isMinor(/^v1\.(0|[1-9]\d*)$/.exec(text)?.[1])) return undefined;
  const minor = /^v?1\.(\d{1,3})\b/i.exec(text)?.[1];
  return { detail: 'must be "latest" or "v1.x"', supported: [minor === undefined ? 'latest' : `v1.${Number(minor)}`] };
}

/** Go reads it as an int. */
function isMinor(digits: string | undefined): boolean {
  return digits !== undefined && BigInt(digits) < 2n ** 63n;
}
