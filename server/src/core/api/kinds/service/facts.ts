import type { IPFamily } from '../../../manifest/index.ts';
import type { ApiObject } from '../../kind-rules.ts';
import type { Service, ServiceSpec } from './types.ts';

/** What follows from the fields of a Service (pkg/api/service/util.go and helpers of its registry and validation). */

/** The clusterIP of a Service that has no address. */
export const NONE = 'None';

/** Whether an object is a Service, whose fields have been decoded then. */
export function isService(object: ApiObject): object is Service {
  return object.apiVersion === 'v1' && object.kind === 'Service';
}

/** The IP family of a text that was checked to be one. */
export function asFamily(text: string): IPFamily {
  return text === 'IPv6' ? 'IPv6' : 'IPv4';
}

/** The other one; IPv4 for a text that is no family. */
export function otherFamily(family: string): IPFamily {
  return family === 'IPv4' ? 'IPv6' : 'IPv4';
}

/** A clusterIP alone is the whole list; a list alone is an error, which is found later (normalizeClusterIPs). */
export function withClusterIPs(spec: ServiceSpec): ServiceSpec {
  const { clusterIP = '', clusterIPs = [] } = spec;
  return clusterIP === '' || clusterIPs.length > 0 ? spec : { ...spec, clusterIPs: [clusterIP] };
}

/** The Service with another spec. */
export function withSpec(service: Service, spec: ServiceSpec): Service {
  return { ...service, spec };
}

/** Whether it is only another name of something elsewhere, without address and ports of the cluster. */
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

/** Whether clients outside of the cluster can reach it, so that a traffic policy matters (service.ExternallyAccessible). */
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

/** Whether load balancers ask its nodes if they have endpoints (service.NeedsHealthCheck). */
export function needsHealthCheck({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

/** Whether it asks for a load balancer. */
export function isLoadBalancer({ type }: ServiceSpec): boolean {
  return type === 'LoadBalancer';
}
