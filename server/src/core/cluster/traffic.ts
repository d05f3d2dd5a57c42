import type { ServiceResource } from '../manifest/index.ts';
import type { PlacedNode } from './placement.ts';
import type { ServiceEndpoint } from './proxy-endpoints.ts';
import { isExternalPolicyLocal } from './proxy-ports.ts';

/** Which way connections come: to the cluster address from inside, or to a node port or load balancer from outside. */
export type TrafficSource = 'internal' | 'external';

/** Why these endpoints: all, those with a hint for the zone or node, the node's own, or those going away where no other is left. */
export type TrafficScope = 'cluster' | 'same zone' | 'same node' | 'local' | 'terminating';

/** Endpoints of which one is picked, each as likely as the others. */
export interface EndpointChoice {
  readonly endpoints: readonly ServiceEndpoint[];
  readonly scope: TrafficScope;
}

/** What of a Service decides between endpoints. */
export interface TrafficPolicy {
  readonly isInternalLocal: boolean;
  readonly isExternalLocal: boolean;
  /** It has a node port, an external address or one of a load balancer. */
  readonly isExternallyAccessible: boolean;
}

/** What kube-proxy on one node makes of the endpoints of a Service port. */
export interface CategorizedEndpoints {
  /** For traffic that may go anywhere; undefined if no traffic of this Service may. */
  readonly cluster: EndpointChoice | undefined;
  /** For traffic that has to stay on the node; undefined if none has to. */
  readonly local: EndpointChoice | undefined;
  /** Whether there is any usable endpoint on any node: if not, connections are refused instead of dropped. */
  readonly hasAny: boolean;
}

/** The policy of a Service as the API server would store it: node ports are assigned where the type asks for them. */
export function trafficPolicyOf(service: ServiceResource): TrafficPolicy {
  return {
    isInternalLocal: service.spec.internalTrafficPolicy === 'Local',
    isExternalLocal: isExternalPolicyLocal(service),
    isExternallyAccessible: isExternallyAccessible(service),
  };
}

/** Whether a Service can be reached from outside of the cluster at all. */
export function isExternallyAccessible({ spec }: ServiceResource): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer' || spec.externalIPs.length > 0;
}

/**
 * The selection of endpoints that kube-proxy on a node makes (pkg/proxy/topology.go, CategorizeEndpoints; kubeproxy.md, section
 * 2). What does not depend on the node is worked out once, so that many nodes can be asked.
 */
export function categorizer(
  endpoints: readonly ServiceEndpoint[],
  policy: TrafficPolicy,
): (node: PlacedNode) => CategorizedEndpoints {
  const usable = endpoints.filter(({ port }) => port !== undefined);
  const hasAny = usable.some((each) => each.ready || isDraining(each));
  const { isInternalLocal, isExternalLocal, isExternallyAccessible } = policy;
  const nearest = hasAny ? clusterChooser(usable) : () => NOTHING;
  const own = localChooser(usable);
  const usesCluster = !isInternalLocal || isExternallyAccessible;
  const usesLocal = isInternalLocal || (isExternalLocal && isExternallyAccessible);
  return (node) => ({
    cluster: usesCluster ? nearest(node) : undefined,
    local: usesLocal ? own(node) : undefined,
    hasAny,
  });
}

const NOTHING: EndpointChoice = { endpoints: [], scope: 'cluster' };

type Chooser = (node: PlacedNode) => EndpointChoice;

/**
 * Ready endpoints with a hint for the node, else for its zone, else all; one ready endpoint without a hint turns that kind of
 * hint off (KP-17). Those going away only where none is ready anywhere, whatever their hints.
 */
function clusterChooser(usable: readonly ServiceEndpoint[]): Chooser {
  const ready = usable.filter((each) => each.ready);
  if (ready.length === 0) return () => ({ endpoints: usable.filter(isDraining), scope: 'terminating' });
  const perNode = groupByHint(ready, (each) => each.hints?.nodes ?? []);
  const perZone = groupByHint(ready, (each) => each.hints?.zones ?? []);
  return ({ name, zone }) => {
    const onNode = perNode.get(name);
    if (onNode !== undefined) return { endpoints: onNode, scope: 'same node' };
    const inZone = zone === undefined ? undefined : perZone.get(zone);
    if (inZone !== undefined) return { endpoints: inZone, scope: 'same zone' };
    return { endpoints: ready, scope: 'cluster' };
  };
}

/** Per zone or node the endpoints with a hint for it; nothing at all if one has no hint. */
function groupByHint(
  ready: readonly ServiceEndpoint[],
  hintsOf: (endpoint: ServiceEndpoint) => readonly string[],
): ReadonlyMap<string, readonly ServiceEndpoint[]> {
  const groups = new Map<string, ServiceEndpoint[]>();
  for (const endpoint of ready) {
    const hints = hintsOf(endpoint);
    if (hints.length === 0) return new Map();
    for (const hint of new Set(hints)) addTo(groups, hint, endpoint);
  }
  return groups;
}

/** The node's own ready endpoints, else its own that are going away (KP-21). */
function localChooser(usable: readonly ServiceEndpoint[]): Chooser {
  const ready = new Map<string, ServiceEndpoint[]>();
  const draining = new Map<string, ServiceEndpoint[]>();
  for (const endpoint of usable) {
    if (endpoint.node === undefined) continue;
    if (endpoint.ready) addTo(ready, endpoint.node, endpoint);
    else if (isDraining(endpoint)) addTo(draining, endpoint.node, endpoint);
  }
  return ({ name }) => {
    const own = ready.get(name);
    if (own !== undefined) return { endpoints: own, scope: 'local' };
    return { endpoints: draining.get(name) ?? [], scope: 'terminating' };
  };
}

function addTo(groups: Map<string, ServiceEndpoint[]>, key: string, endpoint: ServiceEndpoint): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [endpoint]);
  else group.push(endpoint);
}

/** Going away, but still able to answer: used where nothing better is left. */
function isDraining({ serving, terminating }: ServiceEndpoint): boolean {
  return serving && terminating;
}

/** What becomes of new connections on one node. */
export interface TrafficDecision extends EndpointChoice {
  /** `rejected`: no endpoint anywhere, refused at once. `dropped`: endpoints exist, but the policy allows none here: time-out. */
  readonly kind: 'spread' | 'rejected' | 'dropped';
}

/** What kube-proxy on each of some nodes does with connections from one side (kubeproxy.md, section 3). */
export function decideTraffic(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  nodes: readonly PlacedNode[],
  source: TrafficSource,
): readonly TrafficDecision[] {
  const policy = trafficPolicyOf(service);
  const categorize = categorizer(endpoints, policy);
  const isLocal = source === 'internal' ? policy.isInternalLocal : policy.isExternalLocal;
  return nodes.map((node) => {
    const { cluster, local, hasAny } = categorize(node);
    const choice = (isLocal ? local : cluster) ?? NOTHING;
    if (!hasAny) return { ...NOTHING, kind: 'rejected' };
    return { ...choice, kind: choice.endpoints.length === 0 ? 'dropped' : 'spread' };
  });
}
