import type { OpaqueResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';

/** API groups of policies that are enforced beside NetworkPolicies and may allow or deny what those do not. */
const GROUPS = new Set([
  'cilium.io',
  'crd.antrea.io',
  'crd.projectcalico.org',
  'policy.networking.k8s.io',
  'projectcalico.org',
]);

/** The first policy of another API in the cluster. Beside one, NetworkPolicies alone do not tell what is let through. */
export function findOtherPolicy(cluster: Cluster): OpaqueResource | undefined {
  return cluster.namespaces
    .flatMap((view) => view.opaque)
    .find(({ group, kind }) => GROUPS.has(group) && kind.endsWith('NetworkPolicy'));
}
