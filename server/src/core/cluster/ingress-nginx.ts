import type { FieldRef, IngressResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { classOf, controllerOf, INGRESS_NGINX } from './ingress-classes.ts';
import { ingressesOfClass } from './ingress-routes.ts';

/** An annotation by which ingress-nginx departs from what the API says of paths. */
export interface RegexCause {
  readonly ingress: IngressResource;
  readonly annotation: string;
  readonly source: FieldRef;
}

const ANNOTATIONS = ['nginx.ingress.kubernetes.io/use-regex', 'nginx.ingress.kubernetes.io/rewrite-target'];

/**
 * What makes ingress-nginx read every path of a host as a regular expression without regard to case: one Ingress with the host, of
 * the same class, that says use-regex or rewrite-target (ingress-nginx, user-guide/ingress-path-matching). Undefined for classes of
 * another controller.
 */
export function findRegexCause(cluster: Cluster, ingress: IngressResource, host: string): RegexCause | undefined {
  const controller = controllerOf(cluster, ingress);
  if (controller !== undefined && controller !== INGRESS_NGINX) return undefined;
  return ingressesOfClass(cluster, classOf(cluster, ingress).name)
    .filter((each) => each.spec.rules.some((rule) => rule.host.toLowerCase() === host.toLowerCase()))
    .map(causeIn)
    .find((cause) => cause !== undefined);
}

function causeIn(ingress: IngressResource): RegexCause | undefined {
  const annotation = ANNOTATIONS.find((name) => isOn(ingress.annotations.get(name)));
  if (annotation === undefined) return undefined;
  return {
    ingress,
    annotation,
    source: { resource: ingress, path: [...ingress.path, 'metadata', 'annotations', annotation] },
  };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
