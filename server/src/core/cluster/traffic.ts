import type { ServiceResource } from '../manifest/index.ts';
import type { ServiceEndpoint } from './endpoint-slices.ts';
import type { PlacedNode } from './placement.ts';

/** Which way connections come: to the cluster address from inside, or to a node port or load balancer from outside. */
export type TrafficSource = 'internal' | 'external';

/** What kube-proxy on one node does with new connections. */
export interface TrafficDecision {
  /** `rejected`: no endpoint anywhere, refused at once. `dropped`: endpoints exist, but the policy allows none here: time-out. */
  readonly kind: 'spread' | 'rejected' | 'dropped';
  /** The endpoints of which one is picked, each as likely as the others. */
  readonly endpoints: readonly ServiceEndpoint[];
  /** Why these: the node's own, its zone's, all, or those that are going away because no other is left. */
  readonly scope: 'cluster' | 'same zone' | 'same node' | 'local' | 'terminating';
}

/** Whether a Service can be reached from outside of the cluster at all. */
export function isExternallyAccessible({ spec }: ServiceResource): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/**
 * The endpoints to which kube-proxy on a node sends connections (pkg/proxy/topology.go, CategorizeEndpoints; kubeproxy.md,
 * sections 2 and 3). Topology hints are those that `trafficDistribution` makes (endpointslice.md, 6.2).
 */
export function decideTraffic(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  node: PlacedNode,
  source: TrafficSource,
): TrafficDecision {
  const usable = endpoints.filter(({ port }) => port !== undefined);
  const policy = source === 'internal' ? service.spec.internalTrafficPolicy : service.spec.externalTrafficPolicy;
  const any = usable.some((each) => each.ready || isDraining(each));
  if (!any) return { kind: 'rejected', endpoints: [], scope: 'cluster' };
  if (policy === 'Local') return decideLocal(usable, node);
  return decideCluster(service, usable, node);
}

function decideLocal(endpoints: readonly ServiceEndpoint[], node: PlacedNode): TrafficDecision {
  const local = endpoints.filter((each) => each.node === node.name);
  const ready = local.filter((each) => each.ready);
  if (ready.length > 0) return { kind: 'spread', endpoints: ready, scope: 'local' };
  const draining = local.filter(isDraining);
  if (draining.length > 0) return { kind: 'spread', endpoints: draining, scope: 'terminating' };
  return { kind: 'dropped', endpoints: [], scope: 'local' };
}

function decideCluster(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  node: PlacedNode,
): TrafficDecision {
  const ready = endpoints.filter((each) => each.ready);
  if (ready.length === 0) return { kind: 'spread', endpoints: endpoints.filter(isDraining), scope: 'terminating' };
  const near = nearest(service, ready, node);
  return near ?? { kind: 'spread', endpoints: ready, scope: 'cluster' };
}

/** One ready endpoint without a hint turns that kind of hint off; so does a node that no hint names (KP-17). */
function nearest(
  service: ServiceResource,
  ready: readonly ServiceEndpoint[],
  node: PlacedNode,
): TrafficDecision | undefined {
  const distribution = service.spec.trafficDistribution;
  const onNode = ready.filter((each) => each.node === node.name);
  if (distribution === 'PreferSameNode' && ready.every((each) => each.node !== undefined) && onNode.length > 0) {
    return { kind: 'spread', endpoints: onNode, scope: 'same node' };
  }
  const prefersZone = distribution !== undefined && ZONE_DISTRIBUTIONS.has(distribution);
  const inZone = ready.filter((each) => each.zone === node.zone);
  if (prefersZone && node.zone !== undefined && ready.every((each) => each.zone !== undefined) && inZone.length > 0) {
    return { kind: 'spread', endpoints: inZone, scope: 'same zone' };
  }
  return undefined;
}

const ZONE_DISTRIBUTIONS: ReadonlySet<string> = new Set(['PreferClose', 'PreferSameZone', 'PreferSameNode']);

/** Going away, but still able to answer: used where nothing better is left (KP-21). */
function isDraining({ serving, terminating }: ServiceEndpoint): boolean {
  return serving && terminating;
}
