import { isTopologyAuto, type ServiceResource, TOPOLOGY_ANNOTATIONS, type TopologyHints } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import type { NodePlan } from './placement.ts';
import type { SliceMember } from './slice-groups.ts';

/** What became of topology hints, for the endpoints of one address family. */
export type HintOutcome =
  /** Nothing asks for them. */
  | { readonly kind: 'none' }
  /** `trafficDistribution` puts each endpoint's own zone into its hints, and for some values its own node. */
  | { readonly kind: 'distribution' }
  /** The annotation `topology-mode: Auto` asks for them, and they were given out. */
  | { readonly kind: 'auto' }
  /** It asks for them in vain; why, in the controller's words. */
  | { readonly kind: 'disabled'; readonly reason: string };

interface Allocation {
  readonly outcome: HintOutcome;
  readonly hints: ReadonlyMap<SliceMember, TopologyHints>;
}

const DISTRIBUTIONS: ReadonlySet<string> = new Set(['PreferClose', 'PreferSameZone', 'PreferSameNode']);

/** Hints of the endpoints of one address family (endpointslice.md, section 6). Of the annotation and the field, the annotation counts. */
export function hintsFor(
  service: ServiceResource,
  members: readonly SliceMember[],
  ratios: ReadonlyMap<string, number> | undefined,
): Allocation {
  if (isAuto(service))
    return allocate(
      members.filter(({ ready }) => ready),
      ratios,
    );
  const distribution = service.spec.trafficDistribution ?? '';
  if (!DISTRIBUTIONS.has(distribution)) return { outcome: { kind: 'none' }, hints: new Map() };
  const hints = members.flatMap((member) => {
    const { zone, node, ready } = member;
    const nodes = distribution === 'PreferSameNode' && node !== undefined ? [node] : [];
    if (!ready || (zone === undefined && nodes.length === 0)) return [];
    return [[member, { zones: zone === undefined ? [] : [zone], nodes }] as const];
  });
  return { outcome: { kind: 'distribution' }, hints: new Map(hints) };
}

function isAuto({ annotations }: ServiceResource): boolean {
  const deciding = TOPOLOGY_ANNOTATIONS.find((name) => annotations.has(name));
  return deciding !== undefined && isTopologyAuto(annotations.get(deciding));
}

/**
 * Each zone's part of the CPU that Pods may use; undefined if it cannot be said, or there are fewer than two zones (6.3). Nodes
 * without a status, and those that are only assumed, count as ready and of the same size.
 */
export function zoneRatiosOf(cluster: Cluster, plan: NodePlan): ReadonlyMap<string, number> | undefined {
  const nodes = plan.source === 'manifests' ? measuredNodes(cluster) : plan.nodes.map(({ zone }) => ({ zone, cpu: 1 }));
  if (nodes.some(({ zone, cpu }) => !zone || cpu === 0)) return undefined;
  const total = nodes.reduce((sum, { cpu }) => sum + cpu, 0);
  const perZone = new Map<string, number>();
  for (const { zone = '', cpu } of nodes) perZone.set(zone, (perZone.get(zone) ?? 0) + cpu);
  if (perZone.size < 2) return undefined;
  return new Map([...perZone].map(([zone, cpu]) => [zone, cpu / total]));
}

function measuredNodes(cluster: Cluster): readonly { readonly zone: string | undefined; readonly cpu: number }[] {
  return cluster.nodes
    .filter(({ spec }) => !spec.isControlPlane && (spec.status?.ready ?? true))
    .map(({ spec }) => ({ zone: spec.zone, cpu: spec.status === undefined ? 1 : spec.status.milliCPU }));
}

/** How much more than its part an endpoint may get before hints are given up. */
const OVERLOAD = 0.2;

/** Gives every ready endpoint one zone, in proportion to the zones' CPU, or none if that cannot be done (6.4, 6.5). */
function allocate(ready: readonly SliceMember[], ratios: ReadonlyMap<string, number> | undefined): Allocation {
  const refused = findRefusal(ready, ratios);
  if (refused !== undefined || ratios === undefined) {
    return { outcome: { kind: 'disabled', reason: refused ?? NO_NODE_INFORMATION }, hints: new Map() };
  }
  const served = new Map(ready.map((member) => [member, member.zone ?? '']));
  redistribute(served, movesBetween(countZones(ready), desiredPerZone(ratios, ready.length)));
  const hints = new Map([...served].map(([member, zone]) => [member, { zones: [zone], nodes: [] }]));
  return { outcome: { kind: 'auto' }, hints };
}

const NO_NODE_INFORMATION = 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';

function findRefusal(
  ready: readonly SliceMember[],
  ratios: ReadonlyMap<string, number> | undefined,
): string | undefined {
  if (ratios === undefined) return NO_NODE_INFORMATION;
  const figures = `(${ready.length} endpoints, ${ratios.size} zones)`;
  if (ratios.size > ready.length) return `Insufficient number of endpoints ${figures}`;
  const minimum = [...ratios.values()].reduce((sum, ratio) => sum + minimumOf(ratio, ready.length), 0);
  if (minimum > ready.length) {
    return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${figures}`;
  }
  if (ready.some(({ zone }) => !zone)) return 'One or more endpoints do not have a zone specified';
  return undefined;
}

function minimumOf(ratio: number, endpoints: number): number {
  return Math.ceil(ratio * endpoints * (1 / (1 + OVERLOAD)));
}

function desiredPerZone(ratios: ReadonlyMap<string, number>, endpoints: number): ReadonlyMap<string, number> {
  return new Map([...ratios].map(([zone, ratio]) => [zone, Math.max(ratio * endpoints, minimumOf(ratio, endpoints))]));
}

function countZones(ready: readonly SliceMember[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { zone = '' } of ready) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return counts;
}

interface Moves {
  readonly giving: Map<string, number>;
  readonly receiving: Map<string, number>;
}

/** How many endpoints each zone gives away and gets: from the one with most too many to the one with most too few, one by one. */
function movesBetween(counts: ReadonlyMap<string, number>, desired: ReadonlyMap<string, number>): Moves {
  const surplus = new Map([...desired].map(([zone, number]) => [zone, (counts.get(zone) ?? 0) - number]));
  const moves: Moves = { giving: new Map(), receiving: new Map() };
  for (;;) {
    const zones = [...surplus.keys()].sort((a, b) => (surplus.get(b) ?? 0) - (surplus.get(a) ?? 0));
    const [giver, receiver] = [zones[0] ?? '', zones.at(-1) ?? ''];
    const give = surplus.get(giver) ?? 0;
    const need = -(surplus.get(receiver) ?? 0);
    if (give < 0.5 || need < 0.5 || (give < 1 && need < 1)) return moves;
    surplus.set(giver, give - 1);
    surplus.set(receiver, 1 - need);
    moves.giving.set(giver, (moves.giving.get(giver) ?? 0) + 1);
    moves.receiving.set(receiver, (moves.receiving.get(receiver) ?? 0) + 1);
  }
}

/** The controller takes any receiving zone; here it is always the first. */
function redistribute(served: Map<SliceMember, string>, { giving, receiving }: Moves): void {
  for (const [member, zone] of served) {
    const [receiver] = [...receiving.keys()];
    const left = giving.get(zone) ?? 0;
    if (receiver === undefined || left === 0) continue;
    served.set(member, receiver);
    take(giving, zone);
    take(receiving, receiver);
  }
}

function take(amounts: Map<string, number>, zone: string): void {
  const left = (amounts.get(zone) ?? 0) - 1;
  if (left > 0) amounts.set(zone, left);
  else amounts.delete(zone);
}
