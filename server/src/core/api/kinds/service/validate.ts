import { type Errors, forbidden, invalid, invalidEach, notSupported, required } from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import { type AddressRules, addressErrors, specialAddressErrors } from '../../ip-checks.ts';
import { labelErrors } from '../../labels.ts';
import { dns1035LabelProblems, dnsSubdomainProblems } from '../../names.ts';
import { objectMetaErrors } from '../../object-meta.ts';
import { Path } from '../../path.ts';
import { behaves, type KubernetesVersion } from '../../version.ts';
import { asJson, clusterIPPath, clusterIPsErrors, SPEC } from './cluster-ips.ts';
import {
  isExternallyAccessible,
  isExternalName,
  isHeadless,
  isLoadBalancer,
  isProxied,
  NONE,
  needsHealthCheck,
  specOf,
  usesNodePorts,
} from './facts.ts';
import { loadBalancerClassErrors, ONLY_LOAD_BALANCER, sourceRangeErrors } from './load-balancer.ts';
import { numberOfPort } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';
import { portCollisionErrors, portErrors } from './validate-ports.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
const TRAFFIC_POLICIES = ['Cluster', 'Local'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const MAXIMUM_AFFINITY_SECONDS = 24 * 60 * 60;

export const ANNOTATIONS = Path.root.child('metadata', 'annotations');
export const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
export const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

/** Errors of a new Service after allocation (pkg/apis/core/validation, ValidateServiceCreate). */
export function serviceErrors(service: Service, version: KubernetesVersion): Errors {
  const name = behaves(version, 'relaxedServiceNames') ? LABEL_NAME : dns1035LabelProblems;
  return [
    ...objectMetaErrors(service.metadata, { namespaced: true, name }),
    ...contentErrors(service, undefined, version),
  ];
}

/** The checks that creation and update share (validateService). Addresses of the stored Service may stay as they are. */
export function contentErrors(service: Service, stored: Service | undefined, version: KubernetesVersion): Errors {
  const spec = specOf(service);
  const before = stored === undefined ? undefined : specOf(stored);
  const strict = behaves(version, 'strictAddresses');
  return [
    ...topologyErrors(service),
    ...missingPortsErrors(spec),
    ...typeShapeErrors(spec),
    ...portErrors(spec),
    ...labelErrors(spec.selector, SPEC.child('selector')),
    ...affinityErrors(spec),
    ...clusterIPsErrors(spec, { strict, kept: before?.clusterIPs ?? [] }),
    ...externalIPErrors(spec, { strict, kept: before?.externalIPs ?? [] }),
    ...typeErrors(spec),
    ...portCollisionErrors(spec),
    ...sourceRangeErrors(service, stored, { strict }),
    ...nodePortSwitchErrors(spec),
    ...loadBalancerClassErrors(spec),
    ...externalTrafficErrors(spec),
    ...healthCheckErrors(spec),
    ...internalTrafficErrors(spec),
    ...distributionErrors(spec, version),
  ];
}

function topologyErrors({ metadata: { annotations = {} } }: Service): Errors {
  const hints = annotations[TOPOLOGY_HINTS];
  const mode = annotations[TOPOLOGY_MODE];
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const detail = `must match annotations[${TOPOLOGY_HINTS}] when both are specified`;
  return [invalid(ANNOTATIONS.key(TOPOLOGY_MODE), mode, detail)];
}

function missingPortsErrors(spec: ServiceSpec): Errors {
  const isNeeded = !isHeadless(spec) && !isExternalName(spec);
  return isNeeded && (spec.ports ?? []).length === 0 ? [required(SPEC.child('ports'))] : [];
}

function typeShapeErrors(spec: ServiceSpec): Errors {
  if (isExternalName(spec)) return [...clusterFieldErrors(spec), ...externalNameErrors(spec.externalName ?? '')];
  if (!usesNodePorts(spec) || !isHeadless(spec)) return [];
  return [invalid(clusterIPPath(spec, 0), NONE, `may not be set to 'None' for ${spec.type} services`)];
}

function clusterFieldErrors(spec: ServiceSpec): Errors {
  const { clusterIP, clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const refuse = (path: Path) => forbidden(path, 'may not be set for ExternalName services');
  const addresses = SPEC.child('clusterIPs');
  const isCopied = clusterIPs.length === 1 && clusterIPs[0] === clusterIP;
  return [
    ...(clusterIPs.length > 0 ? [refuse(isCopied ? addresses.markedAt(['spec', 'clusterIP']) : addresses)] : []),
    ...(ipFamilies.length > 0 ? [refuse(SPEC.child('ipFamilies'))] : []),
    ...(ipFamilyPolicy === undefined ? [] : [refuse(SPEC.child('ipFamilyPolicy'))]),
  ];
}

function externalNameErrors(externalName: string): Errors {
  const path = SPEC.child('externalName');
  const name = externalName.replace(/\.$/, '');
  return name === '' ? [required(path)] : invalidEach(path, name, dnsSubdomainProblems(name));
}

function affinityErrors({ sessionAffinity = '', sessionAffinityConfig }: ServiceSpec): Errors {
  const path = SPEC.child('sessionAffinity');
  if (sessionAffinity === '') return [required(path)];
  if (!AFFINITIES.includes(sessionAffinity)) return [notSupported(path, sessionAffinity, AFFINITIES)];
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity !== 'ClientIP' || seconds === undefined) return [];
  if (0 < seconds && seconds <= MAXIMUM_AFFINITY_SECONDS) return [];
  const at = SPEC.child('sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  return [invalid(at, seconds, `must be greater than 0 and less than ${MAXIMUM_AFFINITY_SECONDS}`)];
}

function externalIPErrors({ externalIPs = [] }: ServiceSpec, rules: AddressRules): Errors {
  return externalIPs.flatMap((text, index) => {
    const path = SPEC.child('externalIPs').index(index);
    const errors = addressErrors(path, text, rules);
    return errors.length > 0 ? errors : specialAddressErrors(path, text);
  });
}

function typeErrors({ type = '' }: ServiceSpec): Errors {
  const path = SPEC.child('type');
  if (type === '') return [required(path)];
  return TYPES.includes(type) ? [] : [notSupported(path, type, TYPES)];
}

function nodePortSwitchErrors(spec: ServiceSpec): Errors {
  const path = SPEC.child('allocateLoadBalancerNodePorts');
  const isGiven = spec.allocateLoadBalancerNodePorts !== undefined;
  if (isLoadBalancer(spec)) return isGiven ? [] : [required(path.printedAs('allocateLoadBalancerNodePorts'))];
  return isGiven ? [forbidden(path, ONLY_LOAD_BALANCER)] : [];
}

function externalTrafficErrors(spec: ServiceSpec): Errors {
  const { externalTrafficPolicy: policy = '' } = spec;
  const path = SPEC.child('externalTrafficPolicy');
  if (!isExternallyAccessible(spec)) {
    return policy === '' ? [] : [invalid(path, asJson(policy), 'may only be set for externally-accessible services')];
  }
  if (policy === '') return [required(path)];
  return TRAFFIC_POLICIES.includes(policy) ? [] : [notSupported(path, policy, TRAFFIC_POLICIES)];
}

function healthCheckErrors(spec: ServiceSpec): Errors {
  const { healthCheckNodePort: port = 0 } = spec;
  const path = SPEC.child('healthCheckNodePort');
  if (!needsHealthCheck(spec)) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    return port === 0 ? [] : [invalid(path, port, detail)];
  }
  if (port === 0) return [required(path)];
  const number = numberOfPort(port);
  return number === undefined ? [] : invalidEach(path, number, portNumberProblems(number));
}

function internalTrafficErrors(spec: ServiceSpec): Errors {
  const { internalTrafficPolicy: policy } = spec;
  const path = SPEC.child('internalTrafficPolicy');
  if (policy === undefined) return isProxied(spec) ? [required(path)] : [];
  return TRAFFIC_POLICIES.includes(policy) ? [] : [notSupported(path, policy, TRAFFIC_POLICIES)];
}

function distributionErrors({ trafficDistribution: value }: ServiceSpec, version: KubernetesVersion): Errors {
  const supported = behaves(version, 'preferSameDistribution') ? DISTRIBUTIONS : DISTRIBUTIONS.slice(0, 1);
  if (value === undefined || supported.includes(value)) return [];
  return [notSupported(SPEC.child('trafficDistribution'), value, supported, quote)];
}
