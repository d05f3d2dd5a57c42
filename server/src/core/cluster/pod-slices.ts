import { parseAddress, renderAddress } from '../api/index.ts';
import {
  type IPFamily,
  isExternalName,
  isHeadless,
  type Labels,
  namespaceOf,
  SERVICE_NAME_LABEL,
  type ServiceResource,
  type TopologyHints,
} from '../manifest/index.ts';
import { familiesOf } from './addresses.ts';
import type { Cluster } from './cluster.ts';
import { type NodePlan, type PlacedPod, type PlacementOverrides, placePods } from './placement.ts';
import { resolveTargetPort } from './ports.ts';
import { workloadsOfService } from './select.ts';
import {
  CONTROLLER,
  HEADLESS_LABEL,
  keyOfPorts,
  MANAGER_LABEL,
  type SliceGroup,
  type SliceMember,
  type SlicePort,
  sliceSizes,
} from './slice-groups.ts';
import { type HintOutcome, hintsFor, zoneRatiosOf } from './topology-hints.ts';

/** What the EndpointSlice controller makes of a Service. */
export interface PodSlices {
  readonly groups: readonly SliceGroup[];
  /** Per address family that the Service has, what became of topology hints. */
  readonly hints: ReadonlyMap<IPFamily, HintOutcome>;
  /** Pods that are left out until their Node is there (ECS-8). */
  readonly skipped: readonly PlacedPod[];
}

/**
 * The slices of a Service with a selector, created afresh (endpointslice.md, section 4): per family, Pods with the same resolved
 * ports together, in slices of at most 100; an empty slice per family if there is no Pod.
 */
export function podSlices(
  cluster: Cluster,
  service: ServiceResource,
  plan: NodePlan,
  overrides: PlacementOverrides = {},
): PodSlices {
  if (service.spec.selector.size === 0 || isExternalName(service.spec)) {
    return { groups: [], hints: new Map(), skipped: [] };
  }
  const workloads = workloadsOfService(cluster, service).map(({ workload }) => workload);
  const placed = placePods(cluster, workloads, plan, overrides);
  const skipped = placed.filter((pod) => pod.isNodeMissing && !service.spec.publishNotReadyAddresses);
  const pods = placed.filter((pod) => !skipped.includes(pod));
  const ratios = zoneRatiosOf(cluster, plan);
  const labels = sliceLabels(service);
  const perFamily = familiesOf(cluster, service).map((family) => {
    const groups = groupPods(service, pods, family);
    const members = groups.flatMap((group) => group.members);
    const { outcome, hints } = hintsFor(service, members, ratios);
    return { family, outcome, groups: groups.map((group) => ({ ...packed(group, hints), labels })) };
  });
  const hints = new Map(perFamily.map(({ family, outcome }) => [family, outcome]));
  return { groups: perFamily.flatMap((each) => each.groups), hints, skipped };
}

/** The Service's own labels, and those that say whose and what kind of slices these are (4.6). */
function sliceLabels(service: ServiceResource): Labels {
  const labels = new Map(service.labels);
  labels.delete(HEADLESS_LABEL);
  labels.set(SERVICE_NAME_LABEL, service.name).set(MANAGER_LABEL, CONTROLLER);
  if (isHeadless(service.spec)) labels.set(HEADLESS_LABEL, '');
  return labels;
}

type OpenGroup = Pick<SliceGroup, 'addressType' | 'ports' | 'members'>;

function groupPods(service: ServiceResource, pods: readonly PlacedPod[], family: IPFamily): readonly OpenGroup[] {
  const groups = new Map<string, { addressType: string; ports: readonly SlicePort[]; members: SliceMember[] }>();
  for (const pod of pods) {
    const addresses = addressesOfFamily(pod, family);
    // A Pod without an address of the family has no place in its slices (ECS-9); one that is not there yet gets one.
    if (addresses.length === 0 && pod.addresses !== undefined) continue;
    const ports = resolvedPorts(service, pod);
    const key = keyOfPorts(ports);
    const group = groups.get(key) ?? { addressType: family, ports, members: [] };
    groups.set(key, group);
    group.members.push(memberOf(service, pod, addresses));
  }
  return groups.size > 0 ? [...groups.values()] : [{ addressType: family, ports: [], members: [] }];
}

function addressesOfFamily(pod: PlacedPod, family: IPFamily): readonly string[] {
  return (pod.addresses ?? []).flatMap((text) => {
    const address = parseAddress(text);
    return address?.family === family ? [renderAddress(family, address.value)] : [];
  });
}

/** A port whose name no container of the Pod has is left out (ECS-13). */
function resolvedPorts(service: ServiceResource, pod: PlacedPod): readonly SlicePort[] {
  return service.spec.ports.flatMap((each) => {
    const resolved = resolveTargetPort(pod.workload.spec.template, each);
    if (resolved === undefined) return [];
    return [{ name: each.name, port: resolved.port, protocol: each.protocol, appProtocol: each.appProtocol }];
  });
}

/** ready = publishNotReadyAddresses, or serving and not terminating (endpointslice.md, 4.3). */
function memberOf(service: ServiceResource, pod: PlacedPod, addresses: readonly string[]): SliceMember {
  const { hostname, subdomain } = pod.workload.spec.template;
  const isNamed = hostname !== undefined && subdomain === service.name && isSameNamespace(service, pod);
  return {
    id: pod.id,
    name: pod.name,
    origin: `${pod.workload.kind} ${pod.workload.name}`,
    addresses,
    node: pod.node?.name,
    zone: pod.node?.zone,
    hostname: isNamed ? hostname : undefined,
    ready: service.spec.publishNotReadyAddresses || (pod.serving && !pod.terminating),
    serving: pod.serving,
    terminating: pod.terminating,
    hints: undefined,
    source: pod.source,
  };
}

function isSameNamespace(service: ServiceResource, pod: PlacedPod): boolean {
  return namespaceOf(service) === namespaceOf(pod.workload);
}

/** The most endpoints that the controller puts into one slice (`--max-endpoints-per-slice`). */
const ENDPOINTS_PER_SLICE = 100;

function packed(
  { addressType, ports, members }: OpenGroup,
  hints: ReadonlyMap<SliceMember, TopologyHints>,
): Omit<SliceGroup, 'labels'> {
  return {
    addressType,
    ports,
    members: members.map((member) => ({ ...member, hints: hints.get(member) })),
    sizes: sliceSizes(members.length, ENDPOINTS_PER_SLICE),
    madeBy: 'controller',
  };
}
