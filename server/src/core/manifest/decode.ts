import { type FieldPath, findEntry, type YamlDocument, type YamlMapping, type YamlNode } from '../yaml/index.ts';
import { decodeConfigMap } from './config-map.ts';
import { decodeEndpointSlice } from './endpoint-slice.ts';
import { decodeEndpoints } from './endpoints.ts';
import { Fields, type TypeProblem } from './fields.ts';
import { decodeIngress } from './ingress.ts';
import { decodeIngressClass } from './ingress-class.ts';
import { decodeNetworkPolicy } from './network-policy.ts';
import { decodeNode } from './node.ts';
import type { Resource } from './resource.ts';
import { decodeService } from './service.ts';
import { decodeWorkload, type WorkloadKind } from './workload.ts';

/**
 * The Kubernetes objects of a document: one, those of a List unfolded, or none if the document isn't Kubernetes
 * (no `apiVersion` and `kind`). Never throws; values of the wrong type are reported in `problems` and count as absent.
 */
export function decodeDocument(document: YamlDocument, uri: string): readonly Resource[] {
  return document.root === undefined ? [] : decodeObject(document, uri, document.root, []);
}

function decodeObject(document: YamlDocument, uri: string, node: YamlNode, path: FieldPath): readonly Resource[] {
  if (node.kind !== 'mapping') return [];
  const apiVersion = textAt(node, 'apiVersion');
  const kind = textAt(node, 'kind');
  if (apiVersion === undefined || kind === undefined) return [];
  const items = findEntry(node, 'items')?.value;
  if (kind.endsWith('List') && items?.kind === 'sequence') {
    return items.items.flatMap((item, index) =>
      item === undefined
        ? []
        : decodeObject(document, uri, withTypeOf(item, apiVersion, kind), [...path, 'items', index]),
    );
  }
  return [decodeResource(document, uri, node, path, { apiVersion, kind })];
}

/** The items of a typed list (`ServiceList`) may leave out what the list already says. */
function withTypeOf(item: YamlNode, apiVersion: string, listKind: string): YamlNode {
  const kind = listKind.slice(0, -'List'.length);
  if (kind === '' || item.kind !== 'mapping' || findEntry(item, 'kind') !== undefined) return item;
  const position = { start: item.range.start, end: item.range.start };
  const entry = (key: string, value: string) => ({
    key,
    keyRange: position,
    value: { kind: 'scalar', range: position, value, text: value, style: 'plain' } as const,
    merged: true,
  });
  return { ...item, entries: [entry('apiVersion', apiVersion), entry('kind', kind), ...item.entries] };
}

function textAt(node: YamlMapping, key: string): string | undefined {
  const value = findEntry(node, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
}

function decodeResource(
  document: YamlDocument,
  uri: string,
  node: YamlMapping,
  path: FieldPath,
  type: { readonly apiVersion: string; readonly kind: string },
): Resource {
  const problems: TypeProblem[] = [];
  const fields = new Fields(path, node, problems);
  const metadata = fields.object('metadata');
  const slash = type.apiVersion.indexOf('/');
  const base = {
    uri,
    document,
    path,
    group: slash === -1 ? '' : type.apiVersion.slice(0, slash),
    version: type.apiVersion.slice(slash + 1),
    kind: type.kind,
    name: metadata?.string('name') ?? '',
    writtenNamespace: metadata?.string('namespace'),
    labels: metadata?.stringMap('labels') ?? new Map(),
    annotations: metadata?.stringMap('annotations') ?? new Map(),
    problems,
  };
  return decodeKind(base, `${base.group}/${base.kind}`, fields);
}

type Base = Omit<Extract<Resource, { type: 'Opaque' }>, 'type'>;

const WORKLOADS: ReadonlyMap<string, WorkloadKind> = new Map<string, WorkloadKind>([
  ['/Pod', 'Pod'],
  ['/ReplicationController', 'ReplicationController'],
  ['apps/Deployment', 'Deployment'],
  ['apps/StatefulSet', 'StatefulSet'],
  ['apps/DaemonSet', 'DaemonSet'],
  ['apps/ReplicaSet', 'ReplicaSet'],
  // Removed API groups that old repositories still use: the Pods they would make are the same.
  ['extensions/Deployment', 'Deployment'],
  ['extensions/DaemonSet', 'DaemonSet'],
  ['extensions/ReplicaSet', 'ReplicaSet'],
  ['batch/Job', 'Job'],
  ['batch/CronJob', 'CronJob'],
]);

function decodeKind(base: Base, groupKind: string, fields: Fields): Resource {
  const workload = WORKLOADS.get(groupKind);
  if (workload !== undefined) return { ...base, type: 'Workload', spec: decodeWorkload(workload, fields) };
  switch (groupKind) {
    case '/Service':
      return { ...base, type: 'Service', spec: decodeService(fields) };
    case '/Endpoints':
      return { ...base, type: 'Endpoints', subsets: decodeEndpoints(fields) };
    case 'discovery.k8s.io/EndpointSlice':
      return { ...base, type: 'EndpointSlice', spec: decodeEndpointSlice(fields) };
    case 'networking.k8s.io/Ingress':
      return { ...base, type: 'Ingress', spec: decodeIngress(fields) };
    case 'networking.k8s.io/IngressClass':
      return { ...base, type: 'IngressClass', spec: decodeIngressClass(fields, base.annotations) };
    case 'networking.k8s.io/NetworkPolicy':
      return { ...base, type: 'NetworkPolicy', spec: decodeNetworkPolicy(fields) };
    case '/Namespace':
      return { ...base, type: 'Namespace' };
    case '/Node':
      return { ...base, type: 'Node', spec: decodeNode(fields, base.labels) };
    case '/ConfigMap':
      return { ...base, type: 'ConfigMap', spec: decodeConfigMap(fields) };
    default:
      return { ...base, type: 'Opaque' };
  }
}
