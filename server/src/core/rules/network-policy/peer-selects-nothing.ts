import {
  type Cluster,
  findNearMissesOfSelector,
  findNearNamespaces,
  matchesUnlabelled,
  matchPods,
  type NamespaceView,
  type NearNamespace,
  namespacesOfPeer,
  requirementsOf,
  rulesOf,
} from '../../cluster/index.ts';
import {
  displayName,
  fieldOf,
  isEmptySelector,
  type LabelSelector,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyPeer,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { has, list, renderWanted } from '../../words.ts';
import {
  describeDifferences,
  describeMiss,
  fixDifferences,
  fixMisses,
  pathOfLabels,
  relatedMisses,
} from '../label-differences.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A peer that stands for no Pod: its rule lets nobody through there (NPS-21). */
export const rule = defineRule({
  id: 'network-policy/peer-selects-nothing',
  severity: 'warning',
  resource: 'NetworkPolicy',
  assumes: 'closed-namespace',
  check(policy, cluster) {
    return policy.spec.policyTypes
      .flatMap((direction) => rulesOf(policy, direction))
      .flatMap(({ peers }) => peers.flatMap((peer) => checkPeer(policy, cluster, peer)));
  },
});

function checkPeer(policy: NetworkPolicyResource, cluster: Cluster, peer: PolicyPeer): readonly RuleFinding[] {
  const { certain, possible } = namespacesOfPeer(cluster, policy, peer);
  // A namespace whose object is not in view may carry any label.
  if (peer.ipBlock !== undefined || possible.length > 0) return [];
  const { namespaceSelector, podSelector } = peer;
  if (certain.length === 0)
    return namespaceSelector === undefined ? [] : checkNamespaces(policy, cluster, namespaceSelector);
  if (podSelector === undefined || isEmptySelector(podSelector)) return [];
  if (namespaceSelector !== undefined && matchesUnlabelled(namespaceSelector)) return [];
  if (certain.some((view) => isOpen(cluster, view))) return [];
  const isSelected = certain.some((view) => view.workloads.some((each) => matchPods(podSelector, each) !== 'no'));
  return isSelected ? [] : [noPods(policy, cluster, peer, podSelector, certain)];
}

/** Whether Pods may run there that no manifest shows, as they always do in the cluster's own namespaces. */
function isOpen(cluster: Cluster, { name }: NamespaceView): boolean {
  return (
    name.startsWith('kube-') || name === cluster.settings.dnsService.namespace || cluster.openReason(name) !== undefined
  );
}

function noPods(
  policy: NetworkPolicyResource,
  cluster: Cluster,
  peer: PolicyPeer,
  selector: LabelSelector,
  views: readonly NamespaceView[],
): RuleFinding {
  const names = list(views.map((view) => view.name));
  const none = `This peer stands for no Pod: none in namespace ${names} ${renderWanted(selector)}.`;
  const elsewhere = peer.namespaceSelector === undefined ? workloadsElsewhere(policy, cluster, selector) : [];
  if (elsewhere.length > 0) return inOtherNamespace(policy, peer, selector, none, elsewhere);
  const misses = views.flatMap((view) => findNearMissesOfSelector(view, selector, ''));
  const [nearest] = misses;
  const path = pathOfLabels(selector);
  return {
    path,
    message: nearest === undefined ? none : `${none} ${describeMiss(nearest)}`,
    related: relatedMisses(misses),
    fixes: fixMisses(policy, path, misses),
  };
}

function workloadsElsewhere(
  policy: NetworkPolicyResource,
  cluster: Cluster,
  selector: LabelSelector,
): readonly WorkloadResource[] {
  return cluster.namespaces
    .filter((view) => view.name !== namespaceOf(policy))
    .flatMap((view) => view.workloads)
    .filter((workload) => matchPods(selector, workload) === 'yes');
}

/** A podSelector without a namespaceSelector stays in the policy's namespace (NPS-5). */
function inOtherNamespace(
  policy: NetworkPolicyResource,
  peer: PolicyPeer,
  selector: LabelSelector,
  none: string,
  elsewhere: readonly WorkloadResource[],
): RuleFinding {
  const places = elsewhere.map((workload) => `${displayName(workload)} in namespace ${namespaceOf(workload)}`);
  return {
    path: pathOfLabels(selector),
    message: `${none} ${list(places)} ${has(elsewhere)} them, which a podSelector without a namespaceSelector does not reach.`,
    related: elsewhere.slice(0, 3).map((workload) => ({
      ...fieldOf(workload, 'metadata', 'namespace'),
      message: `${displayName(workload)} is in namespace ${namespaceOf(workload)}.`,
    })),
    fixes: [...new Set(elsewhere.map(namespaceOf))].slice(0, 2).map((name) => namespaceFix(policy, peer, name)),
  };
}

function namespaceFix(policy: NetworkPolicyResource, peer: PolicyPeer, name: string): Fix {
  const path = [...peer.path, 'namespaceSelector'];
  const value = { matchLabels: { [NAME_LABEL]: name } };
  return {
    title: `Mean these Pods in namespace ${name}`,
    kind: 'suggested',
    edits: [{ resource: policy, edit: { op: 'insert', path, value } }],
  };
}

/** The label that every namespace carries (NPS-17). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** No Namespace in view has the labels. One that is called by its name may be kept somewhere else. */
function checkNamespaces(
  policy: NetworkPolicyResource,
  cluster: Cluster,
  selector: LabelSelector,
): readonly RuleFinding[] {
  if (requirementsOf(selector).some(({ key }) => key === NAME_LABEL)) return [];
  const near = findNearNamespaces(cluster.namespaces, selector);
  const [nearest] = near;
  const path = pathOfLabels(selector);
  const none = `This peer stands for no Pod in view: no Namespace here ${renderWanted(selector)}.`;
  return [
    {
      path,
      severity: nearest === undefined ? 'information' : 'warning',
      message: nearest === undefined ? none : `${none} ${describeNear(nearest)}`,
      related: near.slice(0, 3).map((each) => ({
        ...fieldOf(each.namespace, 'metadata', 'labels'),
        message: describeNear(each),
      })),
      fixes: near.slice(0, 2).flatMap(({ namespace, differences }) => {
        const { labels } = cluster.namespace(namespace.name);
        return fixDifferences(policy, path, differences, labels, displayName(namespace));
      }),
    },
  ];
}

function describeNear({ namespace, differences }: NearNamespace): string {
  const labels = new Map([...namespace.labels, [NAME_LABEL, namespace.name]]);
  return `${displayName(namespace)} has ${describeDifferences(differences, labels).join(' and ')}.`;
}
