import { type Cluster, findOtherPolicy, type Reach } from '../cluster/index.ts';
import {
  displayName,
  fieldOf,
  isEmptySelector,
  type LabelSelector,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type Resource,
  type WorkloadResource,
} from '../manifest/index.ts';
import { count, renderSelector } from '../words.ts';
import { code, join, link, type Markup, md, text } from './markup.ts';

/** NetworkPolicies in words. */

/** `Pods with role=client in this namespace`, `any Pod in namespaces with team=a`, `addresses in 10.0.0.0/8`. */
export function peerWords({ podSelector, namespaceSelector, ipBlock }: PolicyPeer): Markup {
  if (ipBlock !== undefined) {
    const except = ipBlock.except.map((cidr) => code(cidr)).join(', ');
    return md`addresses in ${code(ipBlock.cidr)}${except !== '' && ` except ${except}`}`;
  }
  return md`${podWords(podSelector)} in ${namespaceSelector === undefined ? 'this namespace' : namespaceWords(namespaceSelector)}`;
}

function podWords(selector: LabelSelector | undefined): string {
  return selector === undefined || isEmptySelector(selector)
    ? 'any Pod'
    : `Pods with ${code(renderSelector(selector))}`;
}

function namespaceWords(selector: LabelSelector): string {
  const name = selector.matchLabels.get('kubernetes.io/metadata.name');
  const isNamed = name !== undefined && selector.matchLabels.size === 1 && selector.matchExpressions.length === 0;
  if (isNamed) return `namespace ${code(name)}`;
  return isEmptySelector(selector) ? 'any namespace' : `namespaces with ${code(renderSelector(selector))}`;
}

/** The peers of a rule as alternatives; without peers `everyone`. */
export function peersWords({ peers }: PolicyRule): Markup {
  if (peers.length === 0) return md`everyone, in the cluster and outside of it`;
  return join(peers.map(peerWords), ', **or** ');
}

/** `TCP 80 and UDP 53`; without ports `every port of every protocol`. */
export function portsWords({ ports }: PolicyRule): Markup {
  return ports.length === 0 ? md`on every port and protocol` : md`on ${join(ports.map(portWords), ', ')}`;
}

/** `TCP 8000 to 8080`, `TCP port named http`, `every TCP port`. */
export function portWords({ protocol, port, endPort }: PolicyPort): Markup {
  if (port === undefined) return md`every ${protocol} port`;
  if (typeof port === 'string') return md`the ${protocol} port named ${code(port)}`;
  return md`${protocol} ${port}${endPort !== undefined && ` to ${endPort}`}`;
}

const MOST = 6;

/** `3 workloads: web, api (data), db`: names with links; the namespace where it is another than that of `here`. */
export function workloadsWords(workloads: readonly WorkloadResource[], here: Resource): Markup {
  if (workloads.length === 0) return md`*no workload in view*`;
  return md`${count(workloads.length, 'workload')}: ${namesOf(workloads, here)}`;
}

function namesOf(workloads: readonly WorkloadResource[], here: Resource): Markup {
  const shown = workloads.slice(0, MOST).map((workload) => workloadLink(workload, here));
  const more = workloads.length > MOST && ` and ${workloads.length - MOST} more`;
  return md`${join(shown, ', ')}${more}`;
}

function workloadLink(workload: WorkloadResource, here: Resource): Markup {
  const elsewhere = namespaceOf(workload) !== namespaceOf(here) && ` (${text(namespaceOf(workload))})`;
  return md`${link(text(displayName(workload)), fieldOf(workload, 'metadata', 'name'))}${elsewhere}`;
}

/** `Reachable by 3 of 9 workloads: web, api, batch`, with links. */
export function reachWords({ clients, candidates }: Reach, here: Resource): Markup | undefined {
  if (candidates.length === 0) return undefined;
  const names = clients.length > 0 && md`: ${namesOf(clients, here)}`;
  return md`Reachable by ${clients.length} of ${count(candidates.length, 'workload')}${names}`;
}

/** A policy's name, leading to it. */
export function policyLink(policy: NetworkPolicyResource) {
  return link(text(policy.name), fieldOf(policy, 'metadata', 'name'));
}

/** That policies of another API are in view too, which no answer here takes into account. */
export function otherPolicyNote(cluster: Cluster): Markup | undefined {
  const other = findOtherPolicy(cluster);
  if (other === undefined) return undefined;
  return md`*${link(text(displayName(other)), fieldOf(other, 'metadata', 'name'))} is enforced too and is not counted here: it can allow or deny otherwise.*`;
}
