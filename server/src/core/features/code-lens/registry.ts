import type { Cluster } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import type { Lens } from '../code-lens.ts';
import { ingressLenses } from './ingress.ts';
import { networkPolicyLenses } from './network-policy.ts';
import { serviceLenses } from './service.ts';
import { workloadLenses } from './workload.ts';

/** The lenses of one kind of resource; empty for the others. */
export type LensAnswer = (resource: Resource, cluster: Cluster) => readonly Lens[];

/** Every kind of lens, in the order in which they stand on a line. */
export const LENSES: readonly LensAnswer[] = [serviceLenses, ingressLenses, networkPolicyLenses, workloadLenses];
