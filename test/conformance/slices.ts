import {
  type Cluster,
  planNodes,
  type ServiceResource,
  type SliceGroup,
  type SliceMember,
  slicesOf,
} from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { canonical, filesOf, readLines } from './lines.ts';
import { clusterOf } from './netpol.ts';
import type { CaseResult } from './result.ts';

interface RecordedGroup {
  readonly addressType: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly Readonly<Record<string, unknown>>[];
  readonly sliceSizes: readonly number[];
  readonly endpoints: readonly RecordedEndpoint[] | null;
  readonly hintCounts?: Readonly<Record<string, number>>;
}

interface RecordedEndpoint {
  readonly addresses: readonly string[];
  readonly zone?: string;
  readonly [key: string]: unknown;
}

interface RecordedService {
  readonly namespace: string;
  readonly name: string;
  readonly groups: readonly RecordedGroup[];
  readonly events: readonly { readonly type: string; readonly reason: string; readonly message: string }[];
  readonly error?: string;
}

interface RecordedCluster {
  readonly id: string;
  readonly kind: 'exact' | 'counts' | 'totals';
  readonly objects: readonly unknown[];
  readonly services: readonly RecordedService[];
}

/** Compares the slices of generated clusters with what the EndpointSlice reconciler made; each Service counts. */
export function compareSlices({ path }: Case): CaseResult {
  const disagreed: string[] = [];
  let agreed = 0;
  for (const line of readLines<RecordedCluster>(path)) {
    const cluster = clusterOf(filesOf(line.objects));
    for (const recorded of line.services) {
      const difference = differenceIn(cluster, recorded, line.kind);
      if (difference === undefined) agreed++;
      else disagreed.push(`${line.id} ${recorded.namespace}/${recorded.name} : ${difference}`);
    }
  }
  return { agreed, disagreed, unsupported: [] };
}

function differenceIn(cluster: Cluster, recorded: RecordedService, kind: RecordedCluster['kind']): string | undefined {
  const service = cluster.namespace(recorded.namespace).findService(recorded.name);
  if (service === undefined) return 'no such Service';
  const made = slicesOf(cluster, service, planNodes(cluster));
  // That hints are given out is said once for all families.
  const firstEnabled = [...made.hints].find(([, hints]) => hints.kind === 'auto')?.[0];
  const events = [...made.hints].flatMap(([family, hints]) => {
    if (family === firstEnabled) return [event('Normal', 'TopologyAwareHintsEnabled', ENABLED, family)];
    return hints.kind === 'disabled' ? [event('Warning', 'TopologyAwareHintsDisabled', hints.reason, family)] : [];
  });
  const errors = made.skipped.map(
    ({ name, workload }) =>
      `skipping Pod ${name} for Service ${recorded.namespace}/${recorded.name}: Node ${workload.spec.template.nodeName ?? ''} Not Found`,
  );
  return (
    firstDifference(
      'group',
      recorded.groups.map((group) => canonical(sortedGroup(group))),
      made.groups.map((group) => canonical(renderGroup(service, group, kind))),
    ) ??
    firstDifference('event', recorded.events.map(canonical), events.map(canonical)) ??
    firstDifference('error', recorded.error === undefined ? [] : recorded.error.split(', '), errors)
  );
}

const ENABLED = 'Topology Aware Hints has been enabled';

function event(type: string, reason: string, message: string, family: string): RecordedService['events'][number] {
  return { type, reason, message: `${message}, addressType: ${family}` };
}

/** What is expected and is not there, or is there and not expected; undefined if both are the same. */
function firstDifference(what: string, expected: readonly string[], got: readonly string[]): string | undefined {
  const missing = expected.find((each) => !got.includes(each));
  const extra = got.find((each) => !expected.includes(each));
  if (missing === undefined && extra === undefined && expected.length === got.length) return undefined;
  return `${what} ${missing ?? 'nothing more'} (got ${extra ?? 'nothing'})`;
}

function sortedGroup(group: RecordedGroup): unknown {
  const endpoints = (group.endpoints ?? []).map(canonical).sort();
  return { ...group, ports: group.ports.map(canonical).sort(), endpoints };
}

function renderGroup(service: ServiceResource, group: SliceGroup, kind: RecordedCluster['kind']): unknown {
  return {
    addressType: group.addressType,
    labels: Object.fromEntries(group.labels),
    ports: group.ports.map((port) => canonical({ ...port })).sort(),
    sliceSizes: group.sizes,
    endpoints: group.members.map((member) => canonical(renderEndpoint(service, group, member, kind))).sort(),
    ...countHints(group, kind),
  };
}

function renderEndpoint(
  service: ServiceResource,
  { madeBy }: SliceGroup,
  member: SliceMember,
  kind: RecordedCluster['kind'],
): unknown {
  const { addresses, ready, serving, terminating, node, zone, hostname, hints } = member;
  const namespace = service.writtenNamespace ?? 'default';
  return {
    addresses,
    ...(madeBy === 'controller'
      ? {
          conditions: { ready, serving, terminating },
          targetRef: { kind: 'Pod', namespace, name: member.name },
        }
      : { conditions: { ready } }),
    ...(node === undefined ? {} : { nodeName: node }),
    ...(zone === undefined ? {} : { zone }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(kind === 'exact' && hints !== undefined ? { hints: renderHints(hints) } : {}),
  };
}

function renderHints({ zones, nodes }: NonNullable<SliceMember['hints']>): unknown {
  const named = (names: readonly string[]) => names.map((name) => ({ name }));
  return {
    ...(zones.length === 0 ? {} : { forZones: named(zones) }),
    ...(nodes.length === 0 ? {} : { forNodes: named(nodes) }),
  };
}

/** `zone-a -> zone-b`, or only `-> zone-b` where chance decides who gives. */
function countHints({ members }: SliceGroup, kind: RecordedCluster['kind']): Pick<RecordedGroup, 'hintCounts'> {
  const counts: Record<string, number> = {};
  for (const { zone = '', hints } of members) {
    for (const to of hints?.zones ?? []) {
      const key = kind === 'counts' ? `${zone} -> ${to}` : `-> ${to}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return kind === 'exact' || Object.keys(counts).length === 0 ? {} : { hintCounts: counts };
}
