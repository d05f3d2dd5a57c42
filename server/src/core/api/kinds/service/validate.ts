import { dnsSubdomain, each, oneOf, optional, portNumber, requiredOneOf, requiredThen } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, invalidText, notSupported, required } from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import { type AddressRules, addressErrors, addressRules, specialAddressErrors } from '../../ip-checks.ts';
import { labelErrors } from '../../labels.ts';
import { dns1035LabelProblems, dnsLabelProblems } from '../../names.ts';
import { objectMetaErrors } from '../../object-meta.ts';
import { ANNOTATIONS, type Path, SPEC } from '../../path.ts';
import { behaves, type KubernetesVersion } from '../../version.ts';
import { clusterIPPath, clusterIPsErrors, clusterIPsPath } from './cluster-ips.ts';
import {
  isExternallyAccessible,
  isExternalName,
  isHeadless,
  isLoadBalancer,
  isProxied,
  NONE,
  needsHealthCheck,
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

/** The annotations for routing by zone: first the older one. */
export const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
export const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

/** Errors of a new Service after allocation (pkg/apis/core/validation, ValidateServiceCreate). */
export function serviceErrors(service: Service, version: KubernetesVersion): Errors {
  const name = behaves(version, 'relaxedServiceNames') ? dnsLabelProblems : dns1035LabelProblems;
  return [
    ...objectMetaErrors(service.metadata, { namespaced: true, name }),
    ...contentErrors(service, undefined, version),
  ];
}

/** The checks that creation and update share (validateService). Addresses of the stored Service may stay as they are. */
export function contentErrors(service: Service, stored: Service | undefined, version: KubernetesVersion): Errors {
  const { spec = {} } = service;
  const before = stored?.spec;
  return [
    ...topologyErrors(service),
    ...missingPortsErrors(spec),
    ...typeShapeErrors(spec),
    ...portErrors(spec),
    ...labelErrors(spec.selector, SPEC.child('selector')),
    ...affinityErrors(spec),
    ...clusterIPsErrors(spec, addressRules(version, before?.clusterIPs)),
    ...externalIPErrors(spec, addressRules(version, before?.externalIPs)),
    ...requiredOneOf(spec.type, TYPES, SPEC.child('type')),
    ...portCollisionErrors(spec),
    ...sourceRangeErrors(service, stored, version),
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
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const refuse = (path: Path) => forbidden(path, 'may not be set for ExternalName services');
  return [
    ...(clusterIPs.length > 0 ? [refuse(clusterIPsPath(spec))] : []),
    ...(ipFamilies.length > 0 ? [refuse(SPEC.child('ipFamilies'))] : []),
    ...(ipFamilyPolicy === undefined ? [] : [refuse(SPEC.child('ipFamilyPolicy'))]),
  ];
}

/** A dot may end the name. */
function externalNameErrors(externalName: string): Errors {
  return requiredThen(externalName.replace(/\.$/, ''), SPEC.child('externalName'), dnsSubdomain);
}

function affinityErrors({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): Errors {
  const errors = requiredOneOf(sessionAffinity, AFFINITIES, SPEC.child('sessionAffinity'));
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity !== 'ClientIP' || seconds === undefined) return errors;
  if (0 < seconds && seconds <= MAXIMUM_AFFINITY_SECONDS) return errors;
  const at = SPEC.child('sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  return [invalid(at, seconds, `must be greater than 0 and less than ${MAXIMUM_AFFINITY_SECONDS}`)];
}

function externalIPErrors({ externalIPs }: ServiceSpec, rules: AddressRules): Errors {
  return each(externalIPs, SPEC.child('externalIPs'), (text, path) => {
    const errors = addressErrors(path, text, rules);
    return errors.length > 0 ? errors : specialAddressErrors(path, text);
  });
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
  if (isExternallyAccessible(spec)) return requiredOneOf(policy, TRAFFIC_POLICIES, path);
  return policy === '' ? [] : [invalidText(path, policy, 'may only be set for externally-accessible services')];
}

function healthCheckErrors(spec: ServiceSpec): Errors {
  const { healthCheckNodePort: port = 0 } = spec;
  const path = SPEC.child('healthCheckNodePort');
  if (!needsHealthCheck(spec)) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    return port === 0 ? [] : [invalid(path, port, detail)];
  }
  return port === 0 ? [required(path)] : optional(numberOfPort(port), (number) => portNumber(number, path));
}

function internalTrafficErrors(spec: ServiceSpec): Errors {
  const { internalTrafficPolicy: policy } = spec;
  const path = SPEC.child('internalTrafficPolicy');
  return policy === undefined && isProxied(spec) ? [required(path)] : oneOf(policy, TRAFFIC_POLICIES, path);
}

function distributionErrors({ trafficDistribution: value }: ServiceSpec, version: KubernetesVersion): Errors {
  const supported = behaves(version, 'preferSameDistribution') ? DISTRIBUTIONS : DISTRIBUTIONS.slice(0, 1);
  if (value === undefined || supported.includes(value)) return [];
  return [notSupported(SPEC.child('trafficDistribution'), value, supported, quote)];
}
