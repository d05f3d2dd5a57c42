import { admittedByRules, type Cluster, rulesOf, subjectsOf, workloadsOfPeer } from '../../cluster/index.ts';
import {
  isEmptySelector,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyDirection,
  type PolicyPeer,
  type PolicyRule,
} from '../../manifest/index.ts';
import { list, renderSelector } from '../../words.ts';
import type { FieldPath } from '../../yaml/index.ts';
import { code, join, lines, type Markup, md, text } from '../markup.ts';
import { otherPolicyNote, peersWords, peerWords, portsWords, portWords, workloadsWords } from '../policy-words.ts';
import { additionsLine } from './field.ts';
import { type HoverAnswer, isPath } from './hover-context.ts';
import { portTargets } from './policy-ports.ts';
import { storedLine } from './stored-object.ts';

/** On a NetworkPolicy: whom it isolates and whom it lets through, in words and as it is now. */
export const networkPolicyHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (resource.type !== 'NetworkPolicy') return undefined;
  if (isPath(path, ['metadata', 'name'])) return renderPolicy(cluster, resource);
  if (path[0] !== 'spec') return undefined;
  if (path[1] === 'podSelector') return renderSubjects(cluster, resource);
  if (path[1] === 'policyTypes') return renderTypes(resource);
  const direction = DIRECTIONS.get(path[1]);
  return direction && renderRules(cluster, resource, direction, path);
};

const DIRECTIONS: ReadonlyMap<unknown, PolicyDirection> = new Map([
  ['ingress', 'Ingress'],
  ['egress', 'Egress'],
]);

/** Verbs of a direction: a policy lets in, and lets out to. */
const LETS: Readonly<Record<PolicyDirection, string>> = { Ingress: 'lets in', Egress: 'lets out to' };

function renderPolicy(cluster: Cluster, policy: NetworkPolicyResource): Markup {
  const namespace = text(namespaceOf(policy));
  const isolated = workloadsWords(subjectsOf(cluster, policy), policy);
  return lines([
    md`**${text(policy.name)}** · NetworkPolicy in ${namespace} · ${typesWords(policy)}`,
    md`isolates ${isolated}`,
    ...policy.spec.policyTypes.map((direction) => directionLine(cluster, policy, direction)),
    otherPolicyNote(cluster),
    storedLine(policy),
  ]);
}

function typesWords({ spec: { policyTypes } }: NetworkPolicyResource): string {
  return policyTypes.length === 0 ? 'isolates in no direction' : list(policyTypes.map((type) => type.toLowerCase()));
}

function directionLine(cluster: Cluster, policy: NetworkPolicyResource, direction: PolicyDirection): Markup {
  const rules = rulesOf(policy, direction);
  if (rules.length === 0) return md`${LETS[direction]} nobody`;
  const { everyone, workloads, blocks } = admittedByRules(cluster, policy, rules);
  const addresses = blocks.map(({ cidr }) => code(cidr)).join(', ');
  const parts = [
    everyone ? md`everyone` : undefined,
    workloads.length > 0 ? workloadsWords(workloads, policy) : undefined,
    addresses === '' ? undefined : md`addresses in ${addresses}`,
  ].filter((part) => part !== undefined);
  const only = everyone && rules.every((rule) => rule.ports.length > 0) ? ' on some ports' : '';
  return md`${LETS[direction]} ${parts.length === 0 ? '*nobody in view*' : join(parts, ' · ')}${only}`;
}

function renderSubjects(cluster: Cluster, policy: NetworkPolicyResource): Markup {
  const { podSelector } = policy.spec;
  const namespace = text(namespaceOf(policy));
  const who = isEmptySelector(podSelector)
    ? md`isolates every Pod of namespace ${namespace}`
    : md`isolates Pods with ${code(renderSelector(podSelector))} in namespace ${namespace}`;
  return lines([who, md`now: ${workloadsWords(subjectsOf(cluster, policy), policy)}`]);
}

function renderTypes(policy: NetworkPolicyResource): Markup {
  const { policyTypes } = policy.spec;
  return lines([
    md`isolates in ${list(policyTypes.map((type) => `**${type}**`)) || 'no direction'}: what no rule of that direction lets through is dropped`,
    ...(['Ingress', 'Egress'] as const)
      .filter((direction) => !policyTypes.includes(direction))
      .map((direction) => omittedLine(policy, direction)),
  ]);
}

function omittedLine(policy: NetworkPolicyResource, direction: PolicyDirection): Markup {
  const ignored = rulesOf(policy, direction).length > 0 && `, so its ${direction.toLowerCase()} rules have no effect`;
  return md`${direction} is not limited by this policy${ignored}`;
}

function renderRules(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  direction: PolicyDirection,
  path: FieldPath,
): Markup {
  if (!policy.spec.policyTypes.includes(direction)) {
    return md`no effect: policyTypes does not name ${direction}, so this policy does not limit it`;
  }
  const rule = rulesOf(policy, direction).find((each) => each.path.at(-1) === path[2]);
  if (rule === undefined) return renderDirection(policy, direction);
  const peer = rule.peers.find((each) => each.path.at(-1) === path[4]);
  const port = rule.ports.find((each) => each.path.at(-1) === path[4]);
  if (path[3] === 'ports' && port !== undefined)
    return lines([
      portWords(port),
      additionsLine(cluster, policy, path.slice(0, 5)),
      ...portTargets(cluster, policy, rule, port),
    ]);
  return path[3] === 'ports' || peer === undefined
    ? renderRule(cluster, policy, rule)
    : renderPeer(cluster, policy, rule, peer);
}

/** All rules of a direction, one a line. */
function renderDirection(policy: NetworkPolicyResource, direction: PolicyDirection): Markup {
  const rules = rulesOf(policy, direction);
  if (rules.length === 0) return md`${LETS[direction]} nobody: there is no rule`;
  const words = rules.map((rule) => md`- ${peersWords(rule)}, ${portsWords(rule)}`);
  return md`${LETS[direction]} what any of these rules names:\n${join(words, '\n')}`;
}

function renderRule(cluster: Cluster, policy: NetworkPolicyResource, rule: PolicyRule): Markup {
  const { workloads } = admittedByRules(cluster, policy, [rule]);
  const hasSelectors = rule.peers.some((peer) => peer.ipBlock === undefined);
  return lines([
    md`${LETS[rule.direction]} ${peersWords(rule)}, ${portsWords(rule)}`,
    hasSelectors ? md`now: ${workloadsWords(workloads, policy)}` : undefined,
    alternativesNote(rule),
    otherPolicyNote(cluster),
  ]);
}

function renderPeer(cluster: Cluster, policy: NetworkPolicyResource, rule: PolicyRule, peer: PolicyPeer): Markup {
  const now = peer.ipBlock === undefined ? workloadsOfPeer(cluster, policy, peer) : undefined;
  return lines([
    md`${LETS[rule.direction]} ${peerWords(peer)}`,
    now && md`now: ${workloadsWords(now, policy)}`,
    peer.ipBlock &&
      md`meant for addresses outside of the cluster: most network plugins also match the addresses of Pods`,
    alternativesNote(rule),
  ]);
}

/** The dash that is easily set wrong: a podSelector and a namespaceSelector in two items where both were to hold. */
function alternativesNote({ peers }: PolicyRule): Markup | undefined {
  const hasPods = peers.some((peer) => peer.podSelector !== undefined && peer.namespaceSelector === undefined);
  const hasNamespaces = peers.some((peer) => peer.namespaceSelector !== undefined && peer.podSelector === undefined);
  if (!hasPods || !hasNamespaces) return undefined;
  return md`The ${peers.length} list items are alternatives. To require both selectors, put them into one item.`;
}
