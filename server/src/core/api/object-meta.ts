import { versionOf } from './api-version.ts';
import { dnsLabel, each, nonNegative, qualifiedName, requiredThen } from './field-checks.ts';
import {
  type Errors,
  type FieldError,
  forbidden,
  immutableErrors,
  invalid,
  invalidEach,
  invalidPrinted,
  mostErrorsPrinting,
  required,
  tooLong,
} from './field-error.ts';
import { byteLength, goJson } from './go-text.ts';
import { labelErrors, type StringMap } from './labels.ts';
import { maskTrailingDash, type NameCheck, pathSegmentProblems, qualifiedNameProblems } from './names.ts';
import { ANNOTATIONS, METADATA, type Path } from './path.ts';

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

/** What a kind asks of its objects' metadata. */
export interface MetaRules {
  readonly namespaced: boolean;
  readonly name: NameCheck;
}

/**
 * Errors of an object's metadata on creation (apimachinery/pkg/api/validation/objectmeta.go, ValidateObjectMeta). The name
 * must have been generated, and the namespace taken from the request.
 */
export function objectMetaErrors(meta: ObjectMeta, rules: MetaRules): Errors {
  return [...anyMetaErrors(meta, rules), ...shortFinalizerErrors(meta)];
}

/**
 * Errors that the change of an object's metadata has besides those of creation (ValidateObjectMetaUpdate). The stored object gives
 * the resource version, the uid and the times.
 */
export function objectMetaUpdateErrors(next: ObjectMeta, stored: ObjectMeta): Errors {
  return [
    ...immutableErrors(METADATA.child('name'), next.name ?? '', stored.name ?? ''),
    ...immutableErrors(METADATA.child('namespace'), next.namespace ?? '', stored.namespace ?? ''),
    ...contentErrors(next),
    ...managedFieldsErrors(next.managedFields ?? []),
    ...shortFinalizerErrors(next),
  ];
}

/** The check of every object after its own: the name must fit into a URL (registry/rest/create.go, BeforeCreate). */
export function genericMetaErrors(meta: ObjectMeta, { namespaced }: Pick<MetaRules, 'namespaced'>): Errors {
  return anyMetaErrors(meta, { namespaced, name: pathSegmentProblems });
}

function anyMetaErrors(meta: ObjectMeta, rules: MetaRules): Errors {
  return [
    ...nameErrors(meta, rules.name),
    ...namespaceErrors(meta.namespace ?? '', rules),
    ...nonNegative(meta.generation, METADATA.child('generation')),
    ...contentErrors(meta),
    ...finalizerErrors(meta.finalizers ?? [], METADATA.child('finalizers')),
    ...managedFieldsErrors(meta.managedFields ?? []),
  ];
}

function nameErrors({ name = '', generateName = '' }: ObjectMeta, check: NameCheck): Errors {
  const path = METADATA.child('name');
  const prefix = generateName === '' ? [] : check(maskTrailingDash(generateName));
  return [
    ...invalidEach(METADATA.child('generateName'), generateName, prefix),
    ...(name === '' ? [required(path, 'name or generateName is required')] : invalidEach(path, name, check(name))),
  ];
}

function contentErrors(meta: ObjectMeta): Errors {
  return [
    ...labelErrors(meta.labels, METADATA.child('labels')),
    ...annotationErrors(meta.annotations ?? {}, ANNOTATIONS),
    ...ownerErrors(meta.ownerReferences ?? [], METADATA.child('ownerReferences')),
  ];
}

function namespaceErrors(namespace: string, { namespaced }: MetaRules): Errors {
  const path = METADATA.child('namespace');
  if (namespaced) return requiredThen(namespace, path, dnsLabel);
  return namespace === '' ? [] : [forbidden(path, 'not allowed on this type')];
}

const MAXIMUM_ANNOTATIONS = 256 * 1024;

/**
 * Errors of a map of annotations: keys are those of labels in any case; values are free, up to 256 KiB in all
 * (apimachinery/pkg/api/validation/objectmeta.go, ValidateAnnotations).
 */
export function annotationErrors(annotations: StringMap, path: Path): Errors {
  const entries = Object.entries(annotations);
  const size = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return [
    ...entries.flatMap(([key]) =>
      invalidEach(path.markedAt([...path.at, key]), key, qualifiedNameProblems(key.toLowerCase())),
    ),
    ...(size > MAXIMUM_ANNOTATIONS ? [tooLong(path, MAXIMUM_ANNOTATIONS)] : []),
  ];
}

function ownerErrors(owners: readonly OwnerReference[], path: Path): Errors {
  const errors: FieldError[] = [];
  const several = controllerErrors(owners, path);
  for (const [index, owner] of owners.entries()) {
    // The server names the list, not the item.
    const at = (name: string) => path.child(name).markedAt([...path.at, index, name]);
    const { apiVersion = '', kind = '', name = '', uid = '' } = owner;
    if (ownersVersion(apiVersion) === '')
      errors.push(invalid(at('apiVersion'), apiVersion, 'version must not be empty'));
    if (kind === '') errors.push(invalid(at('kind'), kind, 'must not be empty'));
    if (name === '') errors.push(invalid(at('name'), name, 'must not be empty'));
    if (uid === '') errors.push(invalid(at('uid'), uid, 'must not be empty'));
    if (apiVersion === 'v1' && kind === 'Event') {
      errors.push(invalid(path, encodedOwner(owner), '/v1, Kind=Event is disallowed from being an owner'));
    }
    errors.push(...(several.get(owner) ?? []));
  }
  return errors;
}

/** The errors of all controllers but the first, each of which prints all owners. */
function controllerErrors(owners: readonly OwnerReference[], path: Path): ReadonlyMap<OwnerReference, Errors> {
  const [first, ...others] = owners.filter(({ controller }) => controller === true);
  if (first === undefined || others.length === 0) return new Map();
  const text = goJson(owners.map(encodedOwner));
  const nameOf = ({ kind = '', name = '' }: OwnerReference) => `${kind}/${name}`;
  const told = others.slice(0, mostErrorsPrinting(text)).map((owner) => {
    const detail = `Only one reference can have Controller set to true. Found "true" in references for ${nameOf(first)} and ${nameOf(owner)}`;
    return [owner, [invalidPrinted(path, text, detail)]] as const;
  });
  return new Map(told);
}

/** More than one slash is no group and version at all. */
function ownersVersion(apiVersion: string): string {
  return apiVersion.split('/').length > 2 ? '' : versionOf(apiVersion);
}

function encodedOwner({ apiVersion = '', kind = '', name = '', uid = '', ...flags }: OwnerReference): unknown {
  return { apiVersion, kind, name, uid, controller: flags.controller, blockOwnerDeletion: flags.blockOwnerDeletion };
}

function finalizerErrors(finalizers: readonly string[], path: Path): Errors {
  // The server names the list, not the item.
  const errors = finalizers.flatMap((finalizer, index) =>
    invalidEach(path.markedAt([...path.at, index]), finalizer, qualifiedNameProblems(finalizer)),
  );
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return errors;
  const detail = 'finalizer orphan and foregroundDeletion cannot be both set';
  return [...errors, invalid(path, finalizers, detail)];
}

/** Finalizers without a domain are the server's own (pkg/apis/core/validation, validateKubeFinalizerName). */
function shortFinalizerErrors({ finalizers }: ObjectMeta): Errors {
  return each(finalizers, METADATA.child('finalizers'), wellKnownFinalizerErrors);
}

function wellKnownFinalizerErrors(name: string, path: Path): Errors {
  if (name.includes('/') || WELL_KNOWN_FINALIZERS.includes(name)) return [];
  return [invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

/** What the server says of a finalizer of a Namespace (pkg/apis/core/validation, validateFinalizerName). */
export function finalizerNameErrors(name: string, path: Path): Errors {
  return [...qualifiedName(name, path), ...wellKnownFinalizerErrors(name, path)];
}

const WELL_KNOWN_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

function managedFieldsErrors(entries: readonly ManagedFieldsEntry[]): Errors {
  return each(entries, METADATA.child('managedFields'), (fields, entry) => {
    const { operation = '', fieldsType = '', manager = '', subresource = '' } = fields;
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
