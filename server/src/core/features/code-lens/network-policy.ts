import { admittedBy, type Cluster, rulesOf, subjectsOf } from '../../cluster/index.ts';
import { fieldOf, type NetworkPolicyResource, type PolicyDirection } from '../../manifest/index.ts';
import { count } from '../../words.ts';
import type { Lens } from '../code-lens.ts';
import type { LensAnswer } from './registry.ts';
import { lensTarget } from './service.ts';

/** `isolates 2 workloads`, `lets in 3 workloads and 1 CIDR`, `lets out to 1 workload`: each opens what it counts. */
export const networkPolicyLenses: LensAnswer = (resource, cluster) => {
  if (resource.type !== 'NetworkPolicy') return [];
  return [
    isolatesLens(resource, cluster),
    ...resource.spec.policyTypes.map((direction) => letsLens(resource, cluster, direction)),
  ];
};

function isolatesLens(policy: NetworkPolicyResource, cluster: Cluster): Lens {
  const subjects = subjectsOf(cluster, policy);
  const title =
    subjects.length === 0 ? 'isolates no workload in view' : `isolates ${count(subjects.length, 'workload')}`;
  const targets = subjects.map((workload) => fieldOf(workload, 'metadata', 'name'));
  return listLens(policy, title, targets, 'podSelector');
}

function letsLens(policy: NetworkPolicyResource, cluster: Cluster, direction: PolicyDirection): Lens {
  const { everyone, workloads, blocks } = admittedBy(cluster, policy, direction);
  const verb = direction === 'Ingress' ? 'lets in' : 'lets out to';
  const counts = [
    ...(workloads.length > 0 ? [count(workloads.length, 'workload')] : []),
    ...(blocks.length > 0 ? [count(blocks.length, 'CIDR')] : []),
  ];
  const none = rulesOf(policy, direction).length > 0 ? 'nobody in view' : 'nobody';
  const title = everyone ? `${verb} everyone` : `${verb} ${counts.join(' and ') || none}`;
  const targets = [
    ...workloads.map((workload) => fieldOf(workload, 'metadata', 'name')),
    ...blocks.map(({ path }) => ({ resource: policy, path: [...path, 'cidr'] })),
  ];
  return listLens(policy, title, everyone ? [] : targets, direction.toLowerCase());
}

/** A lens that opens its places, or, where it counts none, the field that says so. */
function listLens(policy: NetworkPolicyResource, title: string, targets: Lens['target'][], field: string): Lens {
  const places = targets.length > 0 ? targets : [fieldOf(policy, 'spec', field)];
  return { target: lensTarget(policy), title, action: { kind: 'list', title, targets: places } };
}
