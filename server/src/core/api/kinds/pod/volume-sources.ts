import { parseAmount } from '../../amount.ts';
import {
  dnsLabel,
  dnsSubdomain,
  entriesOf,
  inRange,
  oneOf,
  optional,
  requiredOneOf,
  requiredText,
  requiredThen,
  unlessEmpty,
} from '../../field-checks.ts';
import {
  type Errors,
  type FieldError,
  forbidden,
  invalid,
  invalidEach,
  mostErrorsPrinting,
  notSupported,
  required,
  tooLong,
} from '../../field-error.ts';
import { byteLength, quote } from '../../go-text.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import { claimMetaErrors, claimSpecErrors } from './claim.ts';
import { descendingPathErrors, noBackstepErrors } from './file-paths.ts';
import type { PodOwner } from './types.ts';
import { downwardErrors, filesErrors, projectedErrors } from './volume-files.ts';
import type {
  AzureDiskSource,
  ClaimTemplate,
  IscsiSource,
  PlainSource,
  SecretHolder,
  StorageOsSource,
  Volume,
} from './volume-types.ts';

/** What is known about the Pod that the volumes belong to. */
export interface VolumeContext {
  readonly owner: PodOwner;
  /** Empty in a template: its Pods' names are not known. */
  readonly podName: string;
}

type SourceKind = Exclude<keyof Volume, 'name'>;

/** The errors of a source, at its own path or at its volume's. */
type SourceCheck<S> = (source: S, path: Path, volume: PlacedVolume) => Errors;

interface PlacedVolume extends VolumeContext {
  readonly name: string;
  readonly path: Path;
}

/** The check of one kind of source; `path` is the volume's. */
interface SourceRule {
  readonly kind: SourceKind;
  readonly check: (volume: Volume, path: Path, context: VolumeContext) => Errors;
  /** The name that the server prints if it refuses the source as a second one. */
  readonly refusedAs: string;
}

/** What the server calls a source in its errors, where that is not its name. */
interface PrintedNames {
  readonly printedAs?: string;
  readonly refusedAs?: string;
}

function rule<K extends SourceKind>(
  kind: K,
  check: SourceCheck<NonNullable<Volume[K]>>,
  { printedAs = kind, refusedAs = kind }: PrintedNames = {},
): SourceRule {
  return {
    kind,
    refusedAs,
    check: ({ [kind]: source, name = '' }, path, context) => {
      if (source === undefined) return [];
      return check(source as NonNullable<Volume[K]>, path.child(printedAs), { ...context, name, path });
    },
  };
}

/** A source that only must have some fields. */
function plain(kind: SourceKind, fields: readonly string[], names: PrintedNames = {}): SourceRule {
  return rule(kind, (source, path) => missing(source as PlainSource, fields, path), names);
}

function missing(source: PlainSource, fields: readonly string[], path: Path): Errors {
  const isMissing = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return fields.filter((field) => isMissing(source[field])).map((field) => required(path.child(field)));
}

function secretRefErrors({ secretRef }: SecretHolder, path: Path): Errors {
  const isNamed = secretRef === undefined || (secretRef.name ?? '') !== '';
  return isNamed ? [] : [required(path.child('secretRef', 'name'))];
}

function partitionErrors(partition = 0, path: Path): Errors {
  const isIn = partition >= 0 && partition <= 255;
  return isIn ? [] : [invalid(path, partition, 'must be between 1 and 255, inclusive')];
}

/** In the order in which the server looks at them. */
export const SOURCES: readonly SourceRule[] = [
  rule('emptyDir', ({ sizeLimit }, path) => {
    const isNegative = sizeLimit !== undefined && (parseAmount(sizeLimit)?.nano ?? 0n) < 0n;
    const detail = 'SizeLimit field must be a valid resource quantity';
    return isNegative ? [forbidden(path.child('sizeLimit'), detail)] : [];
  }),
  rule('hostPath', ({ path: file = '', type }, path) => {
    if (file === '') return [required(path.child('path'))];
    return [...noBackstepErrors(file, path.child('path')), ...oneOf(type, HOST_PATH_TYPES, path.child('type'))];
  }),
  rule('gitRepo', ({ repository, directory = '' }, path) => [
    ...missing({ repository }, ['repository'], path),
    ...descendingPathErrors(directory, path.child('directory')),
  ]),
  rule(
    'gcePersistentDisk',
    ({ pdName, partition }, path) => [
      ...missing({ pdName }, ['pdName'], path),
      ...partitionErrors(partition, path.child('partition')),
    ],
    { printedAs: 'persistentDisk' },
  ),
  rule('awsElasticBlockStore', ({ volumeID, partition }, path) => [
    ...missing({ volumeID }, ['volumeID'], path),
    ...partitionErrors(partition, path.child('partition')),
  ]),
  rule('secret', (source, path) => filesErrors(source, 'secretName', source.secretName ?? '', path)),
  rule('nfs', ({ server, path: directory = '' }, path) => {
    const at = path.child('path');
    const relative = directory.startsWith('/') ? [] : [invalid(at, directory, 'must be an absolute path')];
    return [...missing({ server, path: directory }, ['server', 'path'], path), ...relative];
  }),
  rule('iscsi', iscsiErrors),
  plain('glusterfs', ['endpoints', 'path']),
  rule('flocker', ({ datasetName = '', datasetUUID = '' }, path) => {
    const errors: FieldError[] = [];
    const both = 'datasetName and datasetUUID can not be specified simultaneously';
    if (datasetName === '' && datasetUUID === '')
      errors.push(required(path, 'one of datasetName and datasetUUID is required'));
    if (datasetName !== '' && datasetUUID !== '') errors.push(invalid(path, 'resource', both));
    if (datasetName.includes('/')) errors.push(invalid(path.child('datasetName'), datasetName, "must not contain '/'"));
    return errors;
  }),
  plain('persistentVolumeClaim', ['claimName']),
  plain('rbd', ['monitors', 'image']),
  rule('cinder', (source, path) => [...missing(source, ['volumeID'], path), ...secretRefErrors(source, path)]),
  plain('cephfs', ['monitors'], { refusedAs: 'cephFS' }),
  rule('quobyte', ({ registry = '', tenant = '', volume }, path) => [
    ...quobyteErrors(registry, tenant, path),
    ...missing({ volume }, ['volume'], path),
  ]),
  rule('downwardAPI', downwardErrors, { refusedAs: 'downwarAPI' }),
  rule('fc', fibreChannelErrors),
  rule('flexVolume', ({ driver, options }, path) => [
    ...missing({ driver }, ['driver'], path),
    ...entriesOf(options).flatMap(([key]) => reservedOptionErrors(key, path.child('options').key(key))),
  ]),
  rule('configMap', (source, path) => filesErrors(source, 'name', source.name ?? '', path)),
  plain('azureFile', ['secretName', 'shareName']),
  plain('vsphereVolume', ['volumePath']),
  plain('photonPersistentDisk', ['pdID']),
  plain('portworxVolume', ['volumeID']),
  rule('azureDisk', azureDiskErrors),
  rule('storageos', storageOsErrors),
  rule('projected', projectedErrors),
  plain('scaleIO', ['gateway', 'system', 'volumeName']),
  rule('csi', ({ driver = '', nodePublishSecretRef }, path) => [
    ...requiredThen(driver, path.child('driver'), driverErrors),
    ...optional(nodePublishSecretRef, ({ name = '' }) =>
      name === '' ? [required(path.child('nodePublishSecretRef', 'name'))] : dnsSubdomain(name, path.child('name')),
    ),
  ]),
  rule('ephemeral', ({ volumeClaimTemplate: template }, path, volume) => [
    ...(template === undefined
      ? [required(path.child('volumeClaimTemplate'))]
      : claimTemplateErrors(template, path.child('volumeClaimTemplate'))),
    ...createdClaimNameErrors(volume, path),
  ]),
  rule('image', ({ reference = '', pullPolicy }, path, { owner }) => [
    ...(owner === 'pod' && reference === '' ? [required(path.child('reference'))] : []),
    ...requiredOneOf(pullPolicy, ['Always', 'IfNotPresent', 'Never'], path.child('pullPolicy')),
  ]),
];

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

function claimTemplateErrors({ metadata = {}, spec = {} }: ClaimTemplate, path: Path): Errors {
  return [...claimMetaErrors(metadata, path.child('metadata')), ...claimSpecErrors(spec, path.child('spec'))];
}

/** The claim of an ephemeral volume is called after the Pod and the volume. */
function createdClaimNameErrors({ podName, name, path: volumePath }: PlacedVolume, path: Path): Errors {
  if (podName === '' || name === '') return [];
  const claim = `${podName}-${name}`;
  const details = dnsSubdomainProblems(claim).map((problem) => `PVC name "${claim}": ${problem}`);
  return invalidEach(volumePath.child('name').markedAt(path.at), name, details);
}

function iscsiErrors(source: IscsiSource, path: Path, { name, path: volumePath }: PlacedVolume): Errors {
  const { targetPortal = '', iqn = '', lun = 0, initiatorName } = source;
  const needsSecret = (source.chapAuthDiscovery ?? false) || (source.chapAuthSession ?? false);
  const isLong = initiatorName !== undefined && byteLength(`${name}:${targetPortal}`) > 64;
  const long =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  return [
    ...requiredText(targetPortal, path.child('targetPortal')),
    ...requiredThen(iqn, path.child('iqn'), initiatorErrors),
    ...inRange(lun, [0, 255], path.child('lun')),
    ...(needsSecret && source.secretRef === undefined ? [required(path.child('secretRef'))] : []),
    ...optional(initiatorName, (text) => initiatorErrors(text, path.child('initiatorname'))),
    ...(isLong ? [invalid(volumePath.child('name').markedAt(path.at), name, long)] : []),
  ];
}

const INITIATORS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['iqn', isQualifiedInitiator],
  ['eui', (text: string) => /^eui.[0-9A-Za-z]{16}$/.test(text)],
  ['naa', (text: string) => /^naa.[0-9A-Za-z]{32}$/.test(text)],
]);

/**
 * Whether `iqn\.\d{4}-\d{2}\.([[:alnum:]-.]+)(:[^,;*&$|\s]+)$` is found in a text, by its parts: the expression itself would go over a
 * long text again and again.
 */
function isQualifiedInitiator(text: string): boolean {
  const parts = (text.split(/[,;*&$|\t\n\f\r ]/).at(-1) ?? '').split(':');
  const heads = parts.slice(0, parts.at(-1) === '' ? -2 : -1);
  return heads.some((part) => /iqn\.\d{4}-\d{2}\../.test(part.split(/[^0-9A-Za-z\-.]/).at(-1) ?? ''));
}

function initiatorErrors(text: string, path: Path): Errors {
  const isFound = INITIATORS.get(text.slice(0, 3));
  if (isFound === undefined) return [invalid(path, text, 'must be valid format starting with iqn, eui, or naa')];
  return isFound(text) ? [] : [invalid(path, text, 'must be valid format')];
}

function quobyteErrors(registry: string, tenant: string, path: Path): Errors {
  const rule = 'must be a host:port pair or multiple pairs separated by commas';
  const at = path.child('registry');
  if (registry === '') return [required(at, rule)];
  if (byteLength(tenant) >= 65) {
    return [required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters')];
  }
  // All wrong pairs have the same error.
  const error = invalid(at, registry, rule);
  const wrong = registry.split(',').filter((pair) => !isHostPort(pair));
  return wrong.slice(0, mostErrorsPrinting(error.message)).map(() => error);
}

function isHostPort(text: string): boolean {
  return /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text);
}

function fibreChannelErrors({ targetWWNs = [], wwids = [], lun }: NonNullable<Volume['fc']>, path: Path): Errors {
  const [at, lunPath] = [path.child('targetWWNs'), path.child('lun')];
  const errors: FieldError[] = [];
  const both = 'targetWWNs and wwids can not be specified simultaneously';
  if (targetWWNs.length + wwids.length === 0) {
    errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
  }
  if (targetWWNs.length > 0 && wwids.length > 0) errors.push(invalid(at, targetWWNs, both));
  if (targetWWNs.length === 0) return errors;
  if (lun === undefined) return [...errors, required(lunPath, 'lun is required if targetWWNs is specified')];
  return [...errors, ...inRange(lun, [0, 255], lunPath)];
}

function reservedOptionErrors(key: string, path: Path): Errors {
  const [namespace = ''] = key.split('/');
  const isReserved = /\.(kubernetes|k8s)\.io$/.test(`.${namespace.toLowerCase()}`);
  return isReserved ? [invalid(path, key, 'kubernetes.io and k8s.io namespaces are reserved')] : [];
}

const MANAGED_URI = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_URI = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

function azureDiskErrors({ diskName, diskURI = '', cachingMode, kind }: AzureDiskSource, path: Path): Errors {
  const [start, pattern] = kind === 'Managed' ? ['/subscriptions/', MANAGED_URI] : ['https://', BLOB_URI];
  const isForeign = kind !== undefined && !diskURI.startsWith(start);
  return [
    ...missing({ diskName, diskURI }, ['diskName', 'diskURI'], path),
    ...oneOf(cachingMode, ['None', 'ReadOnly', 'ReadWrite'], path.child('cachingMode')),
    ...oneOf(kind, ['Dedicated', 'Managed', 'Shared'], path.child('kind')),
    ...(isForeign ? [notSupported(path.child('diskURI'), diskURI, [pattern], quote)] : []),
  ];
}

function storageOsErrors(source: StorageOsSource, path: Path): Errors {
  const { volumeName = '', volumeNamespace = '' } = source;
  const at = path.child('volumeName');
  return [
    ...requiredThen(volumeName, at, dnsLabel),
    ...unlessEmpty(volumeNamespace, path.child('volumeNamespace'), dnsLabel),
    ...secretRefErrors(source, path),
  ];
}

function driverErrors(driver: string, path: Path): Errors {
  const long = byteLength(driver) > 63 ? [tooLong(path, 63)] : [];
  return [...long, ...invalidEach(path, driver, dnsSubdomainProblems(driver.toLowerCase()))];
}
