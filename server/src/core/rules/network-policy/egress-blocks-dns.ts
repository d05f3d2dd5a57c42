import {
  type Cluster,
  findOtherPolicy,
  isolatingPolicies,
  reachesDns,
  subjectsOf,
  usesClusterDns,
} from '../../cluster/index.ts';
import {
  displayName,
  type NetworkPolicyResource,
  type PolicyRule,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { list } from '../../words.ts';
import type { YamlValue } from '../../yaml/index.ts';
import { defineRule, type Related, type RuleFinding } from '../rule.ts';

/** Pods that may open connections to others, but not ask for their addresses. */
export const rule = defineRule({
  id: 'network-policy/egress-blocks-dns',
  severity: 'warning',
  resource: 'NetworkPolicy',
  assumes: 'closed-set',
  check(policy, cluster) {
    if (!policy.spec.policyTypes.includes('Egress') || findOtherPolicy(cluster) !== undefined) return [];
    const subjects = subjectsOf(cluster, policy)
      .filter((workload) => usesClusterDns(workload.spec.template))
      .filter((workload) => mainPolicy(cluster, workload) === policy);
    const withoutUdp = subjects.filter((workload) => reachesDns(cluster, workload, 'UDP') === 'no');
    if (withoutUdp.length > 0) return [blocked(policy, cluster, withoutUdp)];
    const withoutTcp = subjects.filter((workload) => reachesDns(cluster, workload, 'TCP') === 'no');
    return withoutTcp.length > 0 ? [tcpBlocked(policy, cluster, withoutTcp)] : [];
  },
});

/**
 * The policy that a fault of a workload's egress is shown at: of those that isolate it, the first by name with a rule. Without any
 * rule nothing may leave at all, which is meant: names are then of no use.
 */
function mainPolicy(cluster: Cluster, workload: WorkloadResource): NetworkPolicyResource | undefined {
  const withRules = isolatingPolicies(cluster, workload, 'Egress').filter(({ spec }) => spec.egress.length > 0);
  return [...withRules].sort((a, b) => (a.name < b.name ? -1 : 1))[0];
}

function blocked(policy: NetworkPolicyResource, cluster: Cluster, workloads: readonly WorkloadResource[]): RuleFinding {
  const message =
    `${list(workloads.map(displayName))} cannot resolve names: egress is limited, and no rule lets UDP 53 out to the ` +
    `cluster's DNS in ${cluster.settings.dnsService.namespace}.`;
  return { ...placeAndFix(policy, cluster), message, related: nearRules(policy) };
}

/** Rules that were meant for DNS and name other Pods. */
function nearRules(policy: NetworkPolicyResource): readonly Related[] {
  return policy.spec.egress
    .filter((rule) => rule.ports.some(({ port, protocol }) => port === 53 && protocol === 'UDP'))
    .map((rule) => ({ resource: policy, path: rule.path, message: describeNear(rule) }));
}

function describeNear({ peers }: PolicyRule): string {
  const staysHere = peers.every((peer) => peer.podSelector !== undefined && peer.namespaceSelector === undefined);
  const why = staysHere
    ? " a podSelector without a namespaceSelector means Pods of the policy's own namespace"
    : ' it names others';
  return `This rule lets UDP 53 out, but not to the DNS Pods:${why}.`;
}

function tcpBlocked(
  policy: NetworkPolicyResource,
  cluster: Cluster,
  workloads: readonly WorkloadResource[],
): RuleFinding {
  const message =
    `${list(workloads.map(displayName))} may ask DNS over UDP only: answers too long for UDP are asked for again over TCP 53, ` +
    'which no rule lets out.';
  return { ...placeAndFix(policy, cluster), message, severity: 'information' };
}

function placeAndFix(policy: NetworkPolicyResource, cluster: Cluster): Omit<RuleFinding, 'message'> {
  const path = [...policy.spec.path, 'egress'];
  const edit = { op: 'append', path, value: dnsRule(cluster) } as const;
  return {
    path,
    part: 'key',
    fixes: [{ title: 'Let DNS queries out (UDP and TCP 53)', kind: 'safe', edits: [{ resource: policy, edit }] }],
  };
}

function dnsRule(cluster: Cluster): YamlValue {
  const { namespace, labels } = cluster.settings.dnsService;
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        podSelector: { matchLabels: Object.fromEntries(labels) },
      },
    ],
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  };
}
