import { entriesOf, MAXIMUM_INT32, optional } from '../../field-checks.ts';
import { type Errors, forbidden, invalid } from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import type { StringMap } from '../../labels.ts';
import type { Path } from '../../path.ts';
import { descendingPathErrors } from './file-paths.ts';
import { containersOf } from './placed-containers.ts';
import type { PodSpec, SeccompProfile } from './types.ts';

/** Annotations from before there were fields for it; those of containers end with the container's name. */
export const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
export const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
export const APP_ARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/';
/** The annotation of a Pod that the kubelet runs by itself, as the server shows it. */
export const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/** Errors of annotations that mean something in a Pod (pkg/apis/core/validation, ValidatePodSpecificAnnotations). */
export function podAnnotationErrors(annotations: StringMap, spec: PodSpec, path: Path): Errors {
  const entries = entriesOf(annotations);
  const named = (prefix: string) => entries.filter(([key]) => key.startsWith(prefix));
  const containers = new Set(containersOf(spec, path).map(({ container: { name = '' } }) => name));
  return [
    ...optional(annotations[MIRROR], (value) => mirrorErrors(value, spec, path.key(MIRROR))),
    ...optional(annotations[DELETION_COST], (value) => costErrors(value, path.key(DELETION_COST))),
    ...optional(annotations[SECCOMP_POD], (value) => seccompErrors(value, path.child(SECCOMP_POD))),
    ...named(SECCOMP_CONTAINER).flatMap(([key, value]) => seccompErrors(value, path.child(key))),
    ...named(APP_ARMOR_CONTAINER).flatMap(([key, value]) => appArmorErrors(key, value, containers, path.key(key))),
  ];
}

function mirrorErrors(value: string, { nodeName = '' }: PodSpec, path: Path): Errors {
  if (nodeName !== '') return [];
  return [invalid(path, value, 'must set spec.nodeName if mirror pod annotation is set')];
}

function costErrors(value: string, path: Path): Errors {
  const isNumber = /^(-\d+|0|[1-9]\d*)$/.test(value);
  const fits = -MAXIMUM_INT32 - 1 <= Number(value) && Number(value) <= MAXIMUM_INT32;
  return isNumber && fits ? [] : [invalid(path, value, 'must be a 32bit integer')];
}

function seccompErrors(profile: string, path: Path): Errors {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  if (profile.startsWith('localhost/')) return descendingPathErrors(profile.slice('localhost/'.length), path);
  return [invalid(path, profile, 'must be a valid seccomp profile')];
}

function appArmorErrors(key: string, profile: string, containers: ReadonlySet<string>, path: Path): Errors {
  const container = key.slice(APP_ARMOR_CONTAINER.length);
  const isKnown = containers.has(container);
  const isProfile = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/');
  return [
    ...(isKnown ? [] : [invalid(path, container, 'container not found')]),
    ...(isProfile ? [] : [invalid(path, profile, `invalid AppArmor profile name: ${quote(profile)}`)]),
  ];
}

/** Annotations that stand beside the fields that replaced them must say the same. `path` is that of the spec. */
export function profileConflicts(annotations: StringMap, spec: PodSpec, path: Path): Errors {
  const ofPod = spec.securityContext ?? {};
  const containers = containersOf(spec, path).map((it) => ({
    name: it.container.name ?? '',
    context: it.container.securityContext ?? {},
    path: it.path.child('securityContext'),
  }));
  const seccomp = (profile: SeccompProfile | undefined, key: string, at: Path) =>
    conflictErrors(profile, annotations[key], 'seccomp', at.child('seccompProfile'));
  return [
    ...seccomp(ofPod.seccompProfile, SECCOMP_POD, path.child('securityContext')),
    ...containers.flatMap((it) => seccomp(it.context.seccompProfile, SECCOMP_CONTAINER + it.name, it.path)),
    ...(spec.os?.name === 'windows' ? [] : containers).flatMap((it) => {
      const profile = it.context.appArmorProfile ?? ofPod.appArmorProfile;
      return conflictErrors(
        profile,
        annotations[APP_ARMOR_CONTAINER + it.name],
        'apparmor',
        it.path.child('appArmorProfile'),
      );
    }),
  ];
}

const ANNOTATED: ReadonlyMap<string, readonly string[]> = new Map([
  ['Unconfined', ['unconfined']],
  ['RuntimeDefault', ['runtime/default', 'docker/default']],
]);

function conflictErrors(
  profile: SeccompProfile | undefined,
  annotation: string | undefined,
  kind: 'seccomp' | 'apparmor',
  path: Path,
): Errors {
  if (profile === undefined || annotation === undefined) return [];
  const differs = (field: 'type' | 'localhostProfile', what: string) => [
    forbidden(path.child(field), `${kind} ${what} in annotation and field must match`),
  ];
  if (profile.type === 'Localhost') {
    if (!annotation.startsWith('localhost/')) return differs('type', 'type');
    const file = annotation.slice('localhost/'.length);
    return file === profile.localhostProfile ? [] : differs('localhostProfile', 'profile');
  }
  const same = ANNOTATED.get(profile.type ?? '');
  const isSame =
    same === undefined || (same.includes(annotation) && !(kind === 'apparmor' && annotation === 'docker/default'));
  return isSame ? [] : differs('type', 'type');
}
