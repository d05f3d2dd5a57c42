import {
  type IngressClassResource,
  identityOf,
  type NamespaceResource,
  type NodeResource,
  namespaceOf,
  type Resource,
  type ServiceResource,
} from '../manifest/index.ts';
import { ApiAnswers } from './api-answers.ts';
import { NamespaceView } from './namespace-view.ts';
import type { ClusterSettings } from './settings.ts';

/** Which manifests are applied together, and what is known about the set. */
export interface ClusterInput {
  /** How answers name the set: its directory, or the name given in the settings file. */
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly settings: ClusterSettings;
  /** Why more objects may exist than are in view (unrendered overlays, templates); undefined if none can. */
  readonly openReason: string | undefined;
  /** The kustomization that may add to the objects before they are applied. */
  readonly transformedBy?: string | undefined;
  /** The objects of the set's files as they were last committed, as far as that is known; asked once, when first needed. */
  readonly stored?: (() => readonly Resource[]) | undefined;
  /** Answers of the API server that may be used again, of earlier snapshots; none if left out. */
  readonly answers?: ApiAnswers;
}

/** What one set of manifests makes if applied together. Immutable; every resolver takes one. */
export class Cluster {
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly nodes: readonly NodeResource[];
  readonly ingressClasses: readonly IngressClassResource[];
  /** In the order in which they are written, which is that of their creation. */
  readonly services: readonly ServiceResource[];
  /** Every namespace that an object lives in or that is declared, sorted by name. */
  readonly namespaces: readonly NamespaceView[];
  /** Why more objects may be applied than are in view: templates that are not rendered, remote bases. */
  readonly setOpenReason: string | undefined;
  /** The kustomization that may add to the objects before they are applied, so that what they lack may come from there. */
  readonly transformedBy: string | undefined;
  readonly answers: ApiAnswers;
  private readonly views: ReadonlyMap<string, NamespaceView>;
  private readonly stored: ClusterInput['stored'];
  private storedIndex: ReadonlyMap<string, Resource | undefined> | undefined;
  private readonly derivedValues = new Map<unknown, unknown>();

  constructor(input: ClusterInput) {
    this.name = input.name;
    this.settings = input.settings;
    this.setOpenReason = input.openReason;
    this.transformedBy = input.transformedBy;
    this.stored = input.stored;
    this.answers = input.answers ?? new ApiAnswers();
    this.nodes = input.resources.filter((resource) => resource.type === 'Node');
    this.ingressClasses = input.resources.filter((resource) => resource.type === 'IngressClass');
    this.services = input.resources.filter((resource) => resource.type === 'Service');
    this.views = viewsOf(input.resources);
    this.namespaces = [...this.views.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The view of a namespace; an empty one if nothing lives there. */
  namespace(name: string): NamespaceView {
    return this.views.get(name) ?? new NamespaceView(name, [], undefined);
  }

  hasNamespace(name: string): boolean {
    return this.views.has(name);
  }

  /**
   * The object as it was last committed, in whichever file of the set: what an apply would change. Undefined if it is new or
   * nothing is known of it, and if two objects claim to be it. Its places are those of the committed text, not of the file.
   */
  findStored(resource: Resource): Resource | undefined {
    if (this.stored === undefined || resource.name === '') return undefined;
    this.storedIndex ??= indexByIdentity(this.stored());
    return this.storedIndex.get(identityOf(resource));
  }

  /** What a resolver makes of the whole cluster, an index or a list: made when first asked for, kept as long as the cluster. */
  derived<T>(make: (cluster: Cluster) => T): T {
    if (!this.derivedValues.has(make)) this.derivedValues.set(make, make(this));
    return this.derivedValues.get(make) as T;
  }

  /**
   * Why something may exist in the namespace that is not in view; undefined if "nothing there" can be said for certain.
   */
  openReason(namespace: string): string | undefined {
    return this.setOpenReason ?? this.namespace(namespace).openReason;
  }

  /** The same, but a namespace without any workload counts as seen: for claims that rest on what other namespaces hold. */
  hiddenPodsReason(namespace: string): string | undefined {
    return this.setOpenReason ?? this.namespace(namespace).hiddenPodsReason;
  }

  /** The same for the whole cluster: the set itself, or any of its namespaces that holds workloads. */
  get clusterOpenReason(): string | undefined {
    if (this.setOpenReason !== undefined) return this.setOpenReason;
    const populated = this.namespaces.filter((view) => view.workloads.length > 0);
    if (populated.length === 0) return 'no workload is in view';
    return populated.map((view) => view.openReason).find((reason) => reason !== undefined);
  }
}

/** Objects by identity; undefined for one that occurs twice. */
function indexByIdentity(resources: readonly Resource[]): ReadonlyMap<string, Resource | undefined> {
  const index = new Map<string, Resource | undefined>();
  for (const resource of resources) {
    const identity = identityOf(resource);
    index.set(identity, index.has(identity) ? undefined : resource);
  }
  return index;
}

function viewsOf(resources: readonly Resource[]): ReadonlyMap<string, NamespaceView> {
  const objects = new Map<string, NamespaceResource>();
  const members = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (resource.type === 'Namespace') objects.set(resource.name, resource);
    const namespace = resource.type === 'Namespace' ? resource.name : namespaceOf(resource);
    if (namespace === '') continue;
    const list = members.get(namespace);
    if (list === undefined) members.set(namespace, [resource]);
    else list.push(resource);
  }
  return new Map([...members].map(([name, list]) => [name, new NamespaceView(name, list, objects.get(name))]));
}
