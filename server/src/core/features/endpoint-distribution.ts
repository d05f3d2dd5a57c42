import {
  addressesOf,
  type Cluster,
  decideTraffic,
  endpointsOf,
  isExternallyAccessible,
  type NodePlan,
  type PlacedNode,
  type PlacementOverrides,
  planNodes,
  type ServiceEndpoint,
  type SliceGroup,
  servicesOfWorkload,
  slicesOf,
  type TrafficDecision,
  type TrafficSource,
  workloadsOfService,
  zonesOf,
} from '../cluster/index.ts';
import {
  type FieldRef,
  fieldOf,
  isExternalName,
  isHeadless,
  namespaceOf,
  type ServicePort,
  type ServiceResource,
} from '../manifest/index.ts';
import { count, list } from '../words.ts';
import type { Snapshot } from '../workspace/index.ts';

/** What is asked: a Service port, where the client runs, and what to try out instead of what the manifests say. */
export interface DistributionQuery extends PlacementOverrides {
  /** Index of the Service port; the first if there is no such port. */
  readonly port: number;
  /** Name of the client's node; undefined for clients on any node, or from outside through any node. */
  readonly client: string | undefined;
  readonly traffic: TrafficSource;
}

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
  readonly endpoints: readonly EndpointShare[];
  readonly slices: readonly SliceGroup[];
  readonly nodes: readonly PlacedNode[];
  readonly zones: readonly string[];
  readonly replicas: number;
  readonly outcome: { readonly kind: 'spread' | 'dropped' | 'rejected' | 'nothing'; readonly reason: string };
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
  const endpoints = port === undefined ? [] : endpointsOf(cluster, service, port, plan, query);
  const decisions = decisionsFor(service, endpoints, plan, query);
  return {
    service,
    port,
    address: describeAddress(cluster, service),
    endpoints: endpoints.map((endpoint) => ({ endpoint, share: shareOf(endpoint, decisions) })),
    slices: slicesOf(cluster, service, plan, query),
    nodes: plan.nodes,
    zones: zonesOf(plan.nodes),
    replicas: query.replicas ?? replicasOf(cluster, service),
    outcome: outcomeOf(service, endpoints, decisions, query),
    assumptions: assumptionsFor(service, endpoints, plan, query),
    source: fieldOf(service, 'metadata', 'name'),
  };
}

function describeAddress(cluster: Cluster, service: ServiceResource): string {
  const addresses = addressesOf(cluster, service).map((each) =>
    each.kind === 'given' ? each.address : 'assigned on creation',
  );
  return addresses.length === 0 ? 'no cluster address' : [...new Set(addresses)].join(', ');
}

function replicasOf(cluster: Cluster, service: ServiceResource): number {
  return workloadsOfService(cluster, service).reduce((sum, { pods }) => sum + (pods ?? 0), 0);
}

/** What kube-proxy decides on the client's node, or on each node that a client may be on. */
function decisionsFor(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  plan: NodePlan,
  { client, traffic }: DistributionQuery,
): readonly TrafficDecision[] {
  const chosen = plan.nodes.filter(({ name }) => name === client);
  const nodes = chosen.length > 0 ? chosen : plan.nodes;
  if (isHeadless(service.spec)) return [decideHeadless(endpoints)];
  return nodes.map((node) => decideTraffic(service, endpoints, node, traffic));
}

/** Without a cluster address there is no proxy: clients take one of the addresses that DNS answers with. */
function decideHeadless(endpoints: readonly ServiceEndpoint[]): TrafficDecision {
  const ready = endpoints.filter((each) => each.ready);
  return { kind: ready.length === 0 ? 'rejected' : 'spread', endpoints: ready, scope: 'cluster' };
}

/** Clients are as likely to be on one node as on another. */
function shareOf(endpoint: ServiceEndpoint, decisions: readonly TrafficDecision[]): number {
  const parts = decisions.map(({ endpoints }) => (endpoints.includes(endpoint) ? 1 / endpoints.length : 0));
  return parts.reduce((sum, part) => sum + part, 0) / Math.max(1, decisions.length);
}

type Outcome = EndpointDistribution['outcome'];

function outcomeOf(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  decisions: readonly TrafficDecision[],
  query: DistributionQuery,
): Outcome {
  const { spec } = service;
  if (isExternalName(spec)) {
    return {
      kind: 'nothing',
      reason: `DNS answers with ${spec.externalName ?? 'another name'}; nothing in the cluster spreads connections.`,
    };
  }
  if (query.traffic === 'external' && !isExternallyAccessible(service)) {
    return { kind: 'nothing', reason: `A ${spec.type} Service has no address outside of the cluster.` };
  }
  if (decisions.every(({ kind }) => kind === 'rejected')) return rejected(service, endpoints);
  const dropped = decisions.filter(({ kind }) => kind === 'dropped').length;
  if (dropped === decisions.length) return { kind: 'dropped', reason: droppedReason(query) };
  const reason = isHeadless(spec) ? headlessReason(decisions) : spreadReason(decisions, query);
  const partly = dropped === 0 ? '' : ` On ${count(dropped, 'node')} without such an endpoint they are dropped.`;
  return { kind: 'spread', reason: `${reason}${partly}${affinityNote(service)}` };
}

function rejected(service: ServiceResource, endpoints: readonly ServiceEndpoint[]): Outcome {
  if (isHeadless(service.spec))
    return { kind: 'rejected', reason: 'No endpoint is ready, so the name does not resolve.' };
  const isPortless = endpoints.length > 0 && endpoints.every(({ port }) => port === undefined);
  const why = isPortless
    ? 'No Pod has a port of this name'
    : endpoints.length === 0
      ? 'There is no endpoint'
      : 'No endpoint is ready';
  return { kind: 'rejected', reason: `${why}, so every connection is refused at once.` };
}

function droppedReason({ traffic }: DistributionQuery): string {
  const policy = traffic === 'internal' ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
  return `${policy} is Local and no endpoint runs on this node, so connections time out.`;
}

function headlessReason(decisions: readonly TrafficDecision[]): string {
  const addresses = decisions[0]?.endpoints.length ?? 0;
  return `DNS answers with ${addresses} ${addresses === 1 ? 'address' : 'addresses'}; each client picks one by itself.`;
}

const SCOPES: Readonly<Record<TrafficDecision['scope'], string>> = {
  cluster: '',
  'same zone': ' in its zone',
  'same node': ' on itself',
  local: ' on itself, since the traffic policy is Local',
  terminating: ', all of them terminating: no other is left',
};

function spreadReason(decisions: readonly TrafficDecision[], { client }: DistributionQuery): string {
  const spread = decisions.filter(({ kind }) => kind === 'spread');
  const sizes = [...new Set(spread.map(({ endpoints }) => endpoints.length))].sort((a, b) => a - b);
  const scopes = [...new Set(spread.map(({ scope }) => SCOPES[scope]))];
  const who = client === undefined ? 'Each node' : `Node ${client}`;
  const where = scopes.length === 1 ? scopes[0] : ' near it, as far as there are any';
  if (sizes.length > 1) return `${who} picks at random among the ${sizes[0]} to ${sizes.at(-1)} endpoints${where}.`;
  return sizes[0] === 1
    ? `${who} picks the only endpoint${where}.`
    : `${who} picks one of ${sizes[0]} endpoints${where}, at random.`;
}

function affinityNote({ spec }: ServiceResource): string {
  return spec.sessionAffinity === 'ClientIP' ? ' Later connections of a client go to the same one.' : '';
}

const TOPOLOGY_ANNOTATIONS = ['service.kubernetes.io/topology-aware-hints', 'service.kubernetes.io/topology-mode'];

function assumptionsFor(
  service: ServiceResource,
  endpoints: readonly ServiceEndpoint[],
  plan: NodePlan,
  query: DistributionQuery,
): readonly string[] {
  const assumptions: string[] = [];
  const isTried = query.zones !== undefined || query.nodes !== undefined;
  if (plan.source === 'assumed' && !isTried)
    assumptions.push(
      `${count(plan.nodes.length, 'node')} in ${count(zonesOf(plan.nodes).length, 'zone')}, since no Node is in view`,
    );
  if (endpoints.some(({ address, origin }) => address === undefined && !origin.startsWith('Pod '))) {
    assumptions.push('Pods spread evenly over the nodes, and all of them ready');
  }
  const auto = TOPOLOGY_ANNOTATIONS.find((key) => ['Auto', 'auto'].includes(service.annotations.get(key) ?? ''));
  if (auto !== undefined) assumptions.push(`no topology hints: ${auto.split('/')[1]} Auto is not worked out yet`);
  return assumptions;
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
    ({ family, ports, sizes }) =>
      `${family} ${list(ports.map(({ name, port }) => `${name || 'unnamed'} ${port}`)) || 'no ports'}: ${sizes.join(' + ')}`,
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
