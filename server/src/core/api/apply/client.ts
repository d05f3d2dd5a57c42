import { decodeStruct } from '../decode-value.ts';
import { quote } from '../go-text.ts';
import { isObject, type Json, type JsonObject, textOf } from '../json.ts';
import { pathSegmentProblems } from '../names.ts';
import { findResource, findType } from '../schema/schema.ts';
import type { SchemaField, StructType } from '../schema/types.ts';
import { sortedText } from './json-values.ts';

/** What names an object in kubectl's output. */
export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for kinds that have none. */
  readonly namespace: string;
}

/** Why kubectl sends nothing at all. */
export interface ClientProblem {
  readonly type: 'client';
  /** `reading` goes before all requests. */
  readonly phase: 'reading' | 'applying';
  /** The whole text, for an object of this source: a file as it was given, or `STDIN`. */
  readonly message: (file: string) => string;
}

/** How kubectl names an object; `namespace` is that of the command. */
export function nameObject(manifest: JsonObject, namespace: string): NamedObject {
  const { metadata } = manifest;
  const { name, namespace: own } = isObject(metadata) ? metadata : {};
  const [apiVersion, kind] = [textOf(manifest['apiVersion']), textOf(manifest['kind'])];
  const isNamespaced = findResource(apiVersion, kind)?.namespaced ?? true;
  return { apiVersion, kind, name: textOf(name), namespace: isNamespaced ? textOf(own) || namespace : '' };
}

/** What kubectl says of a manifest before it asks the server (cli-runtime/pkg/resource, kubectl/pkg/cmd/apply/apply.go). */
export function clientProblem(manifest: JsonObject, object: NamedObject): ClientProblem | undefined {
  const type = typeProblem(manifest);
  if (type !== undefined) return reading(type);
  const metadata = metadataProblem(manifest);
  if (metadata !== undefined) return reading((file) => `unable to decode ${quote(file)}: ${metadata}`);
  if (findResource(object.apiVersion, object.kind) === undefined) return reading((file) => unknownKind(manifest, file));
  const name = nameProblem(manifest, object);
  return name === undefined ? undefined : { type: 'client', phase: 'applying', message: name };
}

function reading(message: ClientProblem['message']): ClientProblem {
  return { type: 'client', phase: 'reading', message };
}

/** Why a manifest names no type that kubectl can look for. */
function typeProblem(manifest: JsonObject): ClientProblem['message'] | undefined {
  const invalid = invalidType(manifest);
  if (invalid !== undefined) return (file) => `error validating ${quote(file)}: ${invalid}; ${STOP_VALIDATION}`;
  if (manifest['kind'] !== '') return undefined;
  return (file) => `unable to decode ${quote(file)}: Object 'Kind' is missing in '${sortedText(manifest)}'`;
}

const STOP_VALIDATION = 'if you choose to ignore these errors, turn validation off with --validate=false';

/**
 * What kubectl finds wrong with `apiVersion` and `kind` before it asks the server (kubectl/pkg/validation/validation.go, getObjectKind;
 * the words around it in cli-runtime/pkg/resource/visitor.go, ValidateSchema).
 */
export function invalidType({ apiVersion = null, kind = null }: JsonObject): string | undefined {
  const problems = [
    ...invalidText('apiVersion', apiVersion),
    ...invalidVersion(apiVersion),
    ...invalidText('kind', kind),
  ];
  if (problems.length === 0) return undefined;
  return `error validating data: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}`;
}

function invalidText(field: string, value: Json): readonly string[] {
  if (value === null) return [`${field} not set`];
  return typeof value === 'string' ? [] : [`${field} isn't string type`];
}

/** A group, a version and nothing else (apimachinery/pkg/runtime/schema/group_version.go, ParseGroupVersion). */
function invalidVersion(apiVersion: Json): readonly string[] {
  const isRead = typeof apiVersion !== 'string' || apiVersion.split('/').length <= 2;
  return isRead ? [] : [`unexpected GroupVersion string: ${apiVersion}`];
}

/** The struct into which kubectl decodes any object, to see whether its metadata can be read (metadata_decoder.go). */
const METADATA_ONLY = metadataOnly(findType('ObjectMeta'));

function metadataOnly(type: StructType | undefined): StructType {
  const field = { name: 'metadata', omit: 'empty', required: false, embeddedIn: [] } as const;
  const fields: readonly SchemaField[] = type === undefined ? [] : [{ ...field, type }];
  const name = 'metadataOnlyObject';
  const byName = new Map(fields.map((each) => [each.name, each]));
  return { kind: 'struct', name, goName: name, go: `resource.${name}`, fields, byName };
}

function metadataProblem({ metadata = null }: JsonObject): string | undefined {
  const { problems } = decodeStruct(METADATA_ONLY, { metadata });
  const known = problems.filter(({ kind }) => kind !== 'unknown-field');
  return (known.find(({ stops }) => stops) ?? known[0])?.message;
}

/** The namespace is that of the manifest itself here. */
function unknownKind(manifest: JsonObject, file: string): string {
  const { apiVersion, kind, name, namespace } = nameObject(manifest, '');
  const about = `name: ${quote(name)} namespace: ${quote(namespace)} from ${quote(file)}`;
  const cause = `no matches for kind ${quote(kind)} in version ${quote(apiVersion)}`;
  return `resource mapping not found for ${about}: ${cause}\nensure CRDs are installed first`;
}

function nameProblem({ metadata }: JsonObject, object: NamedObject): ClientProblem['message'] | undefined {
  const { name, namespace } = object;
  const prefix = isObject(metadata) ? textOf(metadata['generateName']) : '';
  if (name === '' && prefix !== '') return () => `from ${prefix}: cannot use generate name with apply`;
  const problem = segmentProblem('namespace', namespace) ?? requestedNameProblem(name);
  if (problem === undefined) return undefined;
  return (file) =>
    `error when retrieving current configuration of:\n${infoText(object)}\nfrom server for: ${quote(file)}: ${problem}`;
}

function requestedNameProblem(name: string): string | undefined {
  return name === '' ? 'resource name may not be empty' : segmentProblem('resource name', name);
}

function segmentProblem(what: string, text: string): string | undefined {
  const problems = pathSegmentProblems(text);
  return problems.length === 0 ? undefined : `invalid ${what} ${quote(text)}: [${problems.join(' ')}]`;
}

/** How kubectl prints an object that it read (cli-runtime/pkg/resource/visitor.go, Info). */
export function infoText({ apiVersion, kind, name, namespace }: NamedObject): string {
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  const plural = findResource(apiVersion, kind)?.plural ?? '';
  return [
    `Resource: ${quote(`${version}, Resource=${plural}`)}, GroupVersionKind: ${quote(`${version}, Kind=${kind}`)}`,
    `Name: ${quote(name)}, Namespace: ${quote(namespace)}`,
  ].join('\n');
}
