import { type Errors, forbidden, notSupported, required } from '../../field-error.ts';
import type { Path } from '../../path.ts';
import { containersOf } from './placed-containers.ts';
import type { PodSecurityContext, PodSpec, SecurityContext } from './types.ts';

/**
 * A Pod that says which system it is for may not set what that system does not know (pkg/apis/core/validation, validateOS,
 * validateLinux, validateWindows). `path` is that of the spec.
 */
export function operatingSystemErrors(spec: PodSpec, path: Path): Errors {
  if (spec.os === undefined) return [];
  const { name = '' } = spec.os;
  if (name === '') return [required(path.child('os', 'name'))];
  if (name === 'linux') return linuxErrors(spec, path);
  return name === 'windows' ? windowsErrors(spec, path) : [notSupported(path.child('os'), name, ['linux', 'windows'])];
}

function linuxErrors(spec: PodSpec, path: Path): Errors {
  const contexts = [
    { context: spec.securityContext, at: path },
    ...containersOf(spec, path).map((it) => ({ context: it.container.securityContext, at: it.path })),
  ];
  return contexts.flatMap(({ context, at }) => {
    const detail = 'windows options cannot be set for a linux pod';
    return context?.windowsOptions === undefined
      ? []
      : [forbidden(at.child('securityContext', 'windowsOptions'), detail)];
  });
}

const NOT_FOR_WINDOWS_PODS = [
  'appArmorProfile',
  'seLinuxOptions',
  ['hostUsers', 'hostPID', 'hostIPC'],
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  ['shareProcessNamespace'],
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const satisfies readonly (keyof PodSecurityContext | readonly (keyof PodSpec)[])[];

const NOT_FOR_WINDOWS_CONTAINERS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const satisfies readonly (keyof SecurityContext)[];

function windowsErrors(spec: PodSpec, path: Path): Errors {
  const refuse = (at: Path) => forbidden(at, 'cannot be set for a windows pod');
  const context = spec.securityContext ?? {};
  const ofPod = NOT_FOR_WINDOWS_PODS.flatMap((field) => {
    if (typeof field === 'string') {
      return context[field] === undefined ? [] : [refuse(path.child('securityContext', field))];
    }
    return field.filter((name) => spec[name] !== undefined).map((name) => refuse(path.child(name)));
  });
  const ofContainers = containersOf(spec, path).flatMap(({ container, path: at }) => {
    const own = container.securityContext ?? {};
    const set = NOT_FOR_WINDOWS_CONTAINERS.filter((field) => own[field] !== undefined);
    return set.map((field) => refuse(at.child('securityContext', field)));
  });
  return [...ofPod, ...ofContainers];
}

/** With users of its own, a Pod shares nothing else with its node (validateHostUsers). The server misspells two of the fields. */
export function hostUsersErrors(spec: PodSpec, path: Path): Errors {
  if (spec.hostUsers !== false) return [];
  const detail = 'when `hostUsers` is false';
  const shared = [
    ['hostNetwork', 'hostNetwork'],
    ['hostPID', 'HostPID'],
    ['hostIPC', 'HostIPC'],
  ] as const;
  return [
    ...shared
      .filter(([field]) => spec[field] === true)
      .map(([field, printed]) => forbidden(path.child(printed).markedAt([...path.at, field]), detail)),
    ...containersOf(spec, path)
      .filter(({ container }) => (container.volumeDevices ?? []).length > 0)
      .map(({ path: at }) => forbidden(at.child('volumeDevices'), detail)),
  ];
}
