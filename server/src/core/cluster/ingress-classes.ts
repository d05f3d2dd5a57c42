import { CLASS_ANNOTATION, type IngressClassResource, type IngressResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';

/** The class that an Ingress belongs to, and what says so (ingress.md, section 6; ING-DEF-3). */
export interface ClassOfIngress {
  readonly source: 'field' | 'annotation' | 'default' | 'none';
  /** Undefined only where there is none. */
  readonly name: string | undefined;
  /** The IngressClass, if it is in view. An annotation's value need not be one. */
  readonly object: IngressClassResource | undefined;
}

export function classOf(cluster: Cluster, ingress: IngressResource): ClassOfIngress {
  const find = (name: string) => cluster.ingressClasses.find((each) => each.name === name);
  const field = ingress.spec.ingressClassName;
  if (field !== undefined) return { source: 'field', name: field, object: find(field) };
  const annotation = ingress.annotations.get(CLASS_ANNOTATION);
  if (annotation !== undefined) return { source: 'annotation', name: annotation, object: find(annotation) };
  const fallback = defaultClass(cluster);
  if (fallback === undefined) return { source: 'none', name: undefined, object: undefined };
  return { source: 'default', name: fallback, object: find(fallback) };
}

/** The class of Ingresses that name none: the one marked as default, of several the first by name, else what the settings say. */
function defaultClass(cluster: Cluster): string | undefined {
  const marked = cluster.ingressClasses.filter(({ spec }) => spec.isDefault).map(({ name }) => name);
  return marked.sort()[0] ?? cluster.settings.defaultIngressClass;
}

/** What the IngressClass of ingress-nginx names as its controller. */
export const INGRESS_NGINX = 'k8s.io/ingress-nginx';

/** The controller that serves an Ingress, as its IngressClass names it; undefined if that is not in view. */
export function controllerOf(cluster: Cluster, ingress: IngressResource): string | undefined {
  return classOf(cluster, ingress).object?.spec.controller;
}

/** Every Ingress of the cluster, in the order of its manifests within a namespace. */
export function allIngresses(cluster: Cluster): readonly IngressResource[] {
  return cluster.namespaces.flatMap((view) => view.ingresses);
}

/** The Ingresses that one controller serves together: those of the same class. */
export function ingressesOfClass(cluster: Cluster, className: string | undefined): readonly IngressResource[] {
  return allIngresses(cluster).filter((ingress) => classOf(cluster, ingress).name === className);
}
