import { displayName, type FieldRef, fieldOf, namespaceOf, type WorkloadResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { ordinalsOf } from './pod-labels.ts';

/** A Node of the cluster, as far as it matters here. */
export interface PlacedNode {
  readonly name: string;
  readonly zone: string | undefined;
}

/** What somebody wants to try out instead of what the manifests say. */
export interface PlacementOverrides {
  readonly replicas?: number | undefined;
  readonly zones?: number | undefined;
  readonly nodes?: number | undefined;
}

/** The Nodes on which Pods are placed, and where they come from. */
export interface NodePlan {
  /** So ordered that neighbours are in different zones. */
  readonly nodes: readonly PlacedNode[];
  readonly source: 'manifests' | 'settings' | 'pods' | 'assumed';
}

/** Three zones with a node each: the smallest cluster in which topology makes a difference. */
const ASSUMED_ZONES = 3;

/** At most this many nodes and Pods are laid out; more would be neither read nor drawn. */
const MOST = 1000;

/** Node manifests, else the settings' nodes, else those that Pods of a dump name, else an assumed cluster; overrides make up another one. */
export function planNodes(cluster: Cluster, { zones, nodes }: PlacementOverrides = {}): NodePlan {
  if (zones !== undefined || nodes !== undefined) {
    const known = planNodes(cluster).nodes;
    const wantedZones = Math.max(1, zones ?? Math.min(nodes ?? MOST, zonesOf(known).length || 1));
    return {
      nodes: makeNodes(wantedZones, Math.max(1, nodes ?? Math.max(known.length, wantedZones))),
      source: 'assumed',
    };
  }
  if (cluster.nodes.length > 0) {
    const written = cluster.nodes.map(({ name, spec }) => ({ name, zone: spec.zone }));
    return { nodes: interleave(written), source: 'manifests' };
  }
  const { nodes: set } = cluster.settings;
  if (set.length > 0) return { nodes: interleave(set), source: 'settings' };
  const named = cluster.derived(nodesOfPods);
  if (named.length > 0) return { nodes: named, source: 'pods' };
  return { nodes: makeNodes(ASSUMED_ZONES, ASSUMED_ZONES), source: 'assumed' };
}

/** A Pod on a node shows that the node is there, though not in which zone. */
function nodesOfPods(cluster: Cluster): readonly PlacedNode[] {
  const workloads = cluster.namespaces.flatMap((view) => view.workloads);
  const names = workloads.flatMap(({ kind, spec }) => (kind === 'Pod' ? (spec.template.nodeName ?? []) : []));
  return [...new Set(names)].sort().map((name) => ({ name, zone: undefined }));
}

/** The zones of some nodes, in order; nodes without a zone count as none. */
export function zonesOf(nodes: readonly PlacedNode[]): readonly string[] {
  return [...new Set(nodes.flatMap(({ zone }) => zone ?? []))];
}

function makeNodes(zones: number, nodes: number): readonly PlacedNode[] {
  return Array.from({ length: Math.min(nodes, MOST) }, (_, index) => {
    const zone = letters(index % zones);
    return { name: `${zone}${Math.floor(index / zones) + 1}`, zone };
  });
}

/** a, b … z, aa, ab … */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

function interleave(nodes: readonly PlacedNode[]): readonly PlacedNode[] {
  const zones = [...new Set(nodes.map(({ zone }) => zone ?? ''))];
  const perZone = zones.map((zone) => nodes.filter((node) => (node.zone ?? '') === zone));
  const longest = Math.max(0, ...perZone.map((group) => group.length));
  return Array.from({ length: longest }, (_, index) => perZone.flatMap((group) => group[index] ?? [])).flat();
}

/** A Pod of a workload: a real one from a dump, or one that the workload would make. */
export interface PlacedPod {
  /** Stays the same over edits that do not concern it. */
  readonly id: string;
  readonly name: string;
  readonly workload: WorkloadResource;
  readonly node: PlacedNode | undefined;
  /** Undefined for a Pod that is not there yet. */
  readonly addresses: readonly string[] | undefined;
  /** Its Node is not among those of the cluster. */
  readonly isNodeMissing: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly source: FieldRef;
}

/** The Pods of some workloads, spread evenly over the nodes where no manifest places them (ECS-4 to ECS-7). */
export function placePods(
  cluster: Cluster,
  workloads: readonly WorkloadResource[],
  plan: NodePlan,
  overrides: PlacementOverrides = {},
): readonly PlacedPod[] {
  let next = 0;
  const nextNode = () => plan.nodes[next++ % plan.nodes.length];
  return workloads
    .filter((workload) => !hasPodsInView(cluster, workload))
    .flatMap((workload) => podsOf(workload, plan, overrides, nextNode));
}

function podsOf(
  workload: WorkloadResource,
  plan: NodePlan,
  { replicas }: PlacementOverrides,
  nextNode: () => PlacedNode | undefined,
): readonly PlacedPod[] {
  const { spec, name } = workload;
  if (spec.kind === 'Pod') return writtenPod(workload, plan, nextNode);
  if (spec.kind === 'DaemonSet') {
    return plan.nodes.map((node) => simulatedPod(workload, `${name}-${node.name}`, node));
  }
  const wanted = Math.min(Math.max(0, replicas ?? spec.replicas ?? 1), MOST);
  const ordinals = spec.kind === 'StatefulSet' ? ordinalsOf(workload, wanted) : undefined;
  return Array.from({ length: wanted }, (_, index) =>
    simulatedPod(workload, `${name}-${ordinals?.[index] ?? `…${index + 1}`}`, nextNode()),
  );
}

function simulatedPod(workload: WorkloadResource, name: string, node: PlacedNode | undefined): PlacedPod {
  return {
    id: `${displayName(workload)}/${name}`,
    name,
    workload,
    node,
    addresses: undefined,
    isNodeMissing: false,
    serving: true,
    terminating: false,
    source: fieldOf(workload, 'metadata', 'name'),
  };
}

/** Whether a dump of a live cluster holds the Pods that a controller made, so that they need not be made up. */
function hasPodsInView(cluster: Cluster, workload: WorkloadResource): boolean {
  const { name, kind } = workload;
  if (kind === 'Pod') return false;
  return cluster.namespace(namespaceOf(workload)).workloads.some(({ spec: { owner } }) => {
    if (owner === undefined) return false;
    // A Deployment's Pods belong to its ReplicaSets, whose names are its own and a hash.
    if (kind === 'Deployment') return owner.kind === 'ReplicaSet' && owner.name.replace(/-[a-z0-9]+$/, '') === name;
    return owner.kind === kind && owner.name === name;
  });
}

/** A Pod that has ended or has no address yet is no endpoint (ECS-4, ECS-5); one without a status is taken for a ready one. */
function writtenPod(
  workload: WorkloadResource,
  plan: NodePlan,
  nextNode: () => PlacedNode | undefined,
): readonly PlacedPod[] {
  const { status, template } = workload.spec;
  const isRecorded = status !== undefined && (status.phase !== undefined || status.ready !== undefined);
  if (isRecorded && (status.phase === 'Succeeded' || status.phase === 'Failed' || status.podIPs.length === 0))
    return [];
  const pod = simulatedPod(
    workload,
    workload.name,
    nodeOf(template.nodeName, plan) ?? (isRecorded ? undefined : nextNode()),
  );
  const addresses = status === undefined || status.podIPs.length === 0 ? undefined : status.podIPs;
  const isNodeMissing =
    isRecorded && plan.source === 'manifests' && !plan.nodes.some(({ name }) => name === template.nodeName);
  const serving = isRecorded ? (status.ready ?? false) : true;
  return [{ ...pod, addresses, isNodeMissing, serving, terminating: status?.terminating ?? false }];
}

function nodeOf(name: string | undefined, plan: NodePlan): PlacedNode | undefined {
  return name === undefined ? undefined : (plan.nodes.find((node) => node.name === name) ?? { name, zone: undefined });
}
