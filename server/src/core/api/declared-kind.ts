import { joinApiVersion, splitApiVersion, versionOf } from './api-version.ts';
import { type DecodeProblem, goKind, wrongKind } from './decode-problem.ts';
import { byteLength, goJson, quote, utf8 } from './go-text.ts';
import { isObject, type Json } from './json.ts';
import { findResource } from './schema/schema.ts';

/** The apiVersion and kind of an object, or why the server cannot tell them or does not take them. */
export type DeclaredKind =
  | { readonly type: 'kind'; readonly apiVersion: string; readonly kind: string }
  | { readonly type: 'failure'; readonly message: string; readonly problem: DecodeProblem };

/**
 * What an object says of its own kind, with what it leaves out taken from the kind that is expected
 * (apimachinery/pkg/runtime/serializer/json, Interpret and gvkWithDefaults). Kinds that the server knows in no version are failures.
 */
export function declaredKind(apiVersion: string, kind: string, value: Json): DeclaredKind {
  const read = readKind(value);
  if (read.type === 'failure') return unrecognized(kind, value, read.problem);
  const [group, version] = splitApiVersion(apiVersion);
  const [ownGroup, ownVersion] = splitApiVersion(read.apiVersion);
  const isBare = ownVersion === '' && (ownGroup === '' || ownGroup === group);
  const ownKind = read.kind === '' ? kind : read.kind;
  const declared = isBare ? joinApiVersion(group, version) : joinApiVersion(ownGroup, ownVersion);
  if (isBare || ownVersion !== '') return known(declared, ownKind, kind);
  const problem = wrongKind(['apiVersion'], `Object 'apiVersion' is missing in '${goJson(value)}'`, apiVersion, '');
  return refused('', ownKind, kind, problem);
}

/** The two fields as Go's encoding/json finds them: in any case, the last one wins. */
function readKind(value: Json): DeclaredKind {
  if (value !== null && !isObject(value))
    return unreadable([], `${goKind(value)} into Go value of type ${FIELDS}`, value);
  const found = { apiVersion: '', kind: '' };
  for (const [key, field] of Object.entries(value ?? {})) {
    const name = NAMES.find((each) => each.toLowerCase() === key.toLowerCase());
    if (name === undefined || field === null) continue;
    if (typeof field !== 'string') {
      return unreadable([key], `${goKind(field)} into Go struct field .${name} of type string`, field);
    }
    found[name] = field;
  }
  if (found.apiVersion.split('/').length <= 2) return { type: 'kind', ...found };
  const message = `unexpected GroupVersion string: ${found.apiVersion}`;
  const problem = wrongKind(['apiVersion'], message, 'GROUP/VERSION', found.apiVersion);
  return { type: 'failure', message, problem };
}

const NAMES = ['apiVersion', 'kind'] as const;
const FIELDS =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

function unreadable(path: readonly string[], what: string, found: Json): DeclaredKind {
  const message = `couldn't get version/kind; json parse error: json: cannot unmarshal ${what}`;
  const problem = wrongKind(path, message, path.length === 0 ? 'object' : 'text', goKind(found));
  return { type: 'failure', message, problem };
}

function unrecognized(kind: string, value: Json, problem: DecodeProblem): DeclaredKind {
  const message = `the object provided is unrecognized (must be of type ${kind}): ${problem.message} (${summary(value)})`;
  return { type: 'failure', message, problem };
}

/** The beginning of the body, in hexadecimal if it is no object. */
function summary(value: Json): string {
  const text = goJson(value);
  const isLong = byteLength(text) > 30;
  let start = '';
  for (const character of text) {
    if (byteLength(start + character) > 30) break;
    start += character;
  }
  return `${isObject(value) ? start : hexadecimal(start)}${isLong ? ' ...' : ''}`;
}

function hexadecimal(text: string): string {
  return utf8(text)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

function known(apiVersion: string, kind: string, expected: string): DeclaredKind {
  if (isRegistered(apiVersion, kind) || isOldVersion(apiVersion, kind)) return { type: 'kind', apiVersion, kind };
  const message = `no kind ${quote(kind)} is registered for version ${quote(apiVersion)} in scheme ${SCHEME}`;
  const problem =
    kind === expected
      ? wrongKind(['apiVersion'], message, 'a version that has the kind', apiVersion)
      : wrongKind(['kind'], message, expected, kind);
  return refused(apiVersion, kind, expected, problem);
}

const SCHEME = '"pkg/api/legacyscheme/scheme.go:30"';

function isRegistered(apiVersion: string, kind: string): boolean {
  return [kind, kind.replace(/List$/, '')].some((name) => findResource(apiVersion, name) !== undefined);
}

/** Versions that are served no more, but that the server still reads. */
export function isOldVersion(apiVersion: string, kind: string): boolean {
  return OLD_VERSIONS.get(apiVersion)?.includes(kind) ?? false;
}

const OLD_VERSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['apps/v1beta1', ['Deployment', 'StatefulSet']],
  ['apps/v1beta2', ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']],
  ['batch/v1beta1', ['CronJob']],
  ['discovery.k8s.io/v1beta1', ['EndpointSlice']],
  ['extensions/v1beta1', ['Deployment', 'DaemonSet', 'ReplicaSet', 'Ingress', 'NetworkPolicy']],
  ['networking.k8s.io/v1beta1', ['Ingress', 'IngressClass', 'IPAddress', 'ServiceCIDR']],
]);

function refused(apiVersion: string, kind: string, expected: string, problem: DecodeProblem): DeclaredKind {
  return { type: 'failure', message: cannotBeHandled(apiVersion, kind, expected, problem.message), problem };
}

/** The server's sentence around the reason why an object cannot be decoded. */
export function cannotBeHandled(apiVersion: string, kind: string, expected: string, reason: string): string {
  return `${kind} in version ${quote(versionOf(apiVersion))} cannot be handled as a ${expected}: ${reason}`;
}
