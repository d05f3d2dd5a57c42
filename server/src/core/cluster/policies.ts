import { type AddressRange, parseAddress, parseCidr } from '../api/index.ts';
import {
  type IPBlock,
  type LabelSelector,
  matchesSelector,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyDirection,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type WorkloadResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { ALL_CONNECTIONS, type ConnectionSet, connectionsTo, NO_CONNECTIONS, union } from './connections.ts';
import type { NamespaceView } from './namespace-view.ts';
import { declaredPorts } from './ports.ts';

/**
 * One end of a connection: the Pods of a workload, or addresses. Addresses must lie wholly inside or outside of every block
 * of every policy, as a single one does and the pieces of `addressPieces` do.
 */
export type Party =
  | { readonly kind: 'workload'; readonly workload: WorkloadResource }
  | { readonly kind: 'addresses'; readonly range: AddressRange };

/** What depends on the network plugin, where the API leaves it open. */
export interface PolicyOptions {
  /** Whether an ipBlock also lets in Pods whose address lies in it (NPS-8). Most plugins look at nothing but addresses. */
  readonly blocksMatchPods: 'where-addresses-are-known' | 'never';
  /** Whether Pods on the node's network can be selected, or their traffic is the node's (NPS-11). */
  readonly hostNetworkPods: 'as-node' | 'as-pods';
}

/** What most network plugins do. */
export const DEFAULT_POLICY_OPTIONS: PolicyOptions = {
  blocksMatchPods: 'where-addresses-are-known',
  hostNetworkPods: 'as-node',
};

/** The policies that isolate a workload's Pods in a direction (NPS-1). Pods on the node's network cannot be subjects (NPS-11). */
export function isolatingPolicies(
  cluster: Cluster,
  workload: WorkloadResource,
  direction: PolicyDirection,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): readonly NetworkPolicyResource[] {
  return policiesSelecting(cluster, workload, options).filter((policy) => policy.spec.policyTypes.includes(direction));
}

/** The policies of a workload's namespace that select its Pods. */
export function policiesSelecting(
  cluster: Cluster,
  workload: WorkloadResource,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): readonly NetworkPolicyResource[] {
  if (isNode(workload, options)) return [];
  const known = cluster.derived(policyIndex);
  const found = known.get(workload) ?? findPolicies(cluster, workload);
  known.set(workload, found);
  return found;
}

/** Per workload, once it was asked for. */
function policyIndex(): Map<WorkloadResource, readonly NetworkPolicyResource[]> {
  return new Map();
}

function findPolicies(cluster: Cluster, workload: WorkloadResource): readonly NetworkPolicyResource[] {
  const { policies } = cluster.namespace(namespaceOf(workload));
  return policies.filter((policy) => matchesSelector(policy.spec.podSelector, workload.spec.template.labels));
}

/** Whether a workload's traffic is its node's, to which selectors do not apply. */
function isNode(workload: WorkloadResource, options: PolicyOptions): boolean {
  return workload.spec.template.hostNetwork && options.hostNetworkPods === 'as-node';
}

/** The workloads that a policy applies to. */
export function subjectsOf(cluster: Cluster, policy: NetworkPolicyResource): readonly WorkloadResource[] {
  const { podSelector } = policy.spec;
  return candidatesOf(cluster.namespace(namespaceOf(policy)), podSelector).filter(
    (workload) =>
      !isNode(workload, DEFAULT_POLICY_OPTIONS) && matchesSelector(podSelector, workload.spec.template.labels),
  );
}

/** The rules of a policy in a direction. */
export function rulesOf(policy: NetworkPolicyResource, direction: PolicyDirection): readonly PolicyRule[] {
  return direction === 'Ingress' ? policy.spec.ingress : policy.spec.egress;
}

/** Whether the other end of a connection is one that a rule names; a rule without peers names everyone (NPS-4). */
export function ruleNames(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule,
  party: Party,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): boolean {
  if (rule.peers.length === 0) return true;
  const isIndexed = party.kind === 'workload' && options === DEFAULT_POLICY_OPTIONS && owns(cluster, party.workload);
  if (isIndexed) return rule.peers.some((peer) => membersOfPeer(cluster, policy, peer).has(party.workload));
  return rule.peers.some((peer) => peerMatches(cluster, policy, peer, party, options));
}

function owns(cluster: Cluster, workload: WorkloadResource): boolean {
  return cluster.derived(workloadSet).has(workload);
}

function workloadSet(cluster: Cluster): ReadonlySet<WorkloadResource> {
  return new Set(cluster.namespaces.flatMap((view) => view.workloads));
}

/**
 * The workloads of the cluster that one peer of a policy stands for; kept, since every pair of workloads asks for them. Peers
 * that say the same share one set: a cluster has many rules, but few that differ in whom they name.
 */
export function membersOfPeer(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  peer: PolicyPeer,
): ReadonlySet<WorkloadResource> {
  const index = cluster.derived(peerIndex);
  const known = index.get(peer);
  if (known !== undefined) return known;
  const namespace = peer.namespaceSelector === undefined ? namespaceOf(policy) : undefined;
  const key = JSON.stringify([namespace, contentOf(peer)]);
  const found = index.get(key) ?? new Set(workloadsOfPeer(cluster, policy, peer));
  index.set(peer, found).set(key, found);
  return found;
}

/** By peer, and by what peers have in common. */
function peerIndex(): Map<PolicyPeer | string, ReadonlySet<WorkloadResource>> {
  return new Map();
}

/** What a peer says, without where it says it. */
function contentOf({ namespaceSelector, podSelector, ipBlock }: PolicyPeer): readonly unknown[] {
  const [namespaces, pods] = [namespaceSelector, podSelector].map(
    (selector) =>
      selector && [
        [...selector.matchLabels],
        selector.matchExpressions.map(({ key, operator, values }) => [key, operator, values]),
      ],
  );
  return [namespaces, pods, ipBlock?.cidr, ipBlock?.except];
}

/** The workloads of the cluster that one peer of a policy stands for. */
export function workloadsOfPeer(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  peer: PolicyPeer,
): readonly WorkloadResource[] {
  const { namespaceSelector, ipBlock } = peer;
  const own = [cluster.namespace(namespaceOf(policy))];
  const views =
    ipBlock !== undefined
      ? cluster.namespaces
      : namespaceSelector === undefined
        ? own
        : cluster.namespaces.filter((view) => matchesSelector(namespaceSelector, view.labels));
  return views
    .flatMap((view) => candidatesOf(view, peer.podSelector))
    .filter((workload) => peerMatches(cluster, policy, peer, { kind: 'workload', workload }));
}

/** The workloads of a namespace that carry the first label that a selector asks for. */
function candidatesOf(view: NamespaceView, selector: LabelSelector | undefined): readonly WorkloadResource[] {
  const [first] = selector?.matchLabels ?? [];
  return first === undefined ? view.workloads : view.workloadsWithLabel(...first);
}

/** Whether one peer of a policy stands for a party (NPS-5, NPS-6, NPS-8). */
export function peerMatches(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  peer: PolicyPeer,
  party: Party,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): boolean {
  if (peer.ipBlock !== undefined) return blockMatches(peer.ipBlock, party, options);
  if (party.kind === 'addresses' || isNode(party.workload, options)) return false;
  const namespace = namespaceOf(party.workload);
  const inNamespace =
    peer.namespaceSelector === undefined
      ? namespace === namespaceOf(policy)
      : matchesSelector(peer.namespaceSelector, cluster.namespace(namespace).labels);
  if (!inNamespace) return false;
  return peer.podSelector === undefined || matchesSelector(peer.podSelector, party.workload.spec.template.labels);
}

function blockMatches(block: IPBlock, party: Party, options: PolicyOptions): boolean {
  if (party.kind === 'addresses') return blockContains(block, party.range);
  if (options.blocksMatchPods === 'never') return false;
  return podRanges(party.workload).some((range) => blockContains(block, range));
}

function podRanges(workload: WorkloadResource): readonly AddressRange[] {
  return (workload.spec.status?.podIPs ?? []).flatMap((text) => {
    const address = parseAddress(text);
    if (address === undefined) return [];
    const { family, value } = address;
    return [{ family, first: value, last: value, prefixLength: family === 'IPv4' ? 32 : 128 }];
  });
}

function blockContains(block: IPBlock, range: AddressRange): boolean {
  const cidr = parseCidr(block.cidr);
  if (cidr === undefined || !covers(cidr, range)) return false;
  return !block.except.some((text) => {
    const except = parseCidr(text);
    return except !== undefined && covers(except, range);
  });
}

function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * The connections that the ports of a rule stand for, at this destination: names are the destination's container ports
 * (NPS-12), so towards addresses a name stands for nothing. No ports at all stand for every connection.
 */
export function portsOfRule(rule: PolicyRule, destination: Party): ConnectionSet {
  if (rule.ports.length === 0) return ALL_CONNECTIONS;
  return rule.ports.map((port) => portsOf(port, destination)).reduce(union, NO_CONNECTIONS);
}

function portsOf({ protocol, port, endPort }: PolicyPort, destination: Party): ConnectionSet {
  if (port === undefined) return connectionsTo(protocol);
  if (typeof port === 'number') return connectionsTo(protocol, { first: port, last: endPort ?? port });
  if (destination.kind === 'addresses') return NO_CONNECTIONS;
  return declaredPorts(destination.workload.spec.template)
    .map(({ containerPort }) => containerPort)
    .filter((each) => each.name === port && each.protocol === protocol)
    .map((each) => connectionsTo(protocol, { first: each.containerPort, last: each.containerPort }))
    .reduce(union, NO_CONNECTIONS);
}
