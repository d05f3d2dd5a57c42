import { parseAmount } from '../../amount.ts';
import { dnsLabel, dnsSubdomain, oneOf, optional, requiredText, unlessEmpty } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, notSupported, required } from '../../field-error.ts';
import { labelErrors, labelSelectorErrors } from '../../labels.ts';
import { annotationErrors, type ObjectMeta } from '../../object-meta.ts';
import type { Path } from '../../path.ts';
import type { ClaimSource, ClaimSpec } from './volume-types.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** Errors of a claim that a Pod or a StatefulSet creates (pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec). */
export function claimSpecErrors(spec: ClaimSpec, path: Path): Errors {
  const { selector, storageClassName = '', volumeMode, volumeAttributesClassName: attributes = '' } = spec;
  return [
    ...accessModeErrors(spec.accessModes ?? [], path.child('accessModes')),
    ...labelSelectorErrors(selector, path.child('selector')),
    ...conflictingModeErrors(spec.accessModes ?? [], path.child('accessModes')),
    ...storageErrors(spec, path.child('resources')),
    ...unlessEmpty(storageClassName, path.child('storageClassName'), dnsSubdomain),
    ...oneOf(volumeMode, ['Block', 'Filesystem'], path.child('volumeMode')),
    ...dataSourceErrors(spec, path),
    ...unlessEmpty(attributes, path.child('volumeAttributesClassName'), dnsSubdomain),
  ];
}

function accessModeErrors(modes: readonly string[], path: Path): Errors {
  return modes.length === 0 ? [required(path, 'at least 1 access mode is required')] : [];
}

function conflictingModeErrors(modes: readonly string[], path: Path): Errors {
  const unknown = modes.filter((mode) => !ACCESS_MODES.includes(mode));
  const isMixed =
    modes.includes('ReadWriteOncePod') &&
    modes.some((mode) => mode !== 'ReadWriteOncePod' && ACCESS_MODES.includes(mode));
  const errors = unknown.map((mode) => notSupported(path, mode, ACCESS_MODES));
  return isMixed ? [...errors, forbidden(path, 'may not use ReadWriteOncePod with other access modes')] : errors;
}

function storageErrors({ resources }: ClaimSpec, path: Path): Errors {
  const at = path.key('storage').markedAt([...path.at, 'requests', 'storage']);
  const value = resources?.requests?.['storage'];
  if (value === undefined) return [required(at)];
  const amount = parseAmount(value);
  return amount === undefined || amount.nano > 0n ? [] : [invalid(at, amount.text, 'must be greater than zero')];
}

function dataSourceErrors({ dataSource, dataSourceRef }: ClaimSpec, path: Path): Errors {
  const namespace = dataSourceRef?.namespace ?? '';
  const refPath = path.child('dataSourceRef');
  return [
    ...optional(dataSource, (source) => sourceErrors(source, path.child('dataSource'))),
    ...optional(dataSourceRef, (source) => sourceErrors(source, refPath)),
    ...unlessEmpty(namespace, refPath.child('namespace'), dnsLabel),
    ...mismatchErrors(dataSource, dataSourceRef, namespace, path),
  ];
}

function mismatchErrors(
  source: ClaimSource | undefined,
  reference: ClaimSource | undefined,
  namespace: string,
  path: Path,
): Errors {
  if (source === undefined || reference === undefined) return [];
  // The server prints the path as the value, of which nothing is visible.
  if (namespace !== '') return [invalid(path, {}, 'may not be specified when dataSourceRef.namespace is specified')];
  const isSame =
    source.apiGroup === reference.apiGroup && source.kind === reference.kind && source.name === reference.name;
  return isSame ? [] : [invalid(path, {}, 'must match dataSourceRef')];
}

function sourceErrors({ name = '', kind = '', apiGroup = '' }: ClaimSource, path: Path): Errors {
  const isForeign = apiGroup === '' && kind !== 'PersistentVolumeClaim';
  return [
    ...requiredText(name, path.child('name')),
    ...requiredText(kind, path.child('kind')),
    ...(isForeign
      ? [invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup")]
      : []),
    ...unlessEmpty(apiGroup, path.child('apiGroup'), dnsSubdomain),
  ];
}

/** What a template's metadata may not set, as the server names it. */
const FORBIDDEN_META = [
  ['name', 'name'],
  ['generateName', 'generateName'],
  ['namespace', 'namespace'],
  ['uid', 'uID'],
  ['resourceVersion', 'resourceVersion'],
  ['generation', 'generation'],
  ['creationTimestamp', 'creationTimestamp'],
  ['deletionTimestamp', 'deletionTimestamp'],
  ['deletionGracePeriodSeconds', 'deletionGracePeriodSeconds'],
  ['ownerReferences', 'ownerReferences'],
  ['finalizers', 'finalizers'],
  ['managedFields', 'managedFields'],
] as const satisfies readonly (readonly [keyof ObjectMeta, string])[];

/** Errors of the metadata of a claim's template, which are labels and annotations only (ValidateTemplateObjectMeta). */
export function claimMetaErrors(meta: ObjectMeta, path: Path): Errors {
  return [
    ...annotationErrors(meta.annotations ?? {}, path.child('annotations')),
    ...labelErrors(meta.labels, path.child('labels')),
    ...FORBIDDEN_META.filter(([field]) => meta[field] !== undefined).map(([field, printed]) =>
      forbidden(path.child(printed).markedAt([...path.at, field]), 'cannot be set'),
    ),
  ];
}
