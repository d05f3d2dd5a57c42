import { type Cluster, policiesSelecting, reachOfWorkload } from '../../cluster/index.ts';
import { fieldOf, type WorkloadResource } from '../../manifest/index.ts';
import { count } from '../../words.ts';
import type { Lens } from '../code-lens.ts';
import type { LensAnswer } from './registry.ts';
import { lensTarget } from './service.ts';

/** `reachable by 3 of 9 workloads`, `selected by 2 policies`, where there are policies at all: each opens what it counts. */
export const workloadLenses: LensAnswer = (resource, cluster) =>
  resource.type === 'Workload' ? [...reachLens(resource, cluster), ...policiesLens(resource, cluster)] : [];

function reachLens(workload: WorkloadResource, cluster: Cluster): readonly Lens[] {
  const reach = reachOfWorkload(cluster, workload);
  if (reach === undefined || reach.candidates.length === 0) return [];
  const { clients, candidates } = reach;
  const title = `reachable by ${clients.length} of ${count(candidates.length, 'workload')}`;
  const targets = clients.map((client) => fieldOf(client, 'metadata', 'name'));
  return [listLens(workload, title, targets)];
}

function policiesLens(workload: WorkloadResource, cluster: Cluster): readonly Lens[] {
  const policies = policiesSelecting(cluster, workload);
  if (policies.length === 0) return [];
  const title = `selected by ${policies.length} ${policies.length === 1 ? 'policy' : 'policies'}`;
  return [
    listLens(
      workload,
      title,
      policies.map((policy) => fieldOf(policy, 'metadata', 'name')),
    ),
  ];
}

/** A lens that opens its places, or the workload itself where there are none. */
function listLens(workload: WorkloadResource, title: string, targets: Lens['target'][]): Lens {
  const places = targets.length > 0 ? targets : [fieldOf(workload, 'metadata', 'name')];
  return { target: lensTarget(workload), title, action: { kind: 'list', title, targets: places } };
}
