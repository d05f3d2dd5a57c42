import { type Cluster, findNearMissesOfSelector, matchPods } from '../../cluster/index.ts';
import {
  displayName,
  isEmptySelector,
  type NetworkPolicyResource,
  namespaceOf,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { has, list, renderWanted } from '../../words.ts';
import { describeMiss, fixMisses, pathOfLabels, relatedMisses } from '../label-differences.ts';
import { defineRule } from '../rule.ts';

/** A NetworkPolicy whose podSelector no Pod of its namespace matches isolates nothing. */
export const rule = defineRule({
  id: 'network-policy/selects-no-pods',
  severity: 'warning',
  resource: 'NetworkPolicy',
  assumes: 'closed-namespace',
  check(policy, cluster) {
    const { podSelector } = policy.spec;
    const namespace = namespaceOf(policy);
    const view = cluster.namespace(namespace);
    if (isEmptySelector(podSelector) || view.workloads.some((each) => matchPods(podSelector, each) !== 'no')) return [];
    const misses = findNearMissesOfSelector(view, podSelector, policy.name);
    const [nearest] = misses;
    const none = `NetworkPolicy ${policy.name} selects no Pod, so it isolates nothing: none in namespace ${namespace} ${renderWanted(podSelector)}.`;
    const near = nearest === undefined ? describeElsewhere(policy, cluster) : describeMiss(nearest);
    return [
      {
        path: pathOfLabels(podSelector),
        message: [none, near].filter((part) => part !== '').join(' '),
        related: relatedMisses(misses),
        fixes: fixMisses(policy, pathOfLabels(podSelector), misses),
      },
    ];
  },
});

/** A policy reaches only Pods of its own namespace (NPS-7), which is easily forgotten. */
function describeElsewhere(policy: NetworkPolicyResource, cluster: Cluster): string {
  const matches = (workload: WorkloadResource) => matchPods(policy.spec.podSelector, workload) === 'yes';
  const elsewhere = cluster.namespaces.flatMap((view) => view.workloads).filter(matches);
  if (elsewhere.length === 0) return '';
  const places = elsewhere.map((workload) => `${displayName(workload)} in namespace ${namespaceOf(workload)}`);
  return `${list(places)} ${has(elsewhere)} them, but a policy selects only Pods of its own namespace.`;
}
