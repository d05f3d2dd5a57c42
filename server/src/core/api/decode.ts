import { groupOf, versionOf } from './api-version.ts';
import { conversionProblems } from './conversion.ts';
import { cannotBeHandled, declaredKind, isOldVersion } from './declared-kind.ts';
import { type DecodeProblem, wrongKind } from './decode-problem.ts';
import { decodeStruct } from './decode-value.ts';
import { isObject, type Json } from './json.ts';
import type { ApiObject } from './kind-rules.ts';
import type { ObjectMeta } from './object-meta.ts';
import { typeOfKind } from './schema/schema.ts';

/** An object as the server holds it, or why it cannot make one of what it was sent. */
export type DecodeResult =
  | { readonly type: 'object'; readonly object: ApiObject }
  /** The message is the whole text of the server's answer. The problems stand in the order in which the server comes to tell them. */
  | { readonly type: 'failure'; readonly message: string; readonly problems: readonly DecodeProblem[] }
  /** A kind that this library has no fields of. */
  | { readonly type: 'unknown-kind' };

/**
 * What the server makes of an object that is posted to the resource of a kind with fieldValidation=Strict, kubectl's default
 * (apiserver/pkg/endpoints/handlers/create.go, apimachinery/pkg/runtime/serializer/json). In the result, null and absent fields are
 * left out, and zero values of fields that are no pointers; apiVersion, kind and metadata are always there. Unknown fields are
 * told in the order of the value, whose keys kubectl sorts.
 */
export function decode(apiVersion: string, kind: string, value: Json): DecodeResult {
  const type = typeOfKind(apiVersion, kind);
  if (type === undefined) return { type: 'unknown-kind' };
  const declared = declaredKind(apiVersion, kind, value);
  if (declared.type === 'failure') return { type: 'failure', message: declared.message, problems: [declared.problem] };
  const isOther = declared.apiVersion !== apiVersion || declared.kind !== kind;
  if (isOther) return otherKind({ apiVersion, kind }, declared, value);
  const decoded = decodeStruct(type, value);
  const fields = isObject(decoded.value) ? decoded.value : {};
  const metadata: ObjectMeta = isObject(fields['metadata']) ? fields['metadata'] : {};
  const object = { ...fields, apiVersion, kind, metadata };
  const problems = [...decoded.problems, ...conversionProblems(object)];
  return problems.length > 0 ? failure(declared, kind, problems) : { type: 'object', object };
}

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

function failure(declared: Kind, expected: string, found: readonly DecodeProblem[]): DecodeResult {
  const problems = inOrderOfTelling(found);
  const message = cannotBeHandled(declared.apiVersion, declared.kind, expected, reasonOf(problems));
  return { type: 'failure', message, problems };
}

/** An object of another kind or version. The server decodes it as what it is, and then cannot make the expected kind of it. */
function otherKind(expected: Kind, declared: Kind, value: Json): DecodeResult {
  if (isOldVersion(declared.apiVersion, declared.kind) && declared.kind === expected.kind) {
    const versions = [declared.apiVersion, expected.apiVersion] as const;
    const message = `the API version in the data (${versions[0]}) does not match the expected API version (${versions[1]})`;
    return { type: 'failure', message, problems: [wrongKind(['apiVersion'], message, versions[1], versions[0])] };
  }
  const type = typeOfKind(declared.apiVersion, declared.kind);
  const found = type === undefined ? [] : decodeStruct(type, value).problems;
  const typeProblems = found.filter((problem) => problem.kind !== 'unknown-field');
  if (typeProblems.length > 0) return failure(declared, expected.kind, typeProblems);
  const from = `${versionOf(declared.apiVersion)}.${declared.kind}`;
  const message = `converting (${from}) to (${internalPackage(expected.apiVersion)}.${expected.kind}): unknown conversion`;
  return failure(declared, expected.kind, [wrongKind(['kind'], message, expected.kind, declared.kind)]);
}

/** Go's package with the types that all versions of a group are converted to: `networking`. */
function internalPackage(apiVersion: string): string {
  const [name = ''] = groupOf(apiVersion).split('.');
  return name === '' ? 'core' : name;
}

/** What ends the decoding wins over the first wrong type, that over a conversion, and that over all unknown fields together. */
function inOrderOfTelling(problems: readonly DecodeProblem[]): readonly DecodeProblem[] {
  return [...problems].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ kind, stops }: DecodeProblem): number {
  return stops ? 0 : kind === 'unknown-field' ? 2 : 1;
}

/** The server tells no more unknown fields than this. */
const MOST_UNKNOWN_FIELDS = 100;

function reasonOf(problems: readonly DecodeProblem[]): string {
  const [first] = problems;
  if (first?.kind !== 'unknown-field') return first?.message ?? '';
  const messages = [...new Set(problems.map(({ message }) => message))].slice(0, MOST_UNKNOWN_FIELDS);
  return `strict decoding error: ${messages.join(', ')}`;
}
