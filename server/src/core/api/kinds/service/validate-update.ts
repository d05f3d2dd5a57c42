import { type Errors, forbidden, invalid, invalidText } from '../../field-error.ts';
import { objectMetaUpdateErrors } from '../../object-meta.ts';
import { SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { clusterIPPath, invalidAddresses } from './cluster-ips.ts';
import { isExternalName, isHeadless, isLoadBalancer, needsHealthCheck } from './facts.ts';
import { LOAD_BALANCER_CLASS, loadBalancerClassErrors } from './load-balancer.ts';
import type { Service, ServiceSpec } from './types.ts';
import { contentErrors } from './validate.ts';

/** Errors of a changed Service after allocation (pkg/apis/core/validation, ValidateServiceUpdate). */
export function serviceUpdateErrors(service: Service, stored: Service, version: KubernetesVersion): Errors {
  const { spec = {} } = service;
  const { spec: before = {} } = stored;
  return [
    ...objectMetaUpdateErrors(service.metadata, stored.metadata),
    ...clusterIPChangeErrors(spec, before),
    ...familyChangeErrors(spec, before),
    ...loadBalancerClassChangeErrors(spec, before),
    ...loadBalancerClassErrors(spec),
    ...healthCheckChangeErrors(spec, before),
    ...contentErrors(service, stored, version),
  ];
}

const UNCHANGEABLE = 'may not change once set';

/**
 * The first cluster address stays for good, a second may come and go (validateUpgradeDowngradeClusterIPs). Only the way over
 * ExternalName, and headless Services, are free.
 */
function clusterIPChangeErrors(spec: ServiceSpec, before: ServiceSpec): Errors {
  if (isExternalName(spec) || isExternalName(before) || (isHeadless(spec) && isHeadless(before))) return [];
  const { clusterIPs = [] } = spec;
  const { clusterIPs: old = [] } = before;
  const changed = (index: number) => invalidAddresses(clusterIPPath(spec, index), spec.clusterIPs, UNCHANGEABLE);
  if (old.length === clusterIPs.length) {
    return old.flatMap((text, index) => (text === clusterIPs[index] ? [] : [changed(index)]));
  }
  if (old.length > clusterIPs.length && clusterIPs.length === 0) {
    return [invalidAddresses(clusterIPPath(spec, 0), spec.clusterIPs, 'primary clusterIP can not be unset')];
  }
  return [
    ...(old.length > 0 && clusterIPs[0] !== old[0] ? [changed(0)] : []),
    ...(old.length > clusterIPs.length ? releaseErrors(spec, clusterIPs, 'secondary clusterIP') : []),
  ];
}

/** The same of the families (validateUpgradeDowngradeIPFamilies), which are free whenever the Service is or was headless. */
function familyChangeErrors(spec: ServiceSpec, before: ServiceSpec): Errors {
  if (isExternalName(spec) || isExternalName(before) || isHeadless(spec) || isHeadless(before)) return [];
  const { ipFamilies = [], clusterIPs = [] } = spec;
  const { ipFamilies: old = [] } = before;
  const path = SPEC.child('ipFamilies').index(0);
  if (old.length === ipFamilies.length) {
    const changed = old.filter((family, index) => family !== ipFamilies[index]);
    return changed.map(() => invalid(path, spec.ipFamilies, UNCHANGEABLE));
  }
  const isReduced = old.length > ipFamilies.length;
  const isChanged = old.length > 0 && ipFamilies.length > 0 && ipFamilies[0] !== old[0];
  return [
    ...(isReduced && clusterIPs.length === 0
      ? [invalid(path, spec.ipFamilies, 'primary ipFamily can not be unset')]
      : []),
    // The server prints the addresses here.
    ...(isChanged ? [invalidAddresses(path, spec.clusterIPs, UNCHANGEABLE)] : []),
    ...(isReduced ? releaseErrors(spec, ipFamilies, 'secondary ipFamily') : []),
  ];
}

function releaseErrors(spec: ServiceSpec, left: readonly string[], what: string): Errors {
  if (left.length !== 1 || spec.ipFamilyPolicy === 'SingleStack') return [];
  const detail = `must be set to 'SingleStack' when releasing the ${what}`;
  return [invalidText(SPEC.child('ipFamilyPolicy'), spec.ipFamilyPolicy, detail)];
}

/** The class may not change while the Service stays a load balancer. */
function loadBalancerClassChangeErrors(spec: ServiceSpec, before: ServiceSpec): Errors {
  const isChanged = spec.loadBalancerClass !== before.loadBalancerClass;
  if (!isChanged || !isLoadBalancer(spec) || !isLoadBalancer(before)) return [];
  return [invalid(LOAD_BALANCER_CLASS, spec.loadBalancerClass ?? null, UNCHANGEABLE)];
}

function healthCheckChangeErrors(spec: ServiceSpec, before: ServiceSpec): Errors {
  const isKept = (spec.healthCheckNodePort ?? 0) === (before.healthCheckNodePort ?? 0);
  if (isKept || !needsHealthCheck(spec) || !needsHealthCheck(before)) return [];
  return [forbidden(SPEC.child('healthCheckNodePort'), 'field is immutable')];
}
