import {
  type FieldRef,
  type IngressBackend,
  type IngressPath,
  type IngressResource,
  type IngressRule,
  namespaceOf,
  type ServicePort,
  type ServiceResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { classOf } from './ingress-classes.ts';
import { type HostMatch, hostRank, matchesPath, matchHost, pathLength } from './ingress-paths.ts';
import { type SelectedWorkload, workloadsOfService } from './select.ts';

/** One path of one rule. */
export interface Route {
  readonly ingress: IngressResource;
  readonly rule: IngressRule;
  readonly path: IngressPath;
}

/** Where a backend leads, as far as it can be followed. */
export interface ResolvedBackend {
  readonly backend: IngressBackend;
  readonly service: ServiceResource | undefined;
  /** The Service port of the backend's name or number. */
  readonly port: ServicePort | undefined;
  readonly pods: readonly SelectedWorkload[];
}

/** Follows a backend to the Pods. A Service of another namespace is out of reach. */
export function resolveBackend(cluster: Cluster, ingress: IngressResource, backend: IngressBackend): ResolvedBackend {
  const service = cluster.namespace(namespaceOf(ingress)).findService(backend.serviceName ?? '');
  const port = service && findBackendPort(service, backend);
  return { backend, service, port, pods: service === undefined ? [] : workloadsOfService(cluster, service) };
}

/** The Service port that a backend names; by name if it gives one, else by number. */
export function findBackendPort(service: ServiceResource, backend: IngressBackend): ServicePort | undefined {
  return service.spec.ports.find((port) =>
    backend.portName === undefined ? port.port === backend.portNumber : port.name === backend.portName,
  );
}

/** Every Ingress of the cluster. */
export function allIngresses(cluster: Cluster): readonly IngressResource[] {
  return cluster.namespaces.flatMap((view) => view.ingresses);
}

/** The routes of an Ingress, in the order in which they are written. */
export function routesOf(ingress: IngressResource): readonly Route[] {
  return ingress.spec.rules.flatMap((rule) => rule.paths.map((path) => ({ ingress, rule, path })));
}

/** The Ingresses that one controller serves together: those of the same class. */
export function ingressesOfClass(cluster: Cluster, className: string | undefined): readonly IngressResource[] {
  return allIngresses(cluster).filter((ingress) => classOf(cluster, ingress).name === className);
}

/** A request's URL, taken apart: host without port, path without query. */
export interface RequestUrl {
  readonly host: string;
  readonly path: string;
}

const URL_PARTS = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?(?<host>\[[^\]]*\]|[^/:?#]*)(?::\d*)?(?<path>\/[^?#]*)?/i;

/** Reads what people type: `https://shop.example.com/cart?x=1`, `shop.example.com/cart`, or only `/cart`. */
export function parseRequestUrl(text: string): RequestUrl {
  const { host = '', path = '/' } = URL_PARTS.exec(text.trim())?.groups ?? {};
  return { host: host.toLowerCase(), path };
}

/** A route that takes the request, and how its host does. */
export interface MatchedRoute extends Route {
  readonly hostMatch: HostMatch;
}

/** The answer for one request. */
export interface RoutingResult {
  readonly url: RequestUrl;
  /** The route that wins; undefined where a default backend or nothing answers. */
  readonly winner: MatchedRoute | undefined;
  /** The default backend that answers where no path does. */
  readonly fallback: { readonly ingress: IngressResource; readonly backend: IngressBackend } | undefined;
  /** Routes that would take the request too, the next in line first. */
  readonly others: readonly MatchedRoute[];
  /** Where the answer leads. */
  readonly target: ResolvedBackend | undefined;
}

/** Which route of these Ingresses takes a request, by the rules of the API (ingress.md, sections 4 and 5). */
export function routeRequest(cluster: Cluster, ingresses: readonly IngressResource[], url: RequestUrl): RoutingResult {
  const candidates = ingresses.flatMap((ingress) => hostsOf(ingress, url.host));
  const best = Math.max(...candidates.map(({ hostMatch }) => hostRank(hostMatch)), -1);
  // The most precise host decides alone: a path that it lacks is not looked for under a wildcard.
  const hosts = candidates.filter(({ hostMatch }) => hostRank(hostMatch) === best);
  const matches = [...hosts].flatMap((each) => pathsOf(each, url.path)).sort(compareRoutes);
  const [winner, ...runnersUp] = matches;
  const lesser = candidates.filter((each) => !hosts.includes(each)).flatMap((each) => pathsOf(each, url.path));
  const fallback = winner === undefined ? findDefaultBackend(hosts, ingresses) : undefined;
  return {
    url,
    winner,
    fallback,
    others: [...runnersUp, ...lesser.sort(compareRoutes)],
    target: targetOf(cluster, winner, fallback),
  };
}

interface MatchedHost {
  readonly ingress: IngressResource;
  readonly rule: IngressRule;
  readonly hostMatch: HostMatch;
}

function hostsOf(ingress: IngressResource, host: string): readonly MatchedHost[] {
  return ingress.spec.rules.flatMap((rule) => {
    const hostMatch = matchHost(rule.host, host);
    return hostMatch === undefined ? [] : [{ ingress, rule, hostMatch }];
  });
}

function pathsOf({ ingress, rule, hostMatch }: MatchedHost, requestPath: string): readonly MatchedRoute[] {
  return rule.paths
    .filter((path) => matchesPath(path, requestPath))
    .map((path) => ({ ingress, rule, path, hostMatch }));
}

/** Better host first, then the longer path, then Exact; then by name, so that the answer is always the same. */
function compareRoutes(a: MatchedRoute, b: MatchedRoute): number {
  const exactness = (route: MatchedRoute) => (route.path.pathType === 'Exact' ? 1 : 0);
  return (
    hostRank(b.hostMatch) - hostRank(a.hostMatch) ||
    pathLength(b.path) - pathLength(a.path) ||
    exactness(b) - exactness(a) ||
    compareNames(a.ingress, b.ingress)
  );
}

function compareNames(a: IngressResource, b: IngressResource): number {
  const [first, second] = [a, b].map((ingress) => `${namespaceOf(ingress)}/${ingress.name}`) as [string, string];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The default backend of an Ingress that has the host; else of any Ingress. */
function findDefaultBackend(
  hosts: readonly MatchedHost[],
  ingresses: readonly IngressResource[],
): RoutingResult['fallback'] {
  for (const ingress of [...hosts.map((each) => each.ingress), ...ingresses]) {
    const backend = ingress.spec.defaultBackend;
    if (backend !== undefined) return { ingress, backend };
  }
  return undefined;
}

function targetOf(
  cluster: Cluster,
  winner: MatchedRoute | undefined,
  fallback: RoutingResult['fallback'],
): ResolvedBackend | undefined {
  if (winner !== undefined) return winner.path.backend && resolveBackend(cluster, winner.ingress, winner.path.backend);
  return fallback && resolveBackend(cluster, fallback.ingress, fallback.backend);
}

/** Why one route is preferred to another that also takes the request; `tie` where the API does not say. */
export type Preference = 'host' | 'length' | 'exact' | 'tie';

export function preferenceOf(winner: MatchedRoute, other: MatchedRoute): Preference {
  if (winner.hostMatch !== other.hostMatch) return 'host';
  if (pathLength(winner.path) !== pathLength(other.path)) return 'length';
  return winner.path.pathType !== other.path.pathType ? 'exact' : 'tie';
}

/** Routes of other rules with exactly the same host, path and type: which of them answers is up to the controller. */
export function duplicatesOf(cluster: Cluster, route: Route): readonly Route[] {
  const key = (each: Route) => `${each.rule.host.toLowerCase()} ${each.path.pathType} ${each.path.urlPath}`;
  return ingressesOfClass(cluster, classOf(cluster, route.ingress).name)
    .flatMap(routesOf)
    .filter((each) => each.path !== route.path && key(each) === key(route));
}

/** Routes of the same host that take some of the requests this one would take: longer or more exact ones. */
export function overridesOf(cluster: Cluster, route: Route): readonly Route[] {
  return ingressesOfClass(cluster, classOf(cluster, route.ingress).name)
    .flatMap(routesOf)
    .filter((each) => each.path !== route.path && each.rule.host.toLowerCase() === route.rule.host.toLowerCase())
    .filter((each) => matchesPath(route.path, each.path.urlPath) && isPreferred(each.path, route.path));
}

function isPreferred(a: IngressPath, b: IngressPath): boolean {
  const difference = pathLength(a) - pathLength(b);
  return difference > 0 || (difference === 0 && a.pathType === 'Exact' && b.pathType !== 'Exact');
}

/** Where a path's own text stands. */
export function routeRef({ ingress, path }: Route): FieldRef {
  return { resource: ingress, path: [...path.path, 'path'] };
}
