import {
  type ConfigMapResource,
  displayName,
  type EndpointSliceResource,
  type EndpointsResource,
  type IngressResource,
  type Labels,
  type NamespaceResource,
  type NetworkPolicyResource,
  type OpaqueResource,
  type Resource,
  type ResourceOf,
  type ResourceType,
  SERVICE_NAME_LABEL,
  type ServiceResource,
  type WorkloadResource,
} from '../manifest/index.ts';
import { isBroken } from '../yaml/index.ts';
import { mayCreatePods } from './pod-makers.ts';

/** The objects of one namespace of a cluster. Indexes are made when first asked for and kept: a view never changes. */
export class NamespaceView {
  private readonly byType = new Map<ResourceType, Resource[]>();
  private ownLabels: Labels | undefined;
  private labelIndex: ReadonlyMap<string, readonly WorkloadResource[]> | undefined;
  private serviceIndex: ReadonlyMap<string, ServiceResource> | undefined;
  private hidden: { readonly reason: string | undefined } | undefined;
  private sliceIndex: ReadonlyMap<string, readonly EndpointSliceResource[]> | undefined;

  constructor(
    readonly name: string,
    resources: readonly Resource[],
    /** The Namespace object, where one is in view. */
    readonly object: NamespaceResource | undefined,
  ) {
    for (const resource of resources) this.listOf(resource.type).push(resource);
  }

  get services(): readonly ServiceResource[] {
    return this.of('Service');
  }
  get workloads(): readonly WorkloadResource[] {
    return this.of('Workload');
  }
  get policies(): readonly NetworkPolicyResource[] {
    return this.of('NetworkPolicy');
  }
  get ingresses(): readonly IngressResource[] {
    return this.of('Ingress');
  }
  get configMaps(): readonly ConfigMapResource[] {
    return this.of('ConfigMap');
  }
  get endpoints(): readonly EndpointsResource[] {
    return this.of('Endpoints');
  }
  get opaque(): readonly OpaqueResource[] {
    return this.of('Opaque');
  }

  /** The namespace's labels, with the one that the API server always adds (NPS-17). */
  get labels(): Labels {
    this.ownLabels ??= new Map([...(this.object?.labels ?? []), ['kubernetes.io/metadata.name', this.name]]);
    return this.ownLabels;
  }

  /** The Service of a name; of several the last, as `kubectl apply` would leave it. */
  findService(name: string): ServiceResource | undefined {
    this.serviceIndex ??= new Map(this.services.map((service) => [service.name, service]));
    return this.serviceIndex.get(name);
  }

  /** Hand-written EndpointSlices that belong to a Service by their label (KP-6). */
  slicesOf(serviceName: string): readonly EndpointSliceResource[] {
    this.sliceIndex ??= groupBy(this.of('EndpointSlice'), (slice) => slice.labels.get(SERVICE_NAME_LABEL) ?? '');
    return this.sliceIndex.get(serviceName) ?? [];
  }

  /** Workloads whose Pod template carries exactly this label. */
  workloadsWithLabel(key: string, value: string): readonly WorkloadResource[] {
    this.labelIndex ??= indexLabels(this.workloads);
    return this.labelIndex.get(`${key}=${value}`) ?? [];
  }

  /** Why Pods may exist here that no manifest shows, or undefined if nothing in view could make any. */
  get hiddenPodsReason(): string | undefined {
    this.hidden ??= { reason: this.findHiddenPods() };
    return this.hidden.reason;
  }

  private findHiddenPods(): string | undefined {
    const maker = this.opaque.find(mayCreatePods);
    if (maker !== undefined) return `${displayName(maker)} may create Pods`;
    const broken = [...this.byType.values()].flat().find((resource) => isBroken(resource.document));
    return broken && `${displayName(broken)} is in a document with broken YAML`;
  }

  /**
   * Why "no such Pod" cannot be said here. Without any workload the namespace's Pods are evidently kept somewhere else.
   */
  get openReason(): string | undefined {
    if (this.workloads.length === 0) return `no workload of namespace ${this.name} is in view`;
    return this.hiddenPodsReason;
  }

  private of<T extends ResourceType>(type: T): readonly ResourceOf<T>[] {
    return (this.byType.get(type) ?? []) as readonly Resource[] as readonly ResourceOf<T>[];
  }

  private listOf(type: ResourceType): Resource[] {
    const list = this.byType.get(type) ?? [];
    this.byType.set(type, list);
    return list;
  }
}

function indexLabels(workloads: readonly WorkloadResource[]): ReadonlyMap<string, readonly WorkloadResource[]> {
  const index = new Map<string, WorkloadResource[]>();
  for (const workload of workloads) {
    for (const [key, value] of workload.spec.template.labels) append(index, `${key}=${value}`, workload);
  }
  return index;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) append(groups, keyOf(item), item);
  return groups;
}

function append<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
