import { changeEach } from '../../change.ts';
import { sameValue } from '../../equal.ts';
import type { StringMap } from '../../labels.ts';
import { Path } from '../../path.ts';
import { APP_ARMOR_CONTAINER } from './annotations.ts';
import { appArmorErrors } from './security.ts';
import type { Container, PodSpec, SeccompProfile } from './types.ts';

/** The profile that an annotation of old stands for (pkg/api/pod, ApparmorFieldForAnnotation). */
export function appArmorProfileOf(annotation: string): SeccompProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const file = /^localhost\/(.+)$/s.exec(annotation)?.[1];
  return file === undefined ? undefined : { type: 'Localhost', localhostProfile: file };
}

/** New Pods get the fields that their annotations stand for (pkg/registry/core/pod/strategy.go, applyAppArmorVersionSkew). */
export function withAppArmorProfiles(spec: PodSpec, annotations: StringMap): PodSpec {
  if (spec.os?.name === 'windows') return spec;
  const ofPod = spec.securityContext?.appArmorProfile;
  const withProfile = <T extends Container>(container: T): T => {
    const annotation = annotations[APP_ARMOR_CONTAINER + (container.name ?? '')];
    const context = container.securityContext ?? {};
    if (annotation === undefined || context.appArmorProfile !== undefined) return container;
    const appArmorProfile = appArmorProfileOf(annotation);
    const isInvalid = appArmorErrors(appArmorProfile, Path.root).length > 0;
    if (appArmorProfile === undefined || isInvalid || sameValue(appArmorProfile, ofPod)) return container;
    return { ...container, securityContext: { ...context, appArmorProfile } };
  };
  return (['initContainers', 'containers'] as const).reduce((it, list) => changeEach(it, list, withProfile), spec);
}
