import {
  addressesOf,
  type Cluster,
  decideTraffic,
  endpointsOf,
  familiesOf,
  type NodePlan,
  type PlacedNode,
  planNodes,
  type ServiceEndpoint,
  type SliceGroup,
  servicesOfWorkload,
  slicesOf,
  type TrafficDecision,
  zonesOf,
} from '../cluster/index.ts';
import {
  type FieldRef,
  fieldOf,
  type IPFamily,
  isExternalName,
  isHeadless,
  namespaceOf,
  type ServicePort,
  type ServiceResource,
} from '../manifest/index.ts';
import { list } from '../words.ts';
import type { Snapshot } from '../workspace/index.ts';
import {
  assumptionsFor,
  type DistributionQuery,
  type DistributionView,
  type Outcome,
  outcomeOf,
} from './distribution-words.ts';

/** An endpoint with its part of the new connections, from 0 to 1. */
export interface EndpointShare {
  readonly endpoint: ServiceEndpoint;
  readonly share: number;
}

/** How new connections to a Service port are spread. */
export interface EndpointDistribution {
  readonly service: ServiceResource;
  readonly port: ServicePort | undefined;
  readonly address: string;
  /** All families of the Service, and the one that connections are made over. */
  readonly families: readonly IPFamily[];
  readonly family: IPFamily;
  readonly endpoints: readonly EndpointShare[];
  readonly slices: readonly SliceGroup[];
  readonly nodes: readonly PlacedNode[];
  readonly zones: readonly string[];
  readonly replicas: number;
  readonly outcome: Outcome;
  /** What the picture rests on that no manifest says. */
  readonly assumptions: readonly string[];
  readonly source: FieldRef;
}

/** Works out where connections to a Service go, node by node. Never fails: what cannot be spread has its reason in `outcome`. */
export function distributionOf(
  cluster: Cluster,
  service: ServiceResource,
  query: DistributionQuery,
): EndpointDistribution {
  const plan = planNodes(cluster, query);
  const port = service.spec.ports[query.port] ?? service.spec.ports[0];
  const families = familiesOf(cluster, service);
  const family = families.find((each) => each === query.family) ?? families[0] ?? 'IPv4';
  const slices = slicesOf(cluster, service, plan, query);
  const isProxied = !isExternalName(service.spec);
  const endpoints = isProxied ? endpointsOf(slices.groups, port ?? PORTLESS, family) : [];
  const decisions = decisionsFor(service, endpoints, plan, query);
  const view: DistributionView = {
    cluster,
    service,
    plan,
    query,
    endpoints,
    decisions,
    slices,
    hints: slices.hints.get(family),
  };
  const outcome = outcomeOf(view);
  const shares = sharesOf(outcome.kind === 'spread' ? decisions : []);
  return {
    service,
    port,
    address: describeAddress(cluster, service),
    families,
    family,
    endpoints: endpoints.map((endpoint) => ({ endpoint, share: shares.get(endpoint) ?? 0 })),
    slices: slices.groups,
    nodes: plan.nodes,
    zones: zonesOf(plan.nodes),
    replicas: query.replicas ?? endpoints.filter((each) => each.source.resource.type === 'Workload').length,
    outcome,
    assumptions: assumptionsFor(view),
    source: fieldOf(service, 'metadata', 'name'),
  };
}

/** A headless Service may do without ports: then its name leads to the Pods, whatever the port. */
const PORTLESS = { name: '', protocol: 'TCP' } as const;

function describeAddress(cluster: Cluster, service: ServiceResource): string {
  const addresses = addressesOf(cluster, service).map((each) =>
    each.kind === 'given' ? each.address : 'assigned on creation',
  );
  return addresses.length === 0 ? 'no cluster address' : [...new Set(addresses)].join(', ');
}

/** What kube-proxy decides on the client's node, or on each node that a client may be on. */
function decisionsFor(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  plan: NodePlan,
  { client, traffic }: DistributionQuery,
): readonly TrafficDecision[] {
  if (isHeadless(service.spec)) return [decideHeadless(endpoints)];
  const chosen = plan.nodes.filter(({ name }) => name === client);
  return decideTraffic(service, endpoints, chosen.length > 0 ? chosen : plan.nodes, traffic);
}

/** Without a cluster address there is no proxy: clients take one of the addresses that DNS answers with, whatever the port. */
function decideHeadless(endpoints: readonly ServiceEndpoint[]): TrafficDecision {
  const ready = endpoints.filter((each) => each.ready);
  return { kind: ready.length === 0 ? 'rejected' : 'spread', endpoints: ready, scope: 'cluster' };
}

/** Clients are as likely to be on one node as on another. */
function sharesOf(decisions: readonly TrafficDecision[]): ReadonlyMap<ServiceEndpoint, number> {
  const weights = new Map<readonly ServiceEndpoint[], number>();
  for (const { endpoints } of decisions) weights.set(endpoints, (weights.get(endpoints) ?? 0) + 1 / decisions.length);
  const shares = new Map<ServiceEndpoint, number>();
  for (const [endpoints, weight] of weights) {
    for (const each of endpoints) shares.set(each, (shares.get(each) ?? 0) + weight / endpoints.length);
  }
  return shares;
}

/** The Services of a cluster that a picture can be made of, as `namespace/name`. */
export function distributableServices(cluster: Cluster): readonly ServiceResource[] {
  return cluster.namespaces.flatMap((view) => view.services);
}

/** The distribution in words, a line per endpoint: what the view's table says. */
export function renderDistribution({ endpoints, outcome, slices, assumptions }: EndpointDistribution): string {
  const rows = endpoints.map(({ endpoint, share }) =>
    [
      endpoint.name,
      endpoint.zone ?? '-',
      endpoint.node ?? '-',
      endpoint.port ?? 'no port',
      stateOf(endpoint),
      percent(share),
    ].join(' | '),
  );
  const groups = slices.map(
    ({ addressType, ports, sizes }) =>
      `${addressType} ${list(ports.map(({ name, port }) => `${name || 'unnamed'} ${port ?? 'any'}`)) || 'no ports'}: ${sizes.join(' + ')}`,
  );
  return [
    `${outcome.kind}: ${outcome.reason}`,
    ...rows,
    ...groups.map((group) => `slices ${group}`),
    ...assumptions.map((text) => `assumed: ${text}`),
  ].join('\n');
}

/** How an endpoint stands, in one word. */
export function stateOf({
  port,
  ready,
  terminating,
}: ServiceEndpoint): 'ready' | 'not ready' | 'terminating' | 'no port' {
  if (port === undefined) return 'no port';
  if (terminating) return 'terminating';
  return ready ? 'ready' : 'not ready';
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}

/** `shop/cart`. */
export function serviceKey(service: ServiceResource): string {
  return `${namespaceOf(service)}/${service.name}`;
}

/** The Service that somebody means who stands at an offset of a file: the one there, else one that selects the workload there. */
export function findServiceAt(snapshot: Snapshot, uri: string, offset: number): ServiceResource | undefined {
  const cluster = snapshot.clusterOf(uri);
  const resources = snapshot.files.get(uri)?.documentAt(offset)?.resources ?? [];
  for (const resource of resources) {
    if (resource.type === 'Service') return resource;
    if (resource.type === 'Workload' && cluster !== undefined) return servicesOfWorkload(cluster, resource)[0];
  }
  return undefined;
}
