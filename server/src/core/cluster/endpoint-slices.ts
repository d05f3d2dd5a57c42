import type { ServiceResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import type { NodePlan, PlacementOverrides } from './placement.ts';
import { type PodSlices, podSlices } from './pod-slices.ts';
import { writtenSlices } from './written-slices.ts';

/** Every EndpointSlice that a Service would have: those made from its Pods, those written by hand, those that mirror Endpoints. */
export function slicesOf(
  cluster: Cluster,
  service: ServiceResource,
  plan: NodePlan,
  overrides: PlacementOverrides = {},
): PodSlices {
  const made = podSlices(cluster, service, plan, overrides);
  return { ...made, groups: [...made.groups, ...writtenSlices(cluster, service)] };
}
