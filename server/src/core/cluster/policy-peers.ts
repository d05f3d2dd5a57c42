import {
  type IPBlock,
  isEmptySelector,
  type LabelSelector,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyDirection,
  type PolicyPeer,
  type PolicyRule,
  type WorkloadResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { matchKnown, matchNamespace } from './known-labels.ts';
import type { NamespaceView } from './namespace-view.ts';
import { rulesOf, workloadsOfPeer } from './policies.ts';

/** Whom a policy lets through in one direction. */
export interface Admitted {
  /** A rule without peers: everyone, inside and outside of the cluster. */
  readonly everyone: boolean;
  readonly workloads: readonly WorkloadResource[];
  readonly blocks: readonly IPBlock[];
}

/** Whom the rules of a policy name in one direction, each once; what another policy lets through is not counted. */
export function admittedBy(cluster: Cluster, policy: NetworkPolicyResource, direction: PolicyDirection): Admitted {
  return admittedByRules(cluster, policy, rulesOf(policy, direction));
}

export function admittedByRules(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rules: readonly PolicyRule[],
): Admitted {
  const peers = rules.flatMap((rule) => rule.peers);
  const blocks = new Map(peers.flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [[ipBlock.cidr, ipBlock]])));
  return {
    everyone: rules.some((rule) => rule.peers.length === 0),
    workloads: [...new Set(peers.flatMap((peer) => workloadsOfPeer(cluster, policy, peer)))],
    blocks: [...blocks.values()],
  };
}

/** Namespaces that a namespaceSelector matches, and those that it might: their Namespace object is not in view. */
export interface SelectedNamespaces {
  readonly certain: readonly NamespaceView[];
  readonly possible: readonly NamespaceView[];
}

/** The namespaces in view that a peer is about; without a namespaceSelector the policy's own (NPS-5). */
export function namespacesOfPeer(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  { namespaceSelector }: PolicyPeer,
): SelectedNamespaces {
  if (namespaceSelector === undefined) return { certain: [cluster.namespace(namespaceOf(policy))], possible: [] };
  const known = cluster.derived(noSelections);
  const key = JSON.stringify([[...namespaceSelector.matchLabels], namespaceSelector.matchExpressions]);
  const selected = known.get(key) ?? selectNamespaces(cluster, namespaceSelector);
  known.set(key, selected);
  return selected;
}

/** Policies of one repository mostly name the same few namespaces, by selectors of the same text. */
function noSelections(): Map<string, SelectedNamespaces> {
  return new Map();
}

function selectNamespaces(cluster: Cluster, selector: LabelSelector): SelectedNamespaces {
  const matches = cluster.namespaces.map((view) => ({ view, certainty: matchNamespace(selector, view) }));
  const matching = (wanted: 'yes' | 'maybe') =>
    matches.filter(({ certainty }) => certainty === wanted).map(({ view }) => view);
  return { certain: matching('yes'), possible: matching('maybe') };
}

/** Whether a selector also matches what carries none of the labels it names, as an empty one does. */
export function matchesUnlabelled(selector: LabelSelector): boolean {
  return isEmptySelector(selector) || matchKnown(selector, () => new Set([undefined])) === 'yes';
}
