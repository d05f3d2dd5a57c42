import { change, changeEach, without } from '../../change.ts';
import { behaves, type KubernetesVersion } from '../../version.ts';
import { canonicalAmounts, defaultContainer, defaultResources } from './default-container.ts';
import { defaultVolume } from './default-volume.ts';
import type { PodSpec } from './types.ts';

/**
 * What the server fills into a Pod's spec, in a Pod or a template, and the fields that it drops because their feature is switched
 * off (pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec; conversion.go; pkg/api/pod/util.go, dropDisabledFields).
 */
export function defaultPodSpec(spec: PodSpec, version: KubernetesVersion): PodSpec {
  const filled: PodSpec = {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
    ...spec,
    ...accountOf(spec),
  };
  return [
    (it: PodSpec) => changeEach(it, 'volumes', defaultVolume),
    (it: PodSpec) => changeEach(it, 'initContainers', defaultContainer),
    (it: PodSpec) => changeEach(it, 'containers', defaultContainer),
    (it: PodSpec) => changeEach(it, 'ephemeralContainers', defaultContainer),
    (it: PodSpec) => change(it, 'overhead', canonicalAmounts),
    (it: PodSpec) => change(it, 'resources', defaultResources),
  ].reduce((it, step) => step(it), withoutDisabled(filled, version));
}

/** The account has an older name, and both are stored. */
function accountOf({ serviceAccountName, serviceAccount }: PodSpec): PodSpec {
  const name = serviceAccountName ?? serviceAccount;
  return name === undefined ? {} : { serviceAccountName: name, serviceAccount: name };
}

function withoutDisabled(spec: PodSpec & { readonly schedulingGroup?: unknown }, version: KubernetesVersion): PodSpec {
  const enabled = without(spec, 'schedulingGroup');
  return behaves(version, 'hostnameOverride') ? enabled : without(enabled, 'hostnameOverride');
}
