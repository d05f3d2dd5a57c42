import type { FieldPath, YamlDocument } from '../yaml/index.ts';
import type { ConfigMapData } from './config-map.ts';
import type { EndpointSliceSpec } from './endpoint-slice.ts';
import type { EndpointSubset } from './endpoints.ts';
import type { TypeProblem } from './fields.ts';
import type { IngressSpec } from './ingress.ts';
import type { IngressClassSpec } from './ingress-class.ts';
import type { NetworkPolicySpec } from './network-policy.ts';
import type { NodeSpec } from './node.ts';
import type { Labels } from './selector.ts';
import type { ServiceSpec } from './service.ts';
import type { WorkloadSpec } from './workload.ts';

/** What every decoded object has. All paths lead from the document's root; ranges are relative to the document. */
interface ResourceBase {
  /** The file, as the client names it. */
  readonly uri: string;
  readonly document: YamlDocument;
  /** Where the object stands in its document: empty, or `items[i]` of a List. */
  readonly path: FieldPath;
  /** API group; empty for core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** As written. Use `namespaceOf`, which knows the default. */
  readonly writtenNamespace: string | undefined;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly problems: readonly TypeProblem[];
}

export interface ServiceResource extends ResourceBase {
  readonly type: 'Service';
  readonly spec: ServiceSpec;
}
export interface EndpointsResource extends ResourceBase {
  readonly type: 'Endpoints';
  readonly subsets: readonly EndpointSubset[];
}
export interface EndpointSliceResource extends ResourceBase {
  readonly type: 'EndpointSlice';
  readonly spec: EndpointSliceSpec;
}
export interface IngressResource extends ResourceBase {
  readonly type: 'Ingress';
  readonly spec: IngressSpec;
}
export interface IngressClassResource extends ResourceBase {
  readonly type: 'IngressClass';
  readonly spec: IngressClassSpec;
}
export interface NetworkPolicyResource extends ResourceBase {
  readonly type: 'NetworkPolicy';
  readonly spec: NetworkPolicySpec;
}
export interface NamespaceResource extends ResourceBase {
  readonly type: 'Namespace';
}
export interface NodeResource extends ResourceBase {
  readonly type: 'Node';
  readonly spec: NodeSpec;
}
export interface ConfigMapResource extends ResourceBase {
  readonly type: 'ConfigMap';
  readonly spec: ConfigMapData;
}
export interface WorkloadResource extends ResourceBase {
  readonly type: 'Workload';
  readonly spec: WorkloadSpec;
}
/** Any other kind. It may create Pods that no manifest shows. */
export interface OpaqueResource extends ResourceBase {
  readonly type: 'Opaque';
}

export type Resource =
  | ServiceResource
  | EndpointsResource
  | EndpointSliceResource
  | IngressResource
  | IngressClassResource
  | NetworkPolicyResource
  | NamespaceResource
  | NodeResource
  | ConfigMapResource
  | WorkloadResource
  | OpaqueResource;

export type ResourceType = Resource['type'];
export type ResourceOf<T extends ResourceType> = Extract<Resource, { readonly type: T }>;

/** A field of a resource: what a finding marks, what an explanation points at. */
export interface FieldRef {
  readonly resource: Resource;
  readonly path: FieldPath;
}

const CLUSTER_SCOPED = new Set(['Namespace', 'Node', 'IngressClass']);

/** The namespace an object is created in; `default` if none is written, empty for cluster-scoped kinds. */
export function namespaceOf(resource: Resource): string {
  return CLUSTER_SCOPED.has(resource.type) ? '' : resource.writtenNamespace || 'default';
}

/** What the API server tells objects apart by; the version is not part of it. */
export function identityOf(resource: Resource): string {
  return `${resource.group}/${resource.kind}/${namespaceOf(resource)}/${resource.name}`;
}

/** `apps/v1`, `v1`: as manifests have it. */
export function apiVersionOf({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `Deployment cart`: how messages name an object. */
export function displayName(resource: Resource): string {
  return `${resource.kind} ${resource.name}`;
}

/** The reference to a field given relative to the object itself. */
export function fieldOf(resource: Resource, ...path: FieldPath): FieldRef {
  return { resource, path: [...resource.path, ...path] };
}
