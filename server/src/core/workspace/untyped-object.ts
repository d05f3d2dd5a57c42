import {
  type ApiAnswer,
  createApiServer,
  invalidType,
  isBuiltInGroup,
  knownKinds,
  resourcesOfKind,
  typeAt,
} from '../api/index.ts';
import { KUBEADM_SETTINGS, serverSettings } from '../cluster/index.ts';
import { similarity } from '../text/similarity.ts';
import {
  dataOf,
  type FieldPath,
  findEntry,
  isBroken,
  isJsonObject,
  type Json,
  type JsonObject,
  type YamlDocument,
  type YamlMapping,
  type YamlNode,
} from '../yaml/index.ts';

/** What an object says that it is. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** An object of Kubernetes that lacks `apiVersion` or `kind`, so that kubectl refuses it before it asks the server. */
export interface UntypedObject {
  readonly path: FieldPath;
  readonly node: YamlMapping;
  /** In kubectl's words. */
  readonly problem: string;
}

/**
 * The objects of a document that do not say what they are. What else is written in YAML has no kind of Kubernetes, and none of its
 * fields, and is left alone.
 */
export function untypedObjectsOf(document: YamlDocument): readonly UntypedObject[] {
  const { root } = document;
  if (root?.kind !== 'mapping' || document.template || isBroken(document)) return [];
  const items = isList(root) ? itemsOf(root) : [];
  return [
    ...untypedAt(root, [], looksLikeObject),
    ...items.flatMap((item, index) => untypedAt(item, ['items', index], () => true)),
  ];
}

/** In lists of one kind, the items need not repeat it (apimachinery/pkg/apis/meta/v1/unstructured/helpers.go, decodeToList). */
function isList(node: YamlMapping): boolean {
  return valueIn(node, 'apiVersion') === 'v1' && valueIn(node, 'kind') === 'List';
}

function itemsOf(node: YamlMapping): readonly (YamlNode | undefined)[] {
  const items = findEntry(node, 'items')?.value;
  return items?.kind === 'sequence' ? items.items : [];
}

function untypedAt(
  node: YamlNode | undefined,
  path: FieldPath,
  isObject: (node: YamlMapping) => boolean,
): readonly UntypedObject[] {
  if (node?.kind !== 'mapping') return [];
  const problem = typeProblemOf(node);
  return problem === undefined || !isObject(node) ? [] : [{ path, node, problem }];
}

/** What kubectl says of an object that does not say what it is; undefined if it does (kubectl/pkg/validation/validation.go). */
export function typeProblemOf(node: YamlMapping): string | undefined {
  const [apiVersion, kind] = [valueIn(node, 'apiVersion'), valueIn(node, 'kind')];
  if (isText(apiVersion) && isText(kind)) return undefined;
  return invalidType({ apiVersion, kind }) ?? (kind === '' ? "Object 'Kind' is missing" : undefined);
}

/** The key that stands where `apiVersion` or `kind` should: in other letters, or with one of them wrong. */
export function misspeltKeyOf(node: YamlMapping, field: keyof ObjectType): string | undefined {
  if (findEntry(node, field) !== undefined) return undefined;
  return keysOf(node).find((key) => isAlmost(key, field) && isText(valueIn(node, key)));
}

function isAlmost(key: string, field: string): boolean {
  const longest = Math.max(key.length, field.length);
  return Math.abs(key.length - field.length) <= 1 && similarity(key, field) >= 1 - 1 / longest;
}

/** What an object says that it is, be it under a key that is misspelt. */
export function writtenTypeOf(node: YamlMapping): Readonly<Record<keyof ObjectType, Json>> {
  const written = (field: keyof ObjectType) => valueIn(node, misspeltKeyOf(node, field) ?? field);
  return { apiVersion: written('apiVersion'), kind: written('kind') };
}

function looksLikeObject(node: YamlMapping): boolean {
  const { apiVersion, kind } = writtenTypeOf(node);
  if (kind === 'List') return holdsObjects(node);
  if (isText(kind)) return isOfKind(node, kind) || (isText(apiVersion) && isNamed(node));
  if (isText(apiVersion)) return isBuiltInVersion(apiVersion) && isNamed(node);
  return isNamed(node) && hasSpec(node) && possibleTypesOf(node).length > 0;
}

function holdsObjects(list: YamlMapping): boolean {
  const items = itemsOf(list);
  const isTyped = (item: YamlNode | undefined) =>
    item?.kind === 'mapping' && isText(valueIn(item, 'apiVersion')) && isText(valueIn(item, 'kind'));
  return items.length > 0 && items.every(isTyped);
}

/** Many a configuration has a key `kind`, and words such as Service are used elsewhere too. */
function isOfKind(node: YamlMapping, kind: string): boolean {
  const types = resourcesOfKind(kind).filter((type) => type.kind === kind);
  if (isNamed(node)) return types.length > 0;
  if (fieldsOf(node).every((key) => key === 'apiVersion' || key === 'kind')) return false;
  return types.some((type) => typeAt(type.apiVersion, kind, []) !== undefined && hasFieldsOf(node, type));
}

function isBuiltInVersion(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return apiVersion.includes('/') ? isBuiltInGroup(group) : apiVersion === 'v1';
}

function isNamed(node: YamlMapping): boolean {
  const metadata = findEntry(node, 'metadata')?.value;
  return metadata?.kind === 'mapping' && ['name', 'generateName'].some((key) => isText(valueIn(metadata, key)));
}

function hasSpec(node: YamlMapping): boolean {
  const spec = findEntry(node, 'spec')?.value;
  return spec?.kind === 'mapping' && spec.entries.length > 0;
}

/**
 * The types that agree with what an object says, and with its fields; none if nothing is known. The server is asked about each kind
 * that has the fields, so this takes its time.
 */
export function possibleTypesOf(node: YamlMapping): readonly ObjectType[] {
  const { apiVersion, kind } = writtenTypeOf(node);
  if (isText(apiVersion) && isText(kind)) return [{ apiVersion, kind }];
  const fits = (type: ObjectType) => !isText(apiVersion) || type.apiVersion === apiVersion;
  if (kind === 'List') return [{ apiVersion: 'v1', kind }];
  if (isText(kind)) return resourcesOfKind(kind).filter((type) => type.kind === kind && fits(type));
  // A name alone tells nothing.
  if (fieldsOf(node).every((key) => COMMON.includes(key))) return [];
  const types = knownKinds().map(([version, name]) => ({ apiVersion: version, kind: name }));
  const possible = types
    .filter((type) => fits(type) && hasFieldsOf(node, type))
    .map((type) => ({ type, answer: answerTo(node, type) }))
    .filter(({ answer }) => lacksNothing(answer));
  // Those that the server would take, or could read at least.
  const taken = possible.filter(({ answer }) => answer?.status === 201);
  const read = possible.filter(({ answer }) => answer?.status !== 400);
  return (taken.length > 0 ? taken : read.length > 0 ? read : possible).map(({ type }) => type);
}

/** What every object has. */
const COMMON: readonly string[] = ['apiVersion', 'kind', 'metadata'];

/** Whether the kind has all the fields of the object and of its spec. */
function hasFieldsOf(node: YamlMapping, { apiVersion, kind }: ObjectType): boolean {
  const isField = (path: FieldPath) => typeAt(apiVersion, kind, path) !== undefined;
  const spec = findEntry(node, 'spec')?.value;
  const specKeys = spec?.kind === 'mapping' ? keysOf(spec) : [];
  return fieldsOf(node).every((key) => isField([key])) && specKeys.every((key) => isField(['spec', key]));
}

/** What the server would say if the object were of the type. */
function answerTo(node: YamlMapping, type: ObjectType): ApiAnswer | undefined {
  const data = dataOf(node);
  const manifest: JsonObject = { ...(isJsonObject(data) ? data : {}), ...type };
  const { namespace = 'default' } = isJsonObject(manifest['metadata']) ? manifest['metadata'] : {};
  const server = createApiServer(serverSettings(KUBEADM_SETTINGS));
  return server.create(manifest, { namespace: String(namespace), mode: 'dry-run' });
}

/** Whether the server misses none of the object's own fields. */
function lacksNothing(answer: ApiAnswer | undefined): boolean {
  if (answer === undefined || answer.status === 201) return answer !== undefined;
  return !answer.errors.some(({ reason, at }) => reason === 'FieldValueRequired' && at.length <= SHALLOW);
}

/** `spec.ports` is a field of the object, `spec.ports[0].port` one of a port. */
const SHALLOW = 2;

/** The keys without those that are a misspelt `apiVersion` or `kind`. */
function fieldsOf(node: YamlMapping): readonly string[] {
  const misspelt = [misspeltKeyOf(node, 'apiVersion'), misspeltKeyOf(node, 'kind')];
  return keysOf(node).filter((key) => !misspelt.includes(key));
}

function keysOf({ entries }: YamlMapping): readonly string[] {
  return entries.map(({ key }) => key);
}

function valueIn(node: YamlMapping, key: string): Json {
  return dataOf(findEntry(node, key)?.value);
}

function isText(value: Json): value is string {
  return typeof value === 'string' && value !== '';
}
