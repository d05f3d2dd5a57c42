import {
  type Cluster,
  classOf,
  type ResolvedBackend,
  type Route,
  resolveBackend,
  routesOf,
  type SelectedWorkload,
} from '../../cluster/index.ts';
import type { IngressResource } from '../../manifest/index.ts';
import { count } from '../../words.ts';
import type { Lens } from '../code-lens.ts';
import { backendText, findObstacle, routePattern, sampleUrl } from '../ingress-words.ts';
import type { LensAnswer } from './registry.ts';
import { lensTarget } from './service.ts';

/** Above an Ingress what it serves, above each path what it takes and where that goes. All of them lead to the URL test. */
export const ingressLenses: LensAnswer = (resource, cluster) => {
  if (resource.type !== 'Ingress') return [];
  const routes = routesOf(resource);
  const [first] = routes;
  if (first === undefined) return [];
  const action = { kind: 'test-url', url: sampleUrl(first) } as const;
  const head: Lens = { target: lensTarget(resource), title: summary(cluster, resource, routes), action };
  return [head, ...routes.map((route) => routeLens(cluster, route))];
};

function summary(cluster: Cluster, ingress: IngressResource, routes: readonly Route[]): string {
  const hosts = new Set(ingress.spec.rules.map((rule) => rule.host));
  const places = hosts.size === 1 && hosts.has('') ? 'any host' : count(hosts.size, 'host');
  const { name } = classOf(cluster, ingress);
  return `${count(routes.length, 'path')} on ${places} · ${name === undefined ? 'no class' : `class ${name}`} · test a URL…`;
}

/** `GET shop.example.com/cart/* → cart:80 → 3 Pods`. */
function routeLens(cluster: Cluster, route: Route): Lens {
  const { ingress, path } = route;
  return {
    target: { resource: ingress, path: path.path },
    title: routeTitle(cluster, route),
    action: { kind: 'test-url', url: sampleUrl(route) },
  };
}

const MOST = 59;

function routeTitle(cluster: Cluster, route: Route): string {
  const resolved = route.path.backend && resolveBackend(cluster, route.ingress, route.path.backend);
  const goal = resolved === undefined ? 'no backend' : goalOf(resolved);
  const pattern = routePattern(route);
  const title = `GET ${pattern} → ${goal}`;
  if (title.length <= MOST) return title;
  // A long host stands above in its rule anyway.
  return shorten(`GET …${pattern.slice(pattern.indexOf('/'))} → ${goal}`);
}

function goalOf(resolved: ResolvedBackend): string {
  const { service, port, pods } = resolved;
  if (service !== undefined && port === undefined) return findObstacle(resolved) ?? backendText(resolved);
  return [backendText(resolved), ...podCount(pods)].join(' → ');
}

function shorten(title: string): string {
  return title.length <= MOST ? title : `${title.slice(0, MOST - 1)}…`;
}

function podCount(selected: readonly SelectedWorkload[]): readonly string[] {
  if (selected.length === 0) return [];
  const isKnown = selected.every(({ pods }) => pods !== undefined);
  return [
    isKnown
      ? count(
          selected.reduce((sum, { pods }) => sum + (pods ?? 0), 0),
          'Pod',
        )
      : 'Pods',
  ];
}
