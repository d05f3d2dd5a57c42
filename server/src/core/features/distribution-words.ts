import {
  type Cluster,
  type HintOutcome,
  isExternallyAccessible,
  type NodePlan,
  type PlacementOverrides,
  type PodSlices,
  type ServiceEndpoint,
  type TrafficDecision,
  type TrafficScope,
  type TrafficSource,
  workloadsOfService,
  zonesOf,
} from '../cluster/index.ts';
import { displayName, type IPFamily, isExternalName, isHeadless, type ServiceResource } from '../manifest/index.ts';
import { count, has, list, renderLabels } from '../words.ts';

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

/** What becomes of connections, with the reason. */
export interface Outcome {
  readonly kind: 'spread' | 'dropped' | 'rejected' | 'nothing';
  readonly reason: string;
}

/** Everything that an answer is made of. */
export interface DistributionView {
  readonly cluster: Cluster;
  readonly service: ServiceResource;
  readonly plan: NodePlan;
  readonly query: DistributionQuery;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly decisions: readonly TrafficDecision[];
  readonly slices: PodSlices;
  readonly hints: HintOutcome | undefined;
}

const PROXY_NAME_LABEL = 'service.kubernetes.io/service-proxy-name';

/** What becomes of the connections, in one sentence and its footnotes. */
export function outcomeOf(view: DistributionView): Outcome {
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

function rejected(view: DistributionView): Outcome {
  const consequence = isHeadless(view.service.spec)
    ? 'the name does not resolve'
    : 'every connection is refused at once';
  return { kind: 'rejected', reason: `${whyNone(view)}, so ${consequence}.${leftOutNote(view)}` };
}

/** Why no endpoint can be used, as near to what has to be changed as can be said. */
function whyNone({ cluster, service, query, endpoints }: DistributionView): string {
  const { selector } = service.spec;
  if (endpoints.length > 0) {
    const isPortless = endpoints.every(({ port }) => port === undefined);
    return isPortless ? 'No endpoint has a port of this name' : 'No endpoint is ready';
  }
  if (selector.size === 0) return 'It has no selector, and no EndpointSlice is written for it';
  const selected = workloadsOfService(cluster, service);
  if (selected.length === 0) return `No Pod in view has the labels ${renderLabels(selector)}`;
  const isScaledDown = query.replicas === 0 || selected.every(({ pods }) => pods === 0);
  const names = list(selected.map(({ workload }) => displayName(workload)));
  return `${names} ${has(selected)} ${isScaledDown ? 'no replicas' : 'no Pod that can answer'}`;
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

function spreadReason({ decisions, query: { client }, hints }: DistributionView): string {
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
function leftOutNote({ slices: { skipped } }: DistributionView): string {
  if (skipped.length === 0) return '';
  const names = list(skipped.map(({ name }) => name));
  return skipped.length === 1
    ? ` Pod ${names} is left out: its Node does not exist.`
    : ` Pods ${names} are left out: their Nodes do not exist.`;
}

function affinityNote({ spec }: ServiceResource): string {
  return spec.sessionAffinity === 'ClientIP' ? ' Later connections of a client go to the same one.' : '';
}

/** What the answer rests on that no manifest says. */
export function assumptionsFor({
  cluster,
  service,
  plan,
  query,
  endpoints,
  hints,
}: DistributionView): readonly string[] {
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
