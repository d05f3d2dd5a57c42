import { type FieldError, forbidden, immutableErrors, invalid, invalidEach, required, tooLong } from './field-error.ts';
import { byteLength } from './go-text.ts';
import { labelErrors, type StringMap } from './labels.ts';
import { dnsLabelProblems, dnsSubdomainProblems, pathSegmentProblems, qualifiedNameProblems } from './names.ts';
import { Path } from './path.ts';

/** A metav1.ObjectMeta, decoded; times as texts. */
export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly selfLink?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly fieldsType?: string;
  readonly subresource?: string;
}

/** What the server asks of a name, in its words. */
export type NameCheck = (name: string) => readonly string[];

export interface MetaRules {
  readonly namespaced: boolean;
  readonly name: NameCheck;
}

/**
 * Errors of an object's metadata on creation (apimachinery/pkg/api/validation/objectmeta.go, ValidateObjectMeta). The name
 * must have been generated, and the namespace taken from the request.
 */
export function objectMetaErrors(meta: ObjectMeta, rules: MetaRules, path = METADATA): readonly FieldError[] {
  return [...anyMetaErrors(meta, rules, path), ...shortFinalizerErrors(meta, path)];
}

const METADATA = Path.root.child('metadata');

/**
 * Errors that the change of an object's metadata has besides those of creation (ValidateObjectMetaUpdate). The stored object gives
 * the resource version, the uid and the times.
 */
export function objectMetaUpdateErrors(next: ObjectMeta, stored: ObjectMeta): readonly FieldError[] {
  return [
    ...immutableErrors(METADATA.child('name'), next.name ?? '', stored.name ?? ''),
    ...immutableErrors(METADATA.child('namespace'), next.namespace ?? '', stored.namespace ?? ''),
    ...contentErrors(next, METADATA),
    ...managedFieldsErrors(next.managedFields ?? [], METADATA.child('managedFields')),
    ...shortFinalizerErrors(next, METADATA),
  ];
}

/** The check of every object after its own: the name must fit into a URL (registry/rest/create.go, BeforeCreate). */
export function genericMetaErrors(meta: ObjectMeta, namespaced: boolean): readonly FieldError[] {
  return anyMetaErrors(meta, { namespaced, name: pathSegmentProblems }, METADATA);
}

function anyMetaErrors(meta: ObjectMeta, { name, namespaced }: MetaRules, path: Path): readonly FieldError[] {
  return [...nameErrors(meta, name, path), ...commonErrors(meta, namespaced, path)];
}

function nameErrors({ name = '', generateName = '' }: ObjectMeta, check: NameCheck, path: Path): readonly FieldError[] {
  const prefix = generateName === '' ? [] : check(maskTrailingDash(generateName));
  return [
    ...invalidEach(path.child('generateName'), generateName, prefix),
    ...(name === ''
      ? [required(path.child('name'), 'name or generateName is required')]
      : invalidEach(path.child('name'), name, check(name))),
  ];
}

/** A name will follow, so a dash may end the prefix. The server cuts one character too many, which only shortens it. */
function maskTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

function commonErrors(meta: ObjectMeta, namespaced: boolean, path: Path): readonly FieldError[] {
  const { generation = 0 } = meta;
  return [
    ...namespaceErrors(meta.namespace ?? '', namespaced, path.child('namespace')),
    ...(generation < 0 ? [invalid(path.child('generation'), generation, 'must be greater than or equal to 0')] : []),
    ...contentErrors(meta, path),
    ...finalizerErrors(meta.finalizers ?? [], path.child('finalizers')),
    ...managedFieldsErrors(meta.managedFields ?? [], path.child('managedFields')),
  ];
}

function contentErrors(meta: ObjectMeta, path: Path): readonly FieldError[] {
  return [
    ...labelErrors(meta.labels, path.child('labels')),
    ...annotationErrors(meta.annotations ?? {}, path.child('annotations')),
    ...ownerErrors(meta.ownerReferences ?? [], path.child('ownerReferences')),
  ];
}

function namespaceErrors(namespace: string, namespaced: boolean, path: Path): readonly FieldError[] {
  if (!namespaced) return namespace === '' ? [] : [forbidden(path, 'not allowed on this type')];
  return namespace === '' ? [required(path)] : invalidEach(path, namespace, dnsLabelProblems(namespace));
}

const MAXIMUM_ANNOTATIONS = 256 * 1024;

/** Keys of annotations are those of labels in any case; values are free, up to 256 KiB in all. */
export function annotationErrors(annotations: StringMap, path: Path): readonly FieldError[] {
  const entries = Object.entries(annotations);
  const size = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return [
    ...entries.flatMap(([key]) =>
      invalidEach(path.markedAt([...path.at, key]), key, qualifiedNameProblems(key.toLowerCase())),
    ),
    ...(size > MAXIMUM_ANNOTATIONS ? [tooLong(path, MAXIMUM_ANNOTATIONS)] : []),
  ];
}

function ownerErrors(owners: readonly OwnerReference[], path: Path): readonly FieldError[] {
  const errors: FieldError[] = [];
  let controller: string | undefined;
  for (const [index, owner] of owners.entries()) {
    // The server names the list, not the item.
    const at = (name: string) => path.child(name).markedAt([...path.at, index, name]);
    const { apiVersion = '', kind = '', name = '', uid = '' } = owner;
    if (versionOf(apiVersion) === '') errors.push(invalid(at('apiVersion'), apiVersion, 'version must not be empty'));
    if (kind === '') errors.push(invalid(at('kind'), kind, 'must not be empty'));
    if (name === '') errors.push(invalid(at('name'), name, 'must not be empty'));
    if (uid === '') errors.push(invalid(at('uid'), uid, 'must not be empty'));
    if (apiVersion === 'v1' && kind === 'Event') {
      errors.push(invalid(path, encodedOwner(owner), '/v1, Kind=Event is disallowed from being an owner'));
    }
    if (owner.controller !== true) continue;
    const current = `${kind}/${name}`;
    if (controller === undefined) controller = current;
    else {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`;
      errors.push(invalid(path, owners.map(encodedOwner), detail));
    }
  }
  return errors;
}

function versionOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  // More than one slash is no group and version at all.
  if (slash !== apiVersion.lastIndexOf('/')) return '';
  return apiVersion.slice(slash + 1);
}

function encodedOwner({ apiVersion = '', kind = '', name = '', uid = '', ...flags }: OwnerReference): unknown {
  return { apiVersion, kind, name, uid, controller: flags.controller, blockOwnerDeletion: flags.blockOwnerDeletion };
}

function finalizerErrors(finalizers: readonly string[], path: Path): readonly FieldError[] {
  // The server names the list, not the item.
  const errors = finalizers.flatMap((finalizer, index) =>
    invalidEach(path.markedAt([...path.at, index]), finalizer, qualifiedNameProblems(finalizer)),
  );
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return errors;
  const detail = 'finalizer orphan and foregroundDeletion cannot be both set';
  return [...errors, invalid(path, finalizers, detail)];
}

/** Finalizers without a domain are the server's own (pkg/apis/core/validation, validateKubeFinalizerName). */
function shortFinalizerErrors({ finalizers = [] }: ObjectMeta, path: Path): readonly FieldError[] {
  return finalizers.flatMap((name, index) => wellKnownFinalizerErrors(path.child('finalizers').index(index), name));
}

function wellKnownFinalizerErrors(path: Path, name: string): readonly FieldError[] {
  if (name.includes('/') || WELL_KNOWN_FINALIZERS.includes(name)) return [];
  return [invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

/** What the server says of a finalizer of a Namespace (pkg/apis/core/validation, validateFinalizerName). */
export function finalizerNameErrors(path: Path, name: string): readonly FieldError[] {
  return [...invalidEach(path, name, qualifiedNameProblems(name)), ...wellKnownFinalizerErrors(path, name)];
}

const WELL_KNOWN_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

function managedFieldsErrors(entries: readonly ManagedFieldsEntry[], path: Path): readonly FieldError[] {
  return entries.flatMap(({ operation = '', fieldsType = '', manager = '', subresource = '' }, index) => {
    const entry = path.index(index);
    const errors: FieldError[] = [];
    if (operation !== 'Apply' && operation !== 'Update') {
      errors.push(invalid(entry.child('operation'), operation, 'must be `Apply` or `Update`'));
    }
    if (fieldsType !== '' && fieldsType !== 'FieldsV1') {
      errors.push(invalid(entry.child('fieldsType'), fieldsType, 'must be `FieldsV1`'));
    }
    if (byteLength(manager) > 128) errors.push(tooLong(entry.child('manager'), 128));
    if (byteLength(subresource) > 256) errors.push(tooLong(entry.child('subresource'), 256));
    return errors;
  });
}

/** Names of most kinds. */
export const SUBDOMAIN_NAME: NameCheck = dnsSubdomainProblems;
export const LABEL_NAME: NameCheck = dnsLabelProblems;
