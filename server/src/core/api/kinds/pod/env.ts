import { parseAmount } from '../../amount.ts';
import {
  dnsLabel,
  dnsSubdomain,
  each,
  optional,
  qualifiedName,
  requiredThen,
  unlessEmpty,
} from '../../field-checks.ts';
import { type Errors, invalid, invalidEach, notFound, notSupported, required } from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import { configMapKeyProblems, dnsSubdomainProblems, environmentNameProblems, maskTrailingDash } from '../../names.ts';
import type { Path } from '../../path.ts';
import { noBackstepErrors } from './file-paths.ts';
import { containersOf } from './placed-containers.ts';
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  FileKeySelector,
  ObjectFieldSelector,
  PodSpec,
  ResourceFieldSelector,
} from './types.ts';

/** Errors of environment variables (pkg/apis/core/validation, ValidateEnv). */
export function envErrors(variables: readonly EnvVar[] | undefined, path: Path): Errors {
  return each(variables, path, ({ name = '', value = '', valueFrom }, at) => [
    ...requiredThen(name, at.child('name'), environmentName),
    ...optional(valueFrom, (from) => sourceErrors(from, value, at.child('valueFrom'))),
  ]);
}

function environmentName(name: string, path: Path): Errors {
  return invalidEach(path, name, environmentNameProblems(name));
}

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

function sourceErrors(source: EnvVarSource, value: string, path: Path): Errors {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  return [
    ...optional(fieldRef, (it) => fieldSelectorErrors(it, ENV_FIELDS, path.child('fieldRef'))),
    ...optional(resourceFieldRef, (it) => resourceSelectorErrors(it, 'env', path.child('resourceFieldRef'))),
    ...optional(configMapKeyRef, (it) => keySelectorErrors(it, path.child('configMapKeyRef'))),
    ...optional(secretKeyRef, (it) => keySelectorErrors(it, path.child('secretKeyRef'))),
    ...optional(fileKeyRef, (it) => fileKeyErrors(it, path.child('fileKeyRef'))),
    ...sourceCountErrors(count, value, path),
  ];
}

function sourceCountErrors(count: number, value: string, path: Path): Errors {
  if (count === 0) {
    const sources = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    return [invalid(path, '', `must specify one of: ${sources}`)];
  }
  if (value !== '') return [invalid(path, '', 'may not be specified when `value` is not empty')];
  return count > 1 ? [invalid(path, '', 'may not have more than one field specified at a time')] : [];
}

const POD_FIELDS: ReadonlySet<string> = new Set([
  ...ENV_FIELDS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

/** Errors of a reference to a field of the Pod; `allowed` are those that make sense where it stands (validateObjectFieldSelector). */
export function fieldSelectorErrors(
  { apiVersion = '', fieldPath = '' }: ObjectFieldSelector,
  allowed: readonly string[],
  path: Path,
): Errors {
  if (apiVersion === '') return [required(path.child('apiVersion'))];
  const at = path.child('fieldPath');
  if (fieldPath === '') return [required(at)];
  const convert = (problem: string) => [invalid(at, fieldPath, `error converting fieldPath: ${problem}`)];
  if (apiVersion !== 'v1') return convert(`unsupported pod version: ${apiVersion}`);
  const { map, key } = subscriptOf(fieldPath);
  if (map === 'metadata.annotations') return qualifiedName(key.toLowerCase(), path);
  if (map === 'metadata.labels') return qualifiedName(key, path);
  if (map !== undefined) return convert(`field label does not support subscript: ${fieldPath}`);
  const name = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  if (!POD_FIELDS.has(name)) return convert(`field label not supported: ${fieldPath}`);
  return allowed.includes(name) ? [] : [notSupported(at, name, allowed, quote)];
}

/** The parts of `metadata.labels['a']`; no map for a path without a subscript (pkg/fieldpath, SplitMaybeSubscriptedPath). */
function subscriptOf(path: string): { readonly map?: string; readonly key: string } {
  const start = path.indexOf("['");
  if (start <= 0 || !path.endsWith("']") || path.length < start + 4) return { key: '' };
  return { map: path.slice(0, start), key: path.slice(start + 2, -2) };
}

const RESOURCE_FIELDS = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const HUGE_PAGES = /^(requests|limits)\.hugepages-/;
const CPU_DIVISORS = ['1m', '1'];
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** Errors of a reference to a container's resources; in a volume it must name the container (validateContainerResourceFieldSelector). */
export function resourceSelectorErrors(selector: ResourceFieldSelector, place: 'env' | 'volume', path: Path): Errors {
  const { containerName = '', resource = '', divisor = '0' } = selector;
  const nameErrors =
    place === 'volume' && containerName === ''
      ? [required(path.child('containerName'))]
      : requiredThen(resource, path.child('resource'), resourceErrors);
  return [...nameErrors, ...divisorErrors(resource, divisor, path.child('divisor'))];
}

function resourceErrors(resource: string, path: Path): Errors {
  return isResourceField(resource) ? [] : [notSupported(path, resource, RESOURCE_FIELDS, quote)];
}

function isResourceField(resource: string): boolean {
  return RESOURCE_FIELDS.includes(resource) || HUGE_PAGES.test(resource);
}

function divisorErrors(resource: string, divisor: string, path: Path): Errors {
  const amount = parseAmount(divisor);
  if (amount === undefined || amount.nano === 0n || !isResourceField(resource)) return [];
  const kind = HUGE_PAGES.test(resource) ? 'hugepages' : resource.replace(/^(limits|requests)\./, '');
  const [names, divisors, list] =
    kind === 'cpu'
      ? ['cpu', CPU_DIVISORS, '1m and 1']
      : [BYTE_RESOURCES.get(kind), BYTE_DIVISORS, BYTE_DIVISORS.join(', ')];
  if (names === undefined || divisors.includes(amount.text)) return [];
  return [invalid(path, resource, `only divisor's values ${list} are supported with the ${names} resource`)];
}

const BYTE_RESOURCES: ReadonlyMap<string, string> = new Map([
  ['memory', 'memory'],
  ['ephemeral-storage', 'local ephemeral storage'],
  ['hugepages', 'hugepages'],
]);

function keySelectorErrors(
  { name = '', key = '' }: { readonly name?: string; readonly key?: string },
  path: Path,
): Errors {
  return [
    ...dnsSubdomain(name, path.child('name')),
    ...requiredThen(key, path.child('key'), (text, at) => invalidEach(at, text, configMapKeyProblems(text))),
  ];
}

function fileKeyErrors({ key = '', volumeName = '', path: file = '' }: FileKeySelector, path: Path): Errors {
  return [
    ...requiredThen(key, path.child('key'), environmentName),
    ...requiredThen(volumeName, path.child('volumeName'), dnsLabel),
    ...requiredThen(file, path.child('path'), noBackstepErrors),
  ];
}

/** Errors of whole ConfigMaps and Secrets as environment (ValidateEnvFrom). */
export function envFromErrors(sources: readonly EnvFromSource[] | undefined, path: Path): Errors {
  return each(sources, path, ({ prefix = '', configMapRef, secretRef }, at) => {
    const count = [configMapRef, secretRef].filter(Boolean).length;
    // The server names the list, not the item.
    const list = path.markedAt(at.at);
    return [
      ...unlessEmpty(prefix, at.child('prefix'), environmentName),
      ...optional(configMapRef, (it) => sourceNameErrors(it.name ?? '', at.child('configMapRef', 'name'))),
      ...optional(secretRef, (it) => sourceNameErrors(it.name ?? '', at.child('secretRef', 'name'))),
      ...(count === 0 ? [invalid(list, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
      ...(count > 1 ? [invalid(list, '', 'may not have more than one field specified at a time')] : []),
    ];
  });
}

/** The name is checked like a prefix, which may end with a dash. */
function sourceNameErrors(name: string, path: Path): Errors {
  return requiredThen(name, path, () => invalidEach(path, name, dnsSubdomainProblems(maskTrailingDash(name))));
}

/** Files with variables must lie in an `emptyDir` of the Pod (validateFileKeyRefVolumes). */
export function fileKeyVolumeErrors(spec: PodSpec, path: Path): Errors {
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name ?? '', volume]));
  return containersOf(spec, path).flatMap(({ container, path: at }) =>
    each(container.env, at.child('env'), ({ valueFrom }, envPath) => {
      if (valueFrom?.fileKeyRef === undefined) return [];
      const name = valueFrom.fileKeyRef.volumeName ?? '';
      const namePath = envPath.child('valueFrom', 'fileKeyRef', 'volumeName');
      const volume = volumes.get(name);
      if (volume === undefined) return [notFound(namePath, name)];
      return volume.emptyDir === undefined
        ? [invalid(namePath, name, 'referenced volume must be of type emptyDir')]
        : [];
    }),
  );
}
