import { parseAmount } from '../../amount.ts';
import { dnsLabel, each, optional } from '../../field-checks.ts';
import {
  type Errors,
  type FieldError,
  invalid,
  invalidEach,
  notFound,
  notSupported,
  required,
} from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import {
  configMapKeyProblems,
  dnsSubdomainProblems,
  environmentNameProblems,
  qualifiedNameProblems,
} from '../../names.ts';
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
  return each(variables, path, (variable, at) => {
    const { name = '', valueFrom } = variable;
    const named = name === '' ? [required(at.child('name'))] : environmentName(name, at.child('name'));
    const source = optional(valueFrom, (from) => sourceErrors(from, variable.value ?? '', at.child('valueFrom')));
    return [...named, ...source];
  });
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
  const [, map, key = ''] = /^(.+?)\['(.*)'\]$/s.exec(fieldPath) ?? [];
  if (map !== undefined) {
    if (map === 'metadata.annotations')
      return invalidEach(path, key.toLowerCase(), qualifiedNameProblems(key.toLowerCase()));
    if (map === 'metadata.labels') return invalidEach(path, key, qualifiedNameProblems(key));
    return convert(`field label does not support subscript: ${fieldPath}`);
  }
  const name = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  if (!POD_FIELDS.has(name)) return convert(`field label not supported: ${fieldPath}`);
  return allowed.includes(name) ? [] : [notSupported(at, name, allowed, quote)];
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

/** Errors of a reference to a container's resources; in a volume it must name the container. */
export function resourceSelectorErrors(selector: ResourceFieldSelector, place: 'env' | 'volume', path: Path): Errors {
  const { containerName = '', resource = '', divisor } = selector;
  const errors: FieldError[] = [];
  if (place === 'volume' && containerName === '') errors.push(required(path.child('containerName')));
  else if (resource === '') errors.push(required(path.child('resource')));
  else if (!RESOURCE_FIELDS.includes(resource) && !HUGE_PAGES.test(resource)) {
    errors.push(notSupported(path.child('resource'), resource, RESOURCE_FIELDS, quote));
  }
  return [...errors, ...divisorErrors(resource, divisor ?? '0', path.child('divisor'))];
}

function divisorErrors(resource: string, divisor: string, path: Path): Errors {
  const amount = parseAmount(divisor);
  const isKnown = RESOURCE_FIELDS.includes(resource) || HUGE_PAGES.test(resource);
  if (amount === undefined || amount.nano === 0n || !isKnown) return [];
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
  const keyPath = path.child('key');
  return [
    ...invalidEach(path.child('name'), name, dnsSubdomainProblems(name)),
    ...(key === '' ? [required(keyPath)] : invalidEach(keyPath, key, configMapKeyProblems(key))),
  ];
}

function fileKeyErrors({ key = '', volumeName = '', path: file = '' }: FileKeySelector, path: Path): Errors {
  return [
    ...(key === '' ? [required(path.child('key'))] : environmentName(key, path.child('key'))),
    ...(volumeName === '' ? [required(path.child('volumeName'))] : dnsLabel(volumeName, path.child('volumeName'))),
    ...(file === '' ? [required(path.child('path'))] : noBackstepErrors(file, path.child('path'))),
  ];
}

/** Errors of whole ConfigMaps and Secrets as environment (ValidateEnvFrom). */
export function envFromErrors(sources: readonly EnvFromSource[] | undefined, path: Path): Errors {
  return each(sources, path, ({ prefix = '', configMapRef, secretRef }, at) => {
    const count = [configMapRef, secretRef].filter(Boolean).length;
    // The server names the list, not the item.
    const list = path.markedAt(at.at);
    return [
      ...(prefix === '' ? [] : environmentName(prefix, at.child('prefix'))),
      ...optional(configMapRef, (it) => sourceNameErrors(it.name ?? '', at.child('configMapRef').child('name'))),
      ...optional(secretRef, (it) => sourceNameErrors(it.name ?? '', at.child('secretRef').child('name'))),
      ...(count === 0 ? [invalid(list, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
      ...(count > 1 ? [invalid(list, '', 'may not have more than one field specified at a time')] : []),
    ];
  });
}

/** The name is checked like a prefix, which may end with a dash. */
function sourceNameErrors(name: string, path: Path): Errors {
  if (name === '') return [required(path)];
  const masked = name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
  return invalidEach(path, name, dnsSubdomainProblems(masked));
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
