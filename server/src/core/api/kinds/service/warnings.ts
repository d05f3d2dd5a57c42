import { each } from '../../field-checks.ts';
import { type AddressRules, addressRules, addressWarnings, cidrWarnings } from '../../ip-checks.ts';
import { ANNOTATIONS, SPEC } from '../../path.ts';
import { behaves, type KubernetesVersion } from '../../version.ts';
import { eachWarning, type Warnings, warning } from '../../warning.ts';
import { clusterIPPath } from './cluster-ips.ts';
import { isExternalName, NONE } from './facts.ts';
import type { Service, ServiceSpec } from './types.ts';
import { TOPOLOGY_HINTS, TOPOLOGY_MODE } from './validate.ts';

/** Warnings of a Service that passed validation, in the server's order (pkg/api/service/warnings.go, GetWarningsForService). */
export function serviceWarnings(service: Service, version: KubernetesVersion): Warnings {
  const { spec = {} } = service;
  const rules = addressRules(version);
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

const EXTERNAL_IPS = SPEC.child('externalIPs');

function hintWarnings({ metadata: { annotations = {} } }: Service): Warnings {
  const message = `annotation ${TOPOLOGY_HINTS} is deprecated, please use ${TOPOLOGY_MODE} instead`;
  return annotations[TOPOLOGY_HINTS] === undefined ? [] : [warning(ANNOTATIONS.key(TOPOLOGY_HINTS), message)];
}

function clusterIPWarnings(spec: ServiceSpec, rules: AddressRules): Warnings {
  const { clusterIP = '', clusterIPs = [] } = spec;
  if (clusterIP === '' || clusterIP === NONE) return [];
  return clusterIPs.flatMap((text, index) => {
    const path = clusterIPPath(spec, index);
    return eachWarning(path, addressWarnings(path, text, rules));
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

function externalIPWarnings({ externalIPs }: ServiceSpec, rules: AddressRules): Warnings {
  return each(externalIPs, EXTERNAL_IPS, (text, path) => eachWarning(path, addressWarnings(path, text, rules)));
}

function externalIPDeprecation(spec: ServiceSpec): Warnings {
  if ((spec.externalIPs ?? []).length === 0 || isPlainHeadless(spec) || isExternalName(spec)) return [];
  const message = 'spec.externalIPs is deprecated and may no longer be implemented in some clusters';
  return [warning(EXTERNAL_IPS, message)];
}

function loadBalancerWarnings(spec: ServiceSpec, rules: AddressRules): Warnings {
  const { loadBalancerIP = '', loadBalancerSourceRanges } = spec;
  const ip = SPEC.child('loadBalancerIP');
  return [
    ...eachWarning(ip, addressWarnings(ip, loadBalancerIP, rules)),
    ...each(loadBalancerSourceRanges, SPEC.child('loadBalancerSourceRanges'), (text, path) =>
      eachWarning(path, cidrWarnings(path, text, rules)),
    ),
  ];
}

function nameWarnings(spec: ServiceSpec): Warnings {
  if (isExternalName(spec)) {
    const message = 'spec.externalIPs is ignored when spec.type is "ExternalName"';
    return (spec.externalIPs ?? []).length === 0 ? [] : [warning(EXTERNAL_IPS, message)];
  }
  const message = 'spec.externalName is ignored when spec.type is not "ExternalName"';
  return (spec.externalName ?? '') === '' ? [] : [warning(SPEC.child('externalName'), message)];
}

function distributionWarnings({ trafficDistribution }: ServiceSpec): Warnings {
  if (trafficDistribution !== 'PreferClose') return [];
  const message = 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"';
  return [warning(SPEC.child('trafficDistribution'), message)];
}
