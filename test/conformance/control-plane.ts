import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Cluster, planNodes, type SliceGroup, type SliceMember, slicesOf } from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { canonical, filesOf } from './lines.ts';
import { clusterOf } from './netpol.ts';
import { addResults, type CaseResult, unsupported } from './result.ts';

interface StoredObject {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
}

interface StoredService {
  readonly namespace: string;
  readonly name: string;
  readonly spec: unknown;
}

interface RecordedSlice {
  readonly metadata: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly addressType: string;
  readonly ports: readonly Readonly<Record<string, unknown>>[] | null;
  readonly endpoints: readonly RecordedEndpoint[] | null;
}

interface RecordedEndpoint {
  readonly addresses: readonly string[];
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly nodeName?: string;
  readonly zone?: string;
  readonly hostname?: string;
}

/** Compares the slices of a whole cluster with those that a control plane made; each Service counts. */
export function compareControlPlane({ path }: Case): CaseResult {
  const read = <Content>(name: string) => JSON.parse(readFileSync(join(path, name), 'utf8')) as Content;
  const services = read<readonly StoredService[]>('services.json');
  const slices = read<readonly RecordedSlice[]>('endpointslices.json');
  const documents = parseAllDocuments(readFileSync(join(path, 'cluster.yaml'), 'utf8'));
  const objects = documents.map((document) => asStored(document.toJS() as StoredObject, services));
  const cluster = clusterOf(filesOf(objects));
  return services
    .map((service) => compareService(cluster, service, slices))
    .reduce(addResults, { agreed: 0, disagreed: [], unsupported: [] });
}

function compareService(
  cluster: Cluster,
  { namespace, name }: StoredService,
  slices: readonly RecordedSlice[],
): CaseResult {
  const service = cluster.namespace(namespace).findService(name);
  if (service === undefined) return unsupported(1, 'Services that the control plane brings along');
  const own = slices.filter(
    ({ metadata }) => metadata.namespace === namespace && metadata.labels['kubernetes.io/service-name'] === name,
  );
  const made = slicesOf(cluster, service, planNodes(cluster)).groups.filter(({ madeBy }) => madeBy !== 'hand');
  const expected = canonical(mergeSlices(own));
  const got = canonical(made.map(renderGroup).sort());
  if (expected === got) return { agreed: 1, disagreed: [], unsupported: [] };
  return { agreed: 0, disagreed: [`slices of ${namespace}/${name} : ${expected} (got ${got})`], unsupported: [] };
}

function renderGroup({ addressType, labels, ports, members, sizes, madeBy }: SliceGroup): string {
  return canonical({
    ...head({ addressType, labels: Object.fromEntries(labels), ports: ports.map((port) => ({ ...port })) }),
    sizes: [...sizes].sort(),
    endpoints: members.map((member) => canonical(renderMember(member, madeBy))).sort(),
  });
}

/** A Service as the server stored it, with what it allocated. */
function asStored(object: StoredObject, services: readonly StoredService[]): unknown {
  const { kind, metadata } = object;
  if (kind !== 'Service') return object;
  const stored = services.find((each) => each.name === metadata.name && each.namespace === metadata.namespace);
  return stored === undefined ? object : { ...object, spec: stored.spec };
}

function head({ addressType, labels, ports }: Omit<RecordedSlice, 'metadata' | 'endpoints'> & { labels: unknown }) {
  return { addressType, labels, ports: (ports ?? []).map(canonical).sort() };
}

/** Slices of the same family, labels and ports together: which endpoint is in which of them does not count. */
function mergeSlices(slices: readonly RecordedSlice[]): readonly string[] {
  const groups = new Map<string, { sizes: number[]; endpoints: string[] }>();
  for (const { metadata, addressType, ports, endpoints } of slices) {
    const key = canonical(head({ addressType, labels: metadata.labels, ports }));
    const group = groups.get(key) ?? { sizes: [], endpoints: [] };
    groups.set(key, group);
    group.sizes.push(endpoints?.length ?? 0);
    group.endpoints.push(...(endpoints ?? []).map((each) => canonical(comparable(each))));
  }
  return [...groups]
    .map(([key, { sizes, endpoints }]) =>
      canonical({ ...(JSON.parse(key) as object), sizes: sizes.sort(), endpoints: endpoints.sort() }),
    )
    .sort();
}

function comparable({ addresses, conditions, nodeName, zone, hostname }: RecordedEndpoint): unknown {
  return { addresses, conditions, nodeName, zone, hostname };
}

function renderMember(member: SliceMember, madeBy: SliceGroup['madeBy']): unknown {
  const { addresses, ready, serving, terminating, node: nodeName, zone, hostname } = member;
  const conditions = madeBy === 'controller' ? { ready, serving, terminating } : { ready };
  return { addresses, conditions, nodeName, zone, hostname };
}
