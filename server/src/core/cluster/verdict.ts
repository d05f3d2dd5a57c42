import { renderAddress } from '../api/index.ts';
import {
  displayName,
  type FieldRef,
  fieldOf,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyDirection,
  type PolicyRule,
  type Protocol,
  type WorkloadResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { includes } from './connections.ts';
import { findOtherPolicy } from './other-policies.ts';
import {
  DEFAULT_POLICY_OPTIONS,
  isolatingPolicies,
  type Party,
  type PolicyOptions,
  peerMatches,
  portsOfRule,
  ruleNames,
  rulesOf,
} from './policies.ts';

/** One step of an explanation, and the field it comes from. */
export interface Fact {
  readonly text: string;
  /** Whether the connection gets past this step. */
  readonly holds: 'yes' | 'no';
  readonly source: FieldRef | undefined;
}

/**
 * Whether a connection is allowed, and the facts that decide it. `undefined` where NetworkPolicies do not tell: for Pods on the
 * node's network (NPS-11), and beside policies of another API.
 */
export interface Verdict {
  readonly outcome: 'allowed' | 'denied' | 'undefined';
  readonly facts: readonly Fact[];
}

/** A connection that may be opened: policies see the destination Pod's own port, not a Service's (NPS-13). */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: Protocol;
  readonly port: number;
}

/** May this connection be opened, and why: first what the client's egress policies say, then the server's ingress policies. */
export function verdictOn(
  cluster: Cluster,
  connection: Connection,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): Verdict {
  const undecided = findUndecided(cluster, connection);
  if (undecided !== undefined) return { outcome: 'undefined', facts: [undecided] };
  const facts = (['Egress', 'Ingress'] as const).flatMap((direction) =>
    factsOf({ cluster, connection, direction, options }),
  );
  return { outcome: facts.every((fact) => fact.holds === 'yes') ? 'allowed' : 'denied', facts };
}

function findUndecided(cluster: Cluster, { from, to }: Connection): Fact | undefined {
  const other = findOtherPolicy(cluster);
  if (other !== undefined) {
    const text = `${displayName(other)} is enforced beside NetworkPolicies and is not evaluated.`;
    return { text, holds: 'no', source: fieldOf(other, 'metadata', 'name') };
  }
  const onNode = [from, to].flatMap((party) => (party.kind === 'workload' ? party.workload : [])).find(usesNode);
  if (onNode === undefined) return undefined;
  const source = { resource: onNode, path: [...onNode.spec.template.path, 'spec', 'hostNetwork'] };
  const text = `${displayName(onNode)} uses its node's network, for which policies are not defined.`;
  return { text, holds: 'no', source };
}

function usesNode(workload: WorkloadResource): boolean {
  return workload.spec.template.hostNetwork;
}

/** One direction of a connection. */
interface Side {
  readonly cluster: Cluster;
  readonly connection: Connection;
  readonly direction: PolicyDirection;
  readonly options: PolicyOptions;
}

interface OwnedRule {
  readonly policy: NetworkPolicyResource;
  readonly rule: PolicyRule;
}

function factsOf(side: Side): readonly Fact[] {
  const { cluster, connection, direction, options } = side;
  const subject = direction === 'Egress' ? connection.from : connection.to;
  if (subject.kind === 'addresses') return [];
  const policies = isolatingPolicies(cluster, subject.workload, direction, options);
  const name = displayName(subject.workload);
  const [first] = policies;
  if (first === undefined) {
    return [{ text: `No policy isolates ${name} for ${direction.toLowerCase()}.`, holds: 'yes', source: undefined }];
  }
  const text = `${name} is isolated for ${direction.toLowerCase()} by NetworkPolicy ${policies.map((each) => each.name).join(', ')}.`;
  const isolated: Fact = { text, holds: 'yes', source: fieldOf(first, 'metadata', 'name') };
  return [isolated, ...ruleFacts(side, policies)];
}

/** The rule that lets the connection through, else the one that comes nearest: it names the other end, but not the port. */
function ruleFacts(side: Side, policies: readonly NetworkPolicyResource[]): readonly Fact[] {
  const { cluster, connection, direction, options } = side;
  const other = direction === 'Egress' ? connection.to : connection.from;
  const goal = nameOf(other);
  const port = `${connection.protocol} ${connection.port}`;
  const naming = policies
    .flatMap((policy) => rulesOf(policy, direction).map((rule): OwnedRule => ({ policy, rule })))
    .filter(({ policy, rule }) => ruleNames(cluster, policy, rule, other, options));
  const allowing = naming.find(({ rule }) =>
    includes(portsOfRule(rule, connection.to), connection.protocol, connection.port),
  );
  if (allowing !== undefined) {
    const text = `A rule of NetworkPolicy ${allowing.policy.name} names ${goal}`;
    return [
      { text: `${text}.`, holds: 'yes', source: peerSource(side, allowing, other) },
      { text: `It lets ${port} through.`, holds: 'yes', source: portSource(allowing, connection) },
    ];
  }
  const [nearest] = naming;
  if (nearest === undefined) return [{ text: `No rule names ${goal}.`, holds: 'no', source: undefined }];
  const text = `A rule of NetworkPolicy ${nearest.policy.name} names ${goal}, but none lets ${port} through.`;
  return [{ text, holds: 'no', source: { resource: nearest.policy, path: [...nearest.rule.path, 'ports'] } }];
}

function peerSource({ cluster, options }: Side, { policy, rule }: OwnedRule, other: Party): FieldRef {
  const peer = rule.peers.find((each) => peerMatches(cluster, policy, each, other, options));
  return { resource: policy, path: peer?.path ?? rule.path };
}

function portSource({ policy, rule }: OwnedRule, { to, protocol, port }: Connection): FieldRef {
  const found = rule.ports.find((each) => includes(portsOfRule({ ...rule, ports: [each] }, to), protocol, port));
  return { resource: policy, path: found?.path ?? rule.path };
}

function nameOf(party: Party): string {
  if (party.kind === 'workload') return `${displayName(party.workload)} in namespace ${namespaceOf(party.workload)}`;
  const { family, first, last } = party.range;
  return first === last
    ? renderAddress(family, first)
    : `${renderAddress(family, first)} to ${renderAddress(family, last)}`;
}
