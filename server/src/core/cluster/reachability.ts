import type { PolicyDirection, PolicyRule, WorkloadResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { ALL_CONNECTIONS, type ConnectionSet, intersection, isEmpty, NO_CONNECTIONS, union } from './connections.ts';
import {
  DEFAULT_POLICY_OPTIONS,
  isolatingPolicies,
  type Party,
  type PolicyOptions,
  portsOfRule,
  ruleNames,
  rulesOf,
} from './policies.ts';

/** Which connections NetworkPolicies allow from one party to another: what egress and ingress both allow (section 3). */
export function connectionsBetween(
  cluster: Cluster,
  from: Party,
  to: Party,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): ConnectionSet {
  const egress = connectionsOneWay(cluster, 'Egress', from, to, to, options);
  return isEmpty(egress) ? egress : intersection(egress, connectionsOneWay(cluster, 'Ingress', to, from, to, options));
}

/** What one end lets through: everything if no policy isolates it, else the union of what its policies' rules name (NPS-2). */
function connectionsOneWay(
  cluster: Cluster,
  direction: PolicyDirection,
  subject: Party,
  other: Party,
  destination: Party,
  options: PolicyOptions,
): ConnectionSet {
  if (subject.kind === 'addresses') return ALL_CONNECTIONS;
  const policies = isolatingPolicies(cluster, subject.workload, direction, options);
  if (policies.length === 0) return ALL_CONNECTIONS;
  let connections = NO_CONNECTIONS;
  for (const policy of policies) {
    for (const rule of rulesOf(policy, direction)) {
      const isNamed = ruleNames(cluster, policy, rule, other, options);
      if (isNamed) connections = union(connections, portsAt(cluster, rule, destination));
    }
  }
  return connections;
}

function portsAt(cluster: Cluster, rule: PolicyRule, destination: Party): ConnectionSet {
  if (destination.kind === 'addresses') return portsOfRule(rule, destination);
  const known = cluster.derived(portIndex).get(rule) ?? new Map<WorkloadResource, ConnectionSet>();
  const ports = known.get(destination.workload) ?? portsOfRule(rule, destination);
  cluster.derived(portIndex).set(rule, known.set(destination.workload, ports));
  return ports;
}

/** Per rule and destination, once it was asked for. */
function portIndex(): Map<PolicyRule, Map<WorkloadResource, ConnectionSet>> {
  return new Map();
}

/** Every workload of the cluster, by namespace. */
export function allWorkloads(cluster: Cluster): readonly WorkloadResource[] {
  return cluster.derived(listWorkloads);
}

function listWorkloads(cluster: Cluster): readonly WorkloadResource[] {
  return cluster.namespaces.flatMap((view) => view.workloads);
}
