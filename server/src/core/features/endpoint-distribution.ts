import {
  addressesOf,
  type Cluster,
  decideTraffic,
  endpointsOf,
  familiesOf,
  type HintOutcome,
  isExternallyAccessible,
  type NodePlan,
  type PlacedNode,
  type PlacementOverrides,
  type PodSlices,
  planNodes,
  type ServiceEndpoint,
  type SliceGroup,
  servicesOfWorkload,
  slicesOf,
  type TrafficDecision,
  type TrafficScope,
  type TrafficSource,
  workloadsOfService,
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
import { count, list } from '../words.ts';
import type { Snapshot } from '../workspace/index.ts';

/** What is asked: a Service port, where the client runs, and what to try out instead of what the manifests say. */
export interface DistributionQuery extends PlacementOverrides {
  /** Index of the Service port; the first if there is no such port. */
  readonly port: number;
  /** Name of the client's node; undefined for clients on any node, or from outside through any node. */
  readonly client: string | undefined;
  readonly traffic: TrafficSource;
  /** The address family of the connections; the Service's first if it does not have this one. */
  readonly family?: IPFamily | undefined;
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
  /** All families of the Service, and the one that connections are made over. */
  readonly families: readonly IPFamily[];
  readonly family: IPFamily;
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
  const families = familiesOf(cluster, service);
  const family = families.find((each) => each === query.family) ?? families[0] ?? 'IPv4';
  const slices = slicesOf(cluster, service, plan, query);
  const isProxied = !isExternalName(service.spec);
  const endpoints = isProxied ? endpointsOf(slices.groups, port ?? PORTLESS, family) : [];
  const decisions = decisionsFor(service, endpoints, plan, query);
  const shares = sharesOf(decisions);
  const view = { cluster, service, plan, query, endpoints, decisions, slices, hints: slices.hints.get(family) };
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
    outcome: outcomeOf(view),
    assumptions: assumptionsFor(view),
    source: fieldOf(service, 'metadata', 'name'),
  };
}

/** A headless Service may do without ports: then its name leads to the Pods, whatever the port. */
const PORTLESS = { name: '', protocol: 'TCP' } as const;

/** Everything that an answer is made of. */
interface View {
  readonly cluster: Cluster;
  readonly service: ServiceResource;
  readonly plan: NodePlan;
  readonly query: DistributionQuery;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly decisions: readonly TrafficDecision[];
  readonly slices: PodSlices;
  readonly hints: HintOutcome | undefined;
}

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

type Outcome = EndpointDistribution['outcome'];

const PROXY_NAME_LABEL = 'service.kubernetes.io/service-proxy-name';

function outcomeOf(view: View): Outcome {
  const { service, decisions, query } = view;
  const nothing = findNothing(service, query);
  if (nothing !== undefined) return { kind: 'nothing', reason: nothing };
  if (decisions.every(({ kind }) => kind === 'rejected')) return rejected(view);
  const dropped = decisions.filter(({ kind }) => kind === 'dropped').length;
  if (dropped === decisions.length) return { kind: 'dropped', reason: `${droppedReason(query)}${leftOutNote(view)}` };
  const reason = isHeadless(service.spec) ? headlessReason(decisions) : spreadReason(view);
  const partly = dropped === 0 ? '' : ` On ${count(dropped, 'node')} without such an endpoint they are dropped.`;
  const notes = `${hintNote(view.hints)}${leftOutNote(view)}${affinityNote(service)}`;
  return { kind: 'spread', reason: `${reason}${partly}${notes}` };
}

/** Why nothing in the cluster spreads connections. */
function findNothing(service: ServiceResource, { traffic }: DistributionQuery): string | undefined {
  const { spec, labels } = service;
  if (isExternalName(spec)) {
    return `DNS answers with ${spec.externalName ?? 'another name'}; nothing in the cluster spreads connections.`;
  }
  if (traffic === 'external' && !isExternallyAccessible(service)) {
    return `A ${spec.type} Service has no address outside of the cluster.`;
  }
  const proxy = labels.get(PROXY_NAME_LABEL);
  if (proxy === undefined || isHeadless(spec)) return undefined;
  return `Its label ${PROXY_NAME_LABEL} leaves connections to ${proxy === '' ? 'another proxy' : `the proxy ${proxy}`}, not to kube-proxy.`;
}

function rejected(view: View): Outcome {
  const { service, endpoints } = view;
  if (isHeadless(service.spec))
    return { kind: 'rejected', reason: `No endpoint is ready, so the name does not resolve.${leftOutNote(view)}` };
  const isPortless = endpoints.length > 0 && endpoints.every(({ port }) => port === undefined);
  const why = isPortless
    ? 'No endpoint has a port of this name'
    : endpoints.length === 0
      ? 'There is no endpoint'
      : 'No endpoint is ready';
  return { kind: 'rejected', reason: `${why}, so every connection is refused at once.${leftOutNote(view)}` };
}

function droppedReason({ traffic }: DistributionQuery): string {
  const policy = traffic === 'internal' ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
  return `${policy} is Local and no endpoint runs on this node, so connections time out.`;
}

function headlessReason(decisions: readonly TrafficDecision[]): string {
  const addresses = decisions[0]?.endpoints.length ?? 0;
  return `DNS answers with ${addresses} ${addresses === 1 ? 'address' : 'addresses'}; each client picks one by itself.`;
}

const SCOPES: Readonly<Record<TrafficScope, string>> = {
  cluster: '',
  'same zone': ' with a hint for its zone',
  'same node': ' with a hint for itself',
  local: ' on itself, since the traffic policy is Local',
  terminating: ', though terminating: no other is left',
};

/** With `trafficDistribution` an endpoint's hints name its own place; other hints may name any. */
const OWN_SCOPES: Readonly<Record<TrafficScope, string>> = {
  ...SCOPES,
  'same zone': ' in its zone',
  'same node': ' on itself',
};

function spreadReason({ decisions, query: { client }, hints }: View): string {
  const spread = decisions.filter(({ kind }) => kind === 'spread');
  const sizes = [...new Set(spread.map(({ endpoints }) => endpoints.length))].sort((a, b) => a - b);
  const words = hints?.kind === 'distribution' ? OWN_SCOPES : SCOPES;
  const scopes = [...new Set(spread.map(({ scope }) => words[scope]))];
  const who = client === undefined ? 'Each node' : `Node ${client}`;
  const where = scopes.length === 1 ? scopes[0] : scopes.includes('') ? ' near it, else of all' : ' near it';
  const range = sizes.length > 1 ? `${sizes[0]} to ${sizes.at(-1)}` : `${sizes[0]}`;
  if (range === '1') return `${who} picks the only endpoint${where}.`;
  return `${who} picks one of ${range} endpoints${where}, at random.`;
}

/** Hints that were asked for in vain have a reason. */
function hintNote(hints: HintOutcome | undefined): string {
  return hints?.kind === 'disabled' ? ` No topology hints: ${lowerFirst(hints.reason)}.` : '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The controller waits for the Node before it takes a Pod in. */
function leftOutNote({ slices: { skipped } }: View): string {
  if (skipped.length === 0) return '';
  const names = list(skipped.map(({ name }) => name));
  return skipped.length === 1
    ? ` Pod ${names} is left out: its Node does not exist.`
    : ` Pods ${names} are left out: their Nodes do not exist.`;
}

function affinityNote({ spec }: ServiceResource): string {
  return spec.sessionAffinity === 'ClientIP' ? ' Later connections of a client go to the same one.' : '';
}

function assumptionsFor({ cluster, service, plan, query, endpoints, hints }: View): readonly string[] {
  const assumptions: string[] = [];
  const isTried = query.zones !== undefined || query.nodes !== undefined;
  if (plan.source === 'assumed' && !isTried)
    assumptions.push(
      `${count(plan.nodes.length, 'node')} in ${count(zonesOf(plan.nodes).length, 'zone')}, since no Node is in view`,
    );
  if (endpoints.some(({ address }) => address === undefined)) {
    assumptions.push('Pods spread evenly over the nodes, and all of them ready');
  }
  const workloads = workloadsOfService(cluster, service).filter(({ workload }) => workload.spec.kind !== 'Pod');
  if (query.replicas !== undefined && workloads.length > 1) {
    assumptions.push(`${count(query.replicas, 'replica')} of each of ${workloads.length} workloads`);
  }
  if ((hints?.kind === 'auto' || hints?.kind === 'disabled') && !isMeasured(cluster, plan)) {
    assumptions.push('nodes of the same size');
  }
  return assumptions;
}

function isMeasured(cluster: Cluster, { source }: NodePlan): boolean {
  return source === 'manifests' && cluster.nodes.every(({ spec }) => spec.status !== undefined);
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
