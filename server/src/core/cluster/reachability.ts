import {
  displayName,
  type FieldRef,
  fieldOf,
  type NetworkPolicyResource,
  type PolicyDirection,
  type PolicyRule,
  type Protocol,
  type WorkloadResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import {
  ALL_CONNECTIONS,
  type ConnectionSet,
  includes,
  intersection,
  isEmpty,
  NO_CONNECTIONS,
  union,
} from './connections.ts';
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
  return policies
    .flatMap((policy) => rulesOf(policy, direction).filter((rule) => ruleNames(cluster, policy, rule, other, options)))
    .map((rule) => portsOfRule(rule, destination))
    .reduce(union, NO_CONNECTIONS);
}

/** One step of an explanation, and the line it comes from. */
export interface Fact {
  readonly text: string;
  readonly holds: 'yes' | 'no';
  readonly source: FieldRef | undefined;
}

/** Whether a connection is allowed, and the facts that decide it. `undefined` is where the API defines nothing (NPS-11). */
export interface Verdict {
  readonly outcome: 'allowed' | 'denied' | 'undefined';
  readonly facts: readonly Fact[];
}

/** May Pods of `from` open a connection to a port of Pods of `to`? Policies see the Pod's port, not the Service's (NPS-13). */
export function verdictOn(
  cluster: Cluster,
  from: WorkloadResource,
  to: WorkloadResource,
  protocol: Protocol,
  port: number,
): Verdict {
  const onNode = [from, to].find((workload) => workload.spec.template.hostNetwork);
  if (onNode !== undefined) {
    const source = { resource: onNode, path: [...onNode.spec.template.path, 'spec', 'hostNetwork'] };
    const text = `${displayName(onNode)} uses the node's network, where policies are not defined.`;
    return { outcome: 'undefined', facts: [{ text, holds: 'no', source }] };
  }
  const destination: Party = { kind: 'workload', workload: to };
  const target = { protocol, port, destination };
  const facts = [factOf(cluster, 'Egress', from, to, target), factOf(cluster, 'Ingress', to, from, target)];
  return { outcome: facts.every((fact) => fact.holds === 'yes') ? 'allowed' : 'denied', facts };
}

interface Target {
  readonly protocol: Protocol;
  readonly port: number;
  readonly destination: Party;
}

function factOf(
  cluster: Cluster,
  direction: PolicyDirection,
  subject: WorkloadResource,
  other: WorkloadResource,
  target: Target,
): Fact {
  const side = direction.toLowerCase();
  const policies = isolatingPolicies(cluster, subject, direction);
  const [first] = policies;
  if (first === undefined) {
    return { text: `No policy isolates ${displayName(subject)} for ${side}.`, holds: 'yes', source: undefined };
  }
  const allowing = findAllowingRule(cluster, policies, direction, other, target);
  const goal = `${displayName(other)} ${direction === 'Egress' ? 'on' : 'to'} ${target.protocol} ${target.port}`;
  if (allowing !== undefined) {
    const source = { resource: allowing.policy, path: allowing.rule.path };
    return { text: `NetworkPolicy ${allowing.policy.name} lets ${goal} through.`, holds: 'yes', source };
  }
  const source = fieldOf(first, 'metadata', 'name');
  const text = `NetworkPolicy ${first.name} isolates ${displayName(subject)} for ${side}, and no rule names ${goal}.`;
  return { text, holds: 'no', source };
}

function findAllowingRule(
  cluster: Cluster,
  policies: readonly NetworkPolicyResource[],
  direction: PolicyDirection,
  other: WorkloadResource,
  { protocol, port, destination }: Target,
): { readonly policy: NetworkPolicyResource; readonly rule: PolicyRule } | undefined {
  for (const policy of policies) {
    const rule = rulesOf(policy, direction).find(
      (each) =>
        ruleNames(cluster, policy, each, { kind: 'workload', workload: other }) &&
        includes(portsOfRule(each, destination), protocol, port),
    );
    if (rule !== undefined) return { policy, rule };
  }
  return undefined;
}

/** The other workloads of the cluster from which a workload's Pods can be reached on any port. */
export function clientsOf(cluster: Cluster, workload: WorkloadResource): readonly WorkloadResource[] {
  const to: Party = { kind: 'workload', workload };
  return allWorkloads(cluster).filter(
    (other) => other !== workload && !isEmpty(connectionsBetween(cluster, { kind: 'workload', workload: other }, to)),
  );
}

/** The other workloads of the cluster that a workload's Pods can reach on any port. */
export function serversOf(cluster: Cluster, workload: WorkloadResource): readonly WorkloadResource[] {
  const from: Party = { kind: 'workload', workload };
  return allWorkloads(cluster).filter(
    (other) => other !== workload && !isEmpty(connectionsBetween(cluster, from, { kind: 'workload', workload: other })),
  );
}

export function allWorkloads(cluster: Cluster): readonly WorkloadResource[] {
  return cluster.derived(listWorkloads);
}

function listWorkloads(cluster: Cluster): readonly WorkloadResource[] {
  return cluster.namespaces.flatMap((view) => view.workloads);
}
