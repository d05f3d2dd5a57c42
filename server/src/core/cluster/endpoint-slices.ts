import { type FieldRef, isExternalName, type ServicePort, type ServiceResource } from '../manifest/index.ts';
import { familiesOf } from './addresses.ts';
import type { Cluster } from './cluster.ts';
import { type NodePlan, type PlacedPod, type PlacementOverrides, placePods } from './placement.ts';
import { resolveTargetPort } from './ports.ts';
import { workloadsOfService } from './select.ts';
import { writtenEndpoints } from './written-endpoints.ts';

/** One endpoint of a Service port: a Pod, or an address written by hand. */
export interface ServiceEndpoint {
  readonly id: string;
  readonly name: string;
  /** `Deployment cart`, or what the address is written in. */
  readonly origin: string;
  readonly node: string | undefined;
  readonly zone: string | undefined;
  readonly address: string | undefined;
  /** The Pod's port; undefined if it has none of that name, so that it is left out of this port's endpoints (ECS-13). */
  readonly port: number | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly source: FieldRef;
}

/** The endpoints behind a Service port: the selected Pods, or for a Service without selector what is written by hand. */
export function endpointsOf(
  cluster: Cluster,
  service: ServiceResource,
  port: ServicePort,
  plan: NodePlan,
  overrides: PlacementOverrides = {},
): readonly ServiceEndpoint[] {
  if (isExternalName(service.spec)) return [];
  const written = writtenEndpoints(cluster, service, port).map((each): ServiceEndpoint => {
    const { resource } = each.source;
    const origin = `${resource.kind} ${resource.name}`;
    const id = `${origin}/${each.address}:${each.port}`;
    return { ...each, id, name: each.address, origin };
  });
  if (service.spec.selector.size === 0) return written;
  return [...podsOf(cluster, service, plan, overrides).map((pod) => endpointOf(service, port, pod)), ...written];
}

function podsOf(
  cluster: Cluster,
  service: ServiceResource,
  plan: NodePlan,
  overrides: PlacementOverrides,
): readonly PlacedPod[] {
  const workloads = workloadsOfService(cluster, service).map(({ workload }) => workload);
  return placePods(workloads, plan, overrides);
}

/** ready = publishNotReadyAddresses, or serving and not terminating (endpointslice.md, 4.3). */
function endpointOf({ spec }: ServiceResource, port: ServicePort, pod: PlacedPod): ServiceEndpoint {
  const template = pod.workload.spec.template;
  return {
    id: pod.id,
    name: pod.name,
    origin: `${pod.workload.kind} ${pod.workload.name}`,
    node: pod.node?.name,
    zone: pod.node?.zone,
    address: pod.addresses[0],
    port: resolveTargetPort(template, port)?.port,
    ready: spec.publishNotReadyAddresses || pod.ready,
    serving: pod.serving,
    terminating: pod.terminating,
    source: pod.source,
  };
}

/** Slices of one address family with the same ports, as sizes: a slice holds at most 100 endpoints (4.5). */
export interface SliceGroup {
  readonly family: string;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly sizes: readonly number[];
}

const ENDPOINTS_PER_SLICE = 100;

/**
 * The EndpointSlices that the control plane makes for a Service with a selector, created afresh: per family, Pods with the same
 * resolved ports together (ECS-16); an empty slice per family if there is no Pod.
 */
export function slicesOf(
  cluster: Cluster,
  service: ServiceResource,
  plan: NodePlan,
  overrides: PlacementOverrides = {},
): readonly SliceGroup[] {
  if (service.spec.selector.size === 0 || isExternalName(service.spec)) return [];
  const groups = new Map<string, { ports: SliceGroup['ports']; count: number }>();
  for (const pod of podsOf(cluster, service, plan, overrides)) {
    const ports = resolvedPorts(service, pod);
    const key = JSON.stringify(ports);
    groups.set(key, { ports, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  if (groups.size === 0) groups.set('', { ports: [], count: 0 });
  return familiesOf(cluster, service).flatMap((family) =>
    [...groups.values()].map(({ ports, count }) => ({ family, ports, sizes: packed(count) })),
  );
}

function resolvedPorts(service: ServiceResource, pod: PlacedPod): SliceGroup['ports'] {
  return service.spec.ports.flatMap((port) => {
    const resolved = resolveTargetPort(pod.workload.spec.template, port)?.port;
    return resolved === undefined ? [] : [{ name: port.name, port: resolved }];
  });
}

function packed(count: number): readonly number[] {
  if (count === 0) return [0];
  const full = Math.floor(count / ENDPOINTS_PER_SLICE);
  const rest = count % ENDPOINTS_PER_SLICE;
  return [...Array.from({ length: full }, () => ENDPOINTS_PER_SLICE), ...(rest === 0 ? [] : [rest])];
}
