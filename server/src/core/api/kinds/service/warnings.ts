import { type AddressRules, addressWarnings, cidrWarnings } from '../../ip-checks.ts';
import type { Path } from '../../path.ts';
import { behaves, type KubernetesVersion } from '../../version.ts';
import type { ApiWarning, Warnings } from '../../warning.ts';
import { clusterIPPath, SPEC } from './cluster-ips.ts';
import { isExternalName, NONE, specOf } from './facts.ts';
import type { Service, ServiceSpec } from './types.ts';
import { ANNOTATIONS, TOPOLOGY_HINTS, TOPOLOGY_MODE } from './validate.ts';

/** Warnings of a Service that passed validation, in the server's order (pkg/api/service/warnings.go, GetWarningsForService). */
export function serviceWarnings(service: Service, version: KubernetesVersion): Warnings {
  const spec = specOf(service);
  const rules = { strict: behaves(version, 'strictAddresses') };
  return [
    ...hintWarnings(service),
    ...clusterIPWarnings(spec, rules),
    ...headlessWarnings(spec),
    ...externalIPWarnings(spec, rules),
    ...(behaves(version, 'externalIPsDeprecated') ? externalIPDeprecation(spec) : []),
    ...loadBalancerWarnings(spec, rules),
    ...nameWarnings(spec),
    ...(behaves(version, 'preferCloseDeprecated') ? distributionWarnings(spec) : []),
  ];
}

function hintWarnings({ metadata: { annotations = {} } }: Service): Warnings {
  const message = `annotation ${TOPOLOGY_HINTS} is deprecated, please use ${TOPOLOGY_MODE} instead`;
  return annotations[TOPOLOGY_HINTS] === undefined ? [] : [warning(ANNOTATIONS.key(TOPOLOGY_HINTS), message)];
}

function clusterIPWarnings(spec: ServiceSpec, rules: AddressRules): Warnings {
  const { clusterIP = '', clusterIPs = [] } = spec;
  if (clusterIP === '' || clusterIP === NONE) return [];
  return clusterIPs.flatMap((text, index) => {
    const path = clusterIPPath(spec, index);
    return addressWarnings(path, text, rules).map((message) => warning(path, message));
  });
}

/** Headless to warnings: unlike to validation, the type counts and the list does not. */
function isPlainHeadless({ type, clusterIP }: ServiceSpec): boolean {
  return type === 'ClusterIP' && clusterIP === NONE;
}

function headlessWarnings(spec: ServiceSpec): Warnings {
  if (!isPlainHeadless(spec)) return [];
  const ignored = (name: string, shown: string) =>
    warning(SPEC.child(name), `spec.${shown} is ignored for headless services`);
  return [
    ...((spec.loadBalancerIP ?? '') === '' ? [] : [ignored('loadBalancerIP', 'loadBalancerIP')]),
    ...((spec.externalIPs ?? []).length === 0 ? [] : [ignored('externalIPs', 'externalIPs')]),
    ...(spec.sessionAffinity === 'None' ? [] : [ignored('sessionAffinity', 'SessionAffinity')]),
  ];
}

function externalIPWarnings({ externalIPs = [] }: ServiceSpec, rules: AddressRules): Warnings {
  return externalIPs.flatMap((text, index) => {
    const path = SPEC.child('externalIPs').index(index);
    return addressWarnings(path, text, rules).map((message) => warning(path, message));
  });
}

function externalIPDeprecation(spec: ServiceSpec): Warnings {
  if ((spec.externalIPs ?? []).length === 0 || isPlainHeadless(spec) || isExternalName(spec)) return [];
  const message = 'spec.externalIPs is deprecated and may no longer be implemented in some clusters';
  return [warning(SPEC.child('externalIPs'), message)];
}

function loadBalancerWarnings(spec: ServiceSpec, rules: AddressRules): Warnings {
  const { loadBalancerIP = '', loadBalancerSourceRanges = [] } = spec;
  const ip = SPEC.child('loadBalancerIP');
  const ranges = SPEC.child('loadBalancerSourceRanges');
  return [
    ...addressWarnings(ip, loadBalancerIP, rules).map((message) => warning(ip, message)),
    ...loadBalancerSourceRanges.flatMap((text, index) =>
      cidrWarnings(ranges.index(index), text, rules).map((message) => warning(ranges.index(index), message)),
    ),
  ];
}

function nameWarnings(spec: ServiceSpec): Warnings {
  if (isExternalName(spec)) {
    const message = 'spec.externalIPs is ignored when spec.type is "ExternalName"';
    return (spec.externalIPs ?? []).length === 0 ? [] : [warning(SPEC.child('externalIPs'), message)];
  }
  const message = 'spec.externalName is ignored when spec.type is not "ExternalName"';
  return (spec.externalName ?? '') === '' ? [] : [warning(SPEC.child('externalName'), message)];
}

function distributionWarnings({ trafficDistribution }: ServiceSpec): Warnings {
  if (trafficDistribution !== 'PreferClose') return [];
  const message = 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"';
  return [warning(SPEC.child('trafficDistribution'), message)];
}

function warning(path: Path, message: string): ApiWarning {
  return { message, at: path.at };
}
