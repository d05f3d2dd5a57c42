import { type AddressRange, parseCidr } from '../api/index.ts';
import {
  type IPBlock,
  type LabelSelector,
  type Labels,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type WorkloadResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { includes } from './connections.ts';
import { type Certainty, matchKnown, matchNamespace } from './known-labels.ts';
import { isolatingPolicies, portsOfRule, ruleNames, rulesOf } from './policies.ts';
import { selectByLabels } from './select.ts';

export type DnsProtocol = 'UDP' | 'TCP';

/**
 * Whether egress policies let a workload's Pods ask the cluster's DNS Pods. Those are mostly not in view: of their labels only
 * the ones in the settings are known, of their namespace only its name, so anything else that a rule asks for is `maybe`.
 */
export function reachesDns(cluster: Cluster, workload: WorkloadResource, protocol: DnsProtocol): Certainty {
  const policies = isolatingPolicies(cluster, workload, 'Egress');
  if (policies.length === 0) return 'yes';
  return anyOf(
    policies.flatMap((policy) =>
      rulesOf(policy, 'Egress').map((rule) => ruleReachesDns(cluster, policy, rule, protocol)),
    ),
  );
}

function ruleReachesDns(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule,
  protocol: DnsProtocol,
): Certainty {
  if (rule.peers.some((peer) => isOtherDns(cluster, peer)) && rule.ports.some(({ port }) => isOtherDnsPort(port))) {
    return 'maybe';
  }
  const inView = dnsWorkloads(cluster).some(
    (workload) =>
      ruleNames(cluster, policy, rule, { kind: 'workload', workload }) &&
      includes(portsOfRule(rule, { kind: 'workload', workload }), protocol, DNS_PORT),
  );
  if (inView) return 'yes';
  if (rule.ports.length > 0 && !rule.ports.some((port) => isDnsPort(port, protocol))) return 'no';
  return rule.peers.length === 0 ? 'yes' : anyOf(rule.peers.map((peer) => peerIsDns(cluster, policy, peer)));
}

const DNS_PORT = 53;

/** The names of the ports in kubeadm's CoreDNS Pods. */
const PORT_NAMES: Readonly<Record<DnsProtocol, string>> = { UDP: 'dns', TCP: 'dns-tcp' };

function isDnsPort({ protocol, port, endPort }: PolicyPort, wanted: DnsProtocol): boolean {
  if (protocol !== wanted) return false;
  if (typeof port === 'number') return port <= DNS_PORT && DNS_PORT <= (endPort ?? port);
  return port === undefined || port === PORT_NAMES[wanted];
}

/** Some distributions run their DNS elsewhere, OpenShift in openshift-dns on port 5353: a rule written for that is enough. */
function isOtherDns(cluster: Cluster, { namespaceSelector }: PolicyPeer): boolean {
  const name = namespaceSelector?.matchLabels.get('kubernetes.io/metadata.name');
  return name !== undefined && name !== cluster.settings.dnsService.namespace && !cluster.hasNamespace(name);
}

function isOtherDnsPort(port: PolicyPort['port']): boolean {
  return port === DNS_PORT || port === 5353;
}

function dnsWorkloads(cluster: Cluster): readonly WorkloadResource[] {
  const { namespace, labels } = cluster.settings.dnsService;
  return selectByLabels(cluster.namespace(namespace), labels).map(({ workload }) => workload);
}

function peerIsDns(cluster: Cluster, policy: NetworkPolicyResource, peer: PolicyPeer): Certainty {
  if (peer.ipBlock !== undefined) return mayHoldDns(cluster, peer.ipBlock);
  const { namespace, labels } = cluster.settings.dnsService;
  const view = cluster.namespace(namespace);
  const isOwn = namespaceOf(policy) === namespace ? 'yes' : 'no';
  const inNamespace = peer.namespaceSelector === undefined ? isOwn : matchNamespace(peer.namespaceSelector, view);
  if (peer.podSelector === undefined) return inNamespace;
  return allOf([inNamespace, matchDnsPods(peer.podSelector, labels)]);
}

/** The DNS Pods may carry more labels than the settings say. */
function matchDnsPods(selector: LabelSelector, labels: Labels): Certainty {
  return matchKnown(selector, (key) => (labels.has(key) ? new Set([labels.get(key)]) : 'unknown'));
}

/** Ranges in which clusters have their Pods, Services and caches on the node (RFC 1918, 6598, 3927, 4193, 4291). */
const CLUSTER_RANGES = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

/** The addresses of the DNS Pods are not known before they run, so any block in the range of clusters may hold them. */
function mayHoldDns(cluster: Cluster, { cidr, except }: IPBlock): Certainty {
  const block = parseCidr(cidr);
  if (block === undefined) return 'no';
  const ranges = [...CLUSTER_RANGES, ...cluster.settings.podCIDRs, ...cluster.settings.serviceCIDRs];
  const removed = except.flatMap((text) => parseCidr(text) ?? []);
  const isPossible = ranges
    .flatMap((text) => parseCidr(text) ?? [])
    .some((range) => overlaps(block, range) && !removed.some((each) => holds(each, range)));
  return isPossible ? 'maybe' : 'no';
}

function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

function holds(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

function allOf(parts: readonly Certainty[]): Certainty {
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

function anyOf(parts: readonly Certainty[]): Certainty {
  if (parts.includes('yes')) return 'yes';
  return parts.includes('maybe') ? 'maybe' : 'no';
}
