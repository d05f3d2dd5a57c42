import {
  type FieldRef,
  type IngressBackend,
  type IngressPath,
  type IngressResource,
  type IngressRule,
  namespaceOf,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { type ResolvedBackend, resolveBackend } from './ingress-backends.ts';
import { classOf, controllerOf, INGRESS_NGINX } from './ingress-classes.ts';
import {
  comparePaths,
  type HostMatch,
  hostRank,
  matchesPath,
  matchHost,
  type PathPreference,
  pathPreference,
} from './ingress-paths.ts';

/** One path of one rule. */
export interface Route {
  readonly ingress: IngressResource;
  readonly rule: IngressRule;
  readonly path: IngressPath;
}

/** Every Ingress of the cluster, in the order of its manifests within a namespace. */
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

const URL_PARTS =
  /^(?:[a-z][a-z0-9+.-]*:(?=\/\/))?(?:\/\/)?(?:[^/@?#]*@)?(?<host>\[[^\]]*\]|[^/:?#]*)(?::\d*)?(?<path>\/[^?#]*)?/i;

/** Reads what people type: `https://shop.example.com/cart?x=1`, `shop.example.com:8443/cart`, or only `/cart`. */
export function parseRequestUrl(text: string): RequestUrl {
  const { host = '', path = '/' } = URL_PARTS.exec(text.trim())?.groups ?? {};
  return { host: host.toLowerCase().replace(/\.$/, ''), path };
}

/** A rule whose host takes the request. */
export interface MatchedRule {
  readonly ingress: IngressResource;
  readonly rule: IngressRule;
  readonly hostMatch: HostMatch;
}

/** A route that takes the request. */
export interface MatchedRoute extends MatchedRule, Route {}

/** The answer for one request. */
export interface RoutingResult {
  readonly url: RequestUrl;
  /** The rules whose host takes the request, the most precise first; only those as precise as the first are asked. */
  readonly rules: readonly MatchedRule[];
  /** The route that wins; undefined where a default backend or nothing answers. */
  readonly winner: MatchedRoute | undefined;
  /** The default backend that answers where no path does. */
  readonly fallback: { readonly ingress: IngressResource; readonly backend: IngressBackend } | undefined;
  /** Routes that would take the request too, the next in line first. */
  readonly others: readonly MatchedRoute[];
  /** Where the answer leads. */
  readonly target: ResolvedBackend | undefined;
}

/**
 * Which route of these Ingresses takes a request, by the rules of the API (ingress.md, sections 4 and 5). Where the API leaves
 * a tie, the first in the manifests' order wins.
 */
export function routeRequest(cluster: Cluster, ingresses: readonly IngressResource[], url: RequestUrl): RoutingResult {
  const rules = ingresses.flatMap((ingress) => rulesFor(ingress, url.host)).sort(compareHosts);
  // The most precise host decides alone: a path that it lacks is not looked for under a wildcard.
  const asked = rules.filter((each) => each.hostMatch === rules[0]?.hostMatch);
  const matches = asked.flatMap((each) => routesFor(each, url.path)).sort(compareRoutes);
  const [winner, ...runnersUp] = matches;
  const unasked = rules.slice(asked.length).flatMap((each) => routesFor(each, url.path));
  const fallback = winner === undefined ? findDefaultBackend(cluster, asked, ingresses) : undefined;
  return {
    url,
    rules,
    winner,
    fallback,
    others: [...runnersUp, ...unasked.sort(compareRoutes)],
    target: targetOf(cluster, winner, fallback),
  };
}

function rulesFor(ingress: IngressResource, host: string): readonly MatchedRule[] {
  return ingress.spec.rules.flatMap((rule) => {
    const hostMatch = matchHost(rule.host, host);
    return hostMatch === undefined ? [] : [{ ingress, rule, hostMatch }];
  });
}

function routesFor(matched: MatchedRule, requestPath: string): readonly MatchedRoute[] {
  return matched.rule.paths.filter((path) => matchesPath(path, requestPath)).map((path) => ({ ...matched, path }));
}

function compareHosts(a: MatchedRule, b: MatchedRule): number {
  return hostRank(b.hostMatch) - hostRank(a.hostMatch);
}

/** Better host first, then the better path. */
function compareRoutes(a: MatchedRoute, b: MatchedRoute): number {
  return compareHosts(a, b) || comparePaths(a.path, b.path);
}

/**
 * The default backend of an Ingress that has the host; else of any Ingress. ingress-nginx takes that of an Ingress with rules for
 * the hosts of these rules only (kubernetes/ingress-nginx#8823).
 */
function findDefaultBackend(
  cluster: Cluster,
  rules: readonly MatchedRule[],
  ingresses: readonly IngressResource[],
): RoutingResult['fallback'] {
  const forAll = ingresses.filter(
    (ingress) => ingress.spec.rules.length === 0 || controllerOf(cluster, ingress) !== INGRESS_NGINX,
  );
  for (const ingress of [...rules.map((each) => each.ingress), ...forAll]) {
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

/** What decides between two routes that take the same request. */
export type Preference = 'host' | PathPreference;

export function preferenceOf(winner: MatchedRoute, other: MatchedRoute): Preference {
  return winner.hostMatch === other.hostMatch ? pathPreference(winner.path, other.path) : 'host';
}

/** Where a path's own text stands. */
export function routeRef({ ingress, path }: Route): FieldRef {
  return { resource: ingress, path: [...path.path, 'path'] };
}

/** Where a rule's host stands; the rule itself if it names none. */
export function hostRef({ ingress, rule }: Pick<Route, 'ingress' | 'rule'>): FieldRef {
  return { resource: ingress, path: rule.host === '' ? rule.path : [...rule.path, 'host'] };
}

/** `shop/web`: how answers name an Ingress or Service among several namespaces. */
export function qualifiedName(resource: FieldRef['resource']): string {
  return `${namespaceOf(resource)}/${resource.name}`;
}
