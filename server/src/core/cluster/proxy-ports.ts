import { parseAddress, parseCidr } from '../api/index.ts';
import {
  type IPFamily,
  isExternalName,
  isHeadless,
  type ServicePort,
  type ServiceResource,
} from '../manifest/index.ts';
import type { TrafficPolicy } from './traffic.ts';

/** A Service port as kube-proxy of one address family programs it on every node. */
export interface ProxyPort {
  readonly port: ServicePort;
  readonly clusterIP: string;
  readonly externalIPs: readonly string[];
  /** Addresses of a load balancer to which nodes answer themselves (KP-14). */
  readonly loadBalancerVIPs: readonly string[];
  /** Who may connect to the load balancer's addresses; empty means everybody (KP-15). */
  readonly loadBalancerSourceRanges: readonly string[];
  /** Where load balancers ask whether the node has endpoints; 0 if nowhere. */
  readonly healthCheckNodePort: number;
  readonly policy: TrafficPolicy;
}

/**
 * The ports that kube-proxy programs for a stored Service, sorted by name and protocol (pkg/proxy/serviceport.go; KP-3, KP-4, KP-13
 * to KP-15). None for one without a cluster address of the family.
 */
export function proxyPortsOf(service: ServiceResource, family: IPFamily): readonly ProxyPort[] {
  const { spec } = service;
  const clusterIP = clusterIPOf(service, family);
  if (clusterIP === '' || isHeadless(spec) || isExternalName(spec)) return [];
  const isExternalLocal = isExternalPolicyLocal(service);
  const externalIPs = spec.externalIPs.filter((text) => parseAddress(text)?.family === family);
  const loadBalancerVIPs = spec.loadBalancerAddresses
    .filter(({ ip, isVirtual }) => isVirtual && parseAddress(ip)?.family === family)
    .map(({ ip }) => ip);
  const shared = {
    clusterIP,
    externalIPs,
    loadBalancerVIPs,
    loadBalancerSourceRanges: sourceRangesOf(service, family),
    healthCheckNodePort: spec.type === 'LoadBalancer' && isExternalLocal ? (spec.healthCheckNodePort ?? 0) : 0,
  };
  const hasAddress = externalIPs.length > 0 || loadBalancerVIPs.length > 0;
  const ports = spec.ports.map((port) => ({
    ...shared,
    port,
    policy: {
      isInternalLocal: spec.internalTrafficPolicy === 'Local',
      isExternalLocal,
      isExternallyAccessible: hasAddress || port.nodePort !== undefined,
    },
  }));
  return ports.sort((a, b) => (sortKey(a.port) < sortKey(b.port) ? -1 : 1));
}

function sortKey({ name, protocol }: ServicePort): string {
  return `${name} ${protocol}`;
}

/** The address at the family's place; without families, the only one if it is of this family. */
function clusterIPOf({ spec }: ServiceResource, family: IPFamily): string {
  if (spec.ipFamilies.length > 0) return spec.clusterIPs[spec.ipFamilies.indexOf(family)] ?? '';
  const clusterIP = spec.clusterIP ?? '';
  return parseAddress(clusterIP)?.family === family ? clusterIP : '';
}

/** The policy is read where connections from outside can arrive at all (pkg/api/v1/service, ExternalPolicyLocal). */
export function isExternalPolicyLocal({ spec }: ServiceResource): boolean {
  const isExposed = spec.type === 'LoadBalancer' || spec.type === 'NodePort' || spec.externalIPs.length > 0;
  return isExposed && spec.externalTrafficPolicy === 'Local';
}

/** A range of everything makes the others pointless, whichever family it is of. */
function sourceRangesOf({ spec }: ServiceResource, family: IPFamily): readonly string[] {
  const ranges = spec.loadBalancerSourceRanges.map((text) => text.trim());
  if (ranges.some((text) => parseCidr(text)?.prefixLength === 0)) return [];
  return ranges.filter((text) => parseCidr(text)?.family === family);
}
