import type { Service, ServiceSpec } from './types.ts';

/** What follows from the fields of a Service (pkg/api/service/util.go and helpers of its registry and validation). */

export const NONE = 'None';

export function specOf(service: Service): ServiceSpec {
  return service.spec ?? {};
}

export function withSpec(service: Service, spec: ServiceSpec): Service {
  return { ...service, spec };
}

export function isExternalName({ type }: ServiceSpec): boolean {
  return type === 'ExternalName';
}

/** Headless to validation: the one cluster address is `None`. */
export function isHeadless({ clusterIPs = [] }: ServiceSpec): boolean {
  return clusterIPs.length === 1 && clusterIPs[0] === NONE;
}

/** Headless without a selector, whose families nobody else knows better than the user. */
export function isHeadlessWithoutSelector({ clusterIP, selector = {} }: ServiceSpec): boolean {
  return clusterIP === NONE && Object.keys(selector).length === 0;
}

/** The types that nodes forward to Pods: all known ones but ExternalName. */
export function isProxied({ type = '' }: ServiceSpec): boolean {
  return ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type);
}

export function isExternallyAccessible(spec: ServiceSpec): boolean {
  const { type, externalIPs = [] } = spec;
  return usesNodePorts(spec) || (type === 'ClusterIP' && externalIPs.length > 0);
}

/** The types that may have node ports. */
export function usesNodePorts({ type }: ServiceSpec): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** The types and settings with which the server picks node ports itself. */
export function picksNodePorts({ type, allocateLoadBalancerNodePorts = true }: ServiceSpec): boolean {
  return type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts);
}

export function needsHealthCheck({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

export function isLoadBalancer({ type }: ServiceSpec): boolean {
  return type === 'LoadBalancer';
}

export function sameList(left: readonly unknown[] = [], right: readonly unknown[] = []): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
