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
import { controllerOf, INGRESS_NGINX } from './ingress-classes.ts';
import { findRegexCause, PATTERN_READING, type RegexCause, rewrittenPath } from './ingress-nginx.ts';
import {
  API_READING,
  type HostMatch,
  hostRank,
  matchHost,
  type PathPreference,
  type PathReading,
} from './ingress-paths.ts';

/** One path of one rule. */
export interface Route {
  readonly ingress: IngressResource;
  readonly rule: IngressRule;
  readonly path: IngressPath;
}

/** The routes of an Ingress, in the order in which they are written. */
export function routesOf(ingress: IngressResource): readonly Route[] {
  return ingress.spec.rules.flatMap((rule) => rule.paths.map((path) => ({ ingress, rule, path })));
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
  /** The path that the backend sees, if it is another one. */
  readonly rewritten: string | undefined;
  /** Why the paths of the host are regular expressions, if they are. */
  readonly regex: RegexCause | undefined;
}

/**
 * Which route of these Ingresses takes a request, by the rules of the API (ingress.md, sections 4 and 5), or those of ingress-nginx
 * where its annotations turn paths into regular expressions. Where these leave a tie, the first in the manifests' order wins.
 */
export function routeRequest(cluster: Cluster, ingresses: readonly IngressResource[], url: RequestUrl): RoutingResult {
  const rules = ingresses.flatMap((ingress) => rulesFor(ingress, url.host)).sort(compareHosts);
  const [best] = rules;
  // The most precise host decides alone: a path that it lacks is not looked for under a wildcard.
  const asked = rules.filter((each) => each.hostMatch === best?.hostMatch);
  const regex = best && findRegexCause(cluster, best.ingress, best.rule.host);
  const [winner, ...runnersUp] = routesFor(asked, url.path, readingFor(regex));
  const unasked = routesFor(rules.slice(asked.length), url.path, API_READING);
  const fallback = winner === undefined ? findDefaultBackend(cluster, asked, ingresses) : undefined;
  return {
    url,
    rules,
    winner,
    fallback,
    others: [...runnersUp, ...unasked],
    target: targetOf(cluster, winner, fallback),
    rewritten: winner && regex && rewrittenPath(winner.ingress, winner.path, url.path),
    regex,
  };
}

function readingFor(regex: RegexCause | undefined): PathReading {
  return regex === undefined ? API_READING : PATTERN_READING;
}

function rulesFor(ingress: IngressResource, host: string): readonly MatchedRule[] {
  return ingress.spec.rules.flatMap((rule) => {
    const hostMatch = matchHost(rule.host, host);
    return hostMatch === undefined ? [] : [{ ingress, rule, hostMatch }];
  });
}

/** The routes that take the request, the better host first, then the better path. */
function routesFor(
  rules: readonly MatchedRule[],
  requestPath: string,
  { matches, compare }: PathReading,
): readonly MatchedRoute[] {
  return rules
    .flatMap((each) => each.rule.paths.map((path) => ({ ...each, path })))
    .filter(({ path }) => matches(path, requestPath))
    .sort((a, b) => compareHosts(a, b) || compare(a.path, b.path));
}

function compareHosts(a: MatchedRule, b: MatchedRule): number {
  return hostRank(b.hostMatch) - hostRank(a.hostMatch);
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

export function preferenceOf({ regex }: RoutingResult, winner: MatchedRoute, other: MatchedRoute): Preference {
  if (winner.hostMatch !== other.hostMatch) return 'host';
  return readingFor(regex).preference(winner.path, other.path);
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
