import { decodeStruct } from '../decode-value.ts';
import { quote } from '../go-text.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import { pathSegmentProblems } from '../names.ts';
import { findResource, findType } from '../schema/schema.ts';
import type { StructType } from '../schema/types.ts';

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
  const metadata = metadataProblem(manifest);
  if (metadata !== undefined) return reading((file) => `unable to decode ${quote(file)}: ${metadata}`);
  if (findResource(object.apiVersion, object.kind) === undefined) return reading((file) => unknownKind(manifest, file));
  const name = nameProblem(manifest, object);
  return name === undefined ? undefined : { type: 'client', phase: 'applying', message: name };
}

function reading(message: ClientProblem['message']): ClientProblem {
  return { type: 'client', phase: 'reading', message };
}

/** The struct into which kubectl decodes any object, to see whether its metadata can be read (metadata_decoder.go). */
function metadataOnly(): StructType | undefined {
  const type = findType('ObjectMeta');
  if (type === undefined) return undefined;
  const field = { name: 'metadata', type, omit: 'empty', required: false, embeddedIn: [] } as const;
  const name = 'metadataOnlyObject';
  return {
    kind: 'struct',
    name,
    goName: name,
    go: `resource.${name}`,
    fields: [field],
    byName: new Map([['metadata', field]]),
  };
}

function metadataProblem({ metadata = null }: JsonObject): string | undefined {
  const type = metadataOnly();
  const { problems } = type === undefined ? { problems: [] } : decodeStruct(type, { metadata });
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
