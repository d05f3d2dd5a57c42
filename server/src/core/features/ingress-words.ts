import { type BackendTarget, matchHost, type RegexCause, type ResolvedBackend, type Route } from '../cluster/index.ts';
import { displayName, isExternalName } from '../manifest/index.ts';
import { list } from '../words.ts';
import { describeSelected } from './code-lens/service.ts';

/** `cart:80`: a backend's Service with the port as it is written, else its resource. */
export function backendText({ backend }: ResolvedBackend): string {
  if (backend.resource !== undefined) return backend.resource;
  const port = backend.portName ?? backend.portNumber;
  return `${backend.serviceName ?? '?'}${port === undefined ? '' : `:${port}`}`;
}

/** Where requests for a backend end: `8080 on 3 Pods of Deployment cart`, or what is missing on the way. */
export function goalText(resolved: ResolvedBackend): string {
  const { service, port, targets, pods, written } = resolved;
  const obstacle = findObstacle(resolved);
  if (obstacle !== undefined) return obstacle;
  if (service !== undefined && isExternalName(service.spec)) return service.spec.externalName ?? '';
  if (written.length > 0) return list(written.map((each) => `${each.address}:${each.port}`));
  if (service?.spec.selector.size === 0) return 'endpoints written by hand';
  if (port === undefined || pods.length === 0) return 'no Pod in view';
  return targetsText(targets);
}

/** What in the manifests keeps requests for a backend from arriving, as far as it is in view. */
export function findObstacle({ backend, service, port }: ResolvedBackend): string | undefined {
  if (backend.resource !== undefined) return 'a resource that only the controller knows';
  if (service === undefined) return `no Service ${backend.serviceName ?? ''} in view`;
  if (port === undefined && !isExternalName(service.spec)) {
    return `Service ${service.name} has no port ${backend.portName ?? backend.portNumber ?? ''}`.trimEnd();
  }
  return undefined;
}

function targetsText(targets: readonly BackendTarget[]): string {
  const ports = new Set(targets.map(({ port }) => port?.port));
  const [only] = ports;
  if (ports.size === 1 && only !== undefined) return `${only} on ${describeSelected(targets)}`;
  return list(targets.map((target) => `${target.port?.port ?? 'no such port'} on ${displayName(target.workload)}`));
}

/** `/cart Prefix`: a path with its type. */
export function pathText({ path }: Pick<Route, 'path'>): string {
  return [path.urlPath || '/', path.pathType].filter(Boolean).join(' ');
}

/** A rule's host, or words for its absence. */
export function hostText({ rule }: Pick<Route, 'rule'>): string {
  return rule.host || 'any host';
}

/** What a route takes, as one pattern: `shop.example.com/cart/*`, `shop.example.com/cart` for an exact path. */
export function routePattern({ rule, path }: Route): string {
  const base = path.urlPath || '/';
  const isWhole = path.pathType === 'Exact' || path.pathType === 'ImplementationSpecific';
  return `${hostText({ rule })}${isWhole ? base : `${base.replace(/\/$/, '')}/*`}`;
}

/** A URL that a route takes, if its path is no pattern: a label for the wildcard, a host where the rule names none. */
export function sampleUrl({ ingress, rule, path }: Route): string {
  const host = rule.host.replace('*', 'www') || 'example.com';
  const isSecure = ingress.spec.tlsHosts.some((each) => matchHost(each, host) !== undefined);
  return `${isSecure ? 'https' : 'http'}://${host}${path.urlPath || '/'}`;
}

/** That the paths of a host are not read as the API says, and why. */
export function regexNote({ ingress, annotation }: RegexCause): string {
  const name = annotation.slice(annotation.indexOf('/') + 1);
  return `paths of this host are regular expressions, since Ingress ${ingress.name} says ${name}`;
}
