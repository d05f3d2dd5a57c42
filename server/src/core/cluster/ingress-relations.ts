import type { Cluster } from './cluster.ts';
import { classOf, ingressesOfClass } from './ingress-classes.ts';
import { comparedPath, comparePaths, matchesPath, matchHost } from './ingress-paths.ts';
import { type Route, routesOf } from './ingress-routes.ts';

/** How a route stands to the others of its class. */
export interface RouteRelations {
  /** Routes of the same host that take some of the requests this one would take: longer or more exact ones. */
  readonly losesTo: readonly Route[];
  /** Routes of the same host from which this one takes requests. */
  readonly winsOver: readonly Route[];
  /** Routes with the same host, path and type: which of them answers is up to the controller. */
  readonly ties: readonly Route[];
}

/** Who wins where, between this route and all others that its controller serves for the same host. */
export function relationsOf(cluster: Cluster, route: Route): RouteRelations {
  const others = siblingsOf(cluster, route).filter(({ rule }) => isSameHost(rule.host, route.rule.host));
  return {
    losesTo: others.filter((other) => takesFrom(other, route)),
    winsOver: others.filter((other) => takesFrom(route, other)),
    ties: others.filter(
      (other) => comparePaths(other.path, route.path) === 0 && comparedPath(other.path) === comparedPath(route.path),
    ),
  };
}

function siblingsOf(cluster: Cluster, route: Route): readonly Route[] {
  return ingressesOfClass(cluster, classOf(cluster, route.ingress).name)
    .flatMap(routesOf)
    .filter(({ path }) => path !== route.path);
}

function isSameHost(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether the first route answers requests that the second would take as well. */
function takesFrom(winner: Route, loser: Route): boolean {
  return matchesPath(loser.path, comparedPath(winner.path)) && comparePaths(winner.path, loser.path) < 0;
}

/** How a rule's host stands to the other hosts of its class. */
export interface HostRelations {
  /** More precise hosts below this one: they alone decide for their requests. */
  readonly losesTo: readonly Route[];
  /** Wildcards and rules without a host, from which this one takes its requests. */
  readonly winsOver: readonly Route[];
  /** Other rules with the same host: their paths count together. */
  readonly sharedWith: readonly Route[];
}

/** Who decides for which host, between a route's rule and all other rules that its controller serves; one route per rule. */
export function hostRelationsOf(cluster: Cluster, route: Route): HostRelations {
  const others = siblingsOf(cluster, route).filter(
    ({ rule }, index, all) => rule !== route.rule && all.findIndex((each) => each.rule === rule) === index,
  );
  const own = route.rule.host;
  return {
    losesTo: others.filter(({ rule }) => isBelow(rule.host, own)),
    winsOver: others.filter(({ rule }) => isBelow(own, rule.host)),
    sharedWith: others.filter(({ rule }) => isSameHost(rule.host, own)),
  };
}

/** Whether a host's requests, or some of them, would be taken by the other host too, which is less precise. */
function isBelow(host: string, other: string): boolean {
  return !isSameHost(host, other) && host !== '' && matchHost(other, host) !== undefined;
}
