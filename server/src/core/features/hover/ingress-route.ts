import {
  type Cluster,
  examplesOf,
  findRegexCause,
  isPattern,
  qualifiedName,
  REWRITE_TARGET,
  type RegexCause,
  type ResolvedBackend,
  type Route,
  relationsOf,
  resolveBackend,
  routeRef,
  serviceNameRef,
} from '../../cluster/index.ts';
import { fieldOf, isExternalName, namespaceOf, type ServiceResource } from '../../manifest/index.ts';
import { backendText, findObstacle, goalText, hostText, pathText, regexNote, sampleUrl } from '../ingress-words.ts';
import { button, code, join, lines, link, type Markup, md, text } from '../markup.ts';
import { goalOf, targetsOf } from './service.ts';

/** What a path takes, where that goes, and how it stands to the other paths of its host. */
export function renderRoute(cluster: Cluster, route: Route): Markup {
  const { ingress, path } = route;
  const resolved = path.backend && resolveBackend(cluster, ingress, path.backend);
  const goal = resolved === undefined ? md`no backend` : md`${backendLink(resolved)} → ${goalMarkup(resolved)}`;
  const type = path.pathType === undefined ? '' : ` **${text(path.pathType)}**`;
  const cause = findRegexCause(cluster, ingress, route.rule.host);
  return lines([
    md`${code(path.urlPath || '/')}${type} on ${text(hostText(route))} → ${goal}`,
    ...(cause === undefined ? [exampleLine(route), ...relationLines(cluster, route)] : patternLines(route, cause)),
    md`${button('Test a URL…', { kind: 'test-url', url: sampleUrl(route) })}`,
  ]);
}

/** Who wins where, between this path and the others of its host. */
function relationLines(cluster: Cluster, route: Route): readonly (Markup | undefined)[] {
  const { losesTo, winsOver, ties } = relationsOf(cluster, route);
  return [
    ...losesTo.slice(0, MOST).map((other) => md`loses to ${pathLink(other)} for ${extentOf(other)}`),
    moreLine(losesTo),
    winsOver.length === 0 ? undefined : md`wins over ${join(winsOver.slice(0, MOST).map(pathLink), ', ')}`,
    ...ties.slice(0, MOST).map(tieLine),
  ];
}

/** Where ingress-nginx reads the path as a regular expression, its type says nothing. */
function patternLines({ ingress, path }: Route, cause: RegexCause): readonly (Markup | undefined)[] {
  const target = ingress.annotations.get(REWRITE_TARGET);
  return [
    md`matches what begins like ${code(`^${path.urlPath}`)} in upper or lower case; of several the longest text goes first`,
    md`${link('ingress-nginx', cause.source)}: ${text(regexNote(cause))}${cause.certainty === 'assumed' && ' · *assumed, since its IngressClass is not in view*'}`,
    target ? md`the backend sees the path ${code(target)} (rewrite-target)` : undefined,
  ];
}

const MOST = 3;

function moreLine(routes: readonly Route[]): Markup | undefined {
  return routes.length > MOST ? md`and to ${routes.length - MOST} more` : undefined;
}

function exampleLine({ path }: Route): Markup {
  const { matching, other } = examplesOf(path);
  const isOpen = path.pathType === 'ImplementationSpecific';
  if (isPattern(path)) return md`up to the controller: this reads like a pattern, which the API does not define`;
  const taken = md`matches ${matching.map((each) => code(each)).join(', ')}`;
  const missed = other.length > 0 && ` · not ${other.map((each) => code(each)).join(', ')}`;
  return md`${taken}${missed}${isOpen && ' · *up to the controller, read like Prefix here*'}`;
}

function extentOf({ path }: Route): string {
  return path.pathType === 'Exact' ? 'exactly that path' : 'that path and what is below it';
}

function pathLink(route: Route): Markup {
  return md`${link(pathText(route), routeRef(route))}`;
}

function tieLine(other: Route): Markup {
  return md`*the same host and path as* ${link(qualifiedName(other.ingress), routeRef(other))}: which one answers is up to the controller, mostly the older one`;
}

/** `shop/cart:80`, leading to the Service if it is in view. */
export function backendLink(resolved: ResolvedBackend): Markup {
  const { ingress, backend, service } = resolved;
  if (backend.resource !== undefined) return md`${code(backend.resource)}`;
  const label = `${namespaceOf(ingress)}/${backendText(resolved)}`;
  const target = service === undefined ? serviceNameRef(ingress, backend) : fieldOf(service, 'metadata', 'name');
  return md`${link(label, target)}`;
}

/** Where a backend ends; what is in the way stands out. */
export function goalMarkup(resolved: ResolvedBackend): Markup {
  const goal = text(goalText(resolved));
  return findObstacle(resolved) === undefined ? md`${goal}` : md`*${goal}*`;
}

/** A backend down to the Pods. */
export function renderBackend(cluster: Cluster, resolved: ResolvedBackend): Markup {
  const { ingress, service, port, pods } = resolved;
  const obstacle = findObstacle(resolved);
  if (service === undefined) {
    const open = cluster.openReason(namespaceOf(ingress));
    return lines([
      md`${backendLink(resolved)} → *${text(obstacle ?? '')}*`,
      open === undefined ? undefined : md`Not everything is in view: ${text(open)}.`,
    ]);
  }
  const head = md`${backendLink(resolved)} → **Service ${text(service.name)}** · ${goalOf(cluster, service)}`;
  if (port === undefined) return lines([head, portsLine(service, obstacle)]);
  const name = port.name === '' ? '' : `**${text(port.name)}** `;
  const targets = pods.length > 0 ? join(targetsOf(port, pods), ', ') : md`${text(goalText(resolved))}`;
  return lines([head, md`${name}${port.port} → ${targets}`]);
}

function portsLine(service: ServiceResource, obstacle: string | undefined): Markup | undefined {
  if (obstacle === undefined || isExternalName(service.spec)) return undefined;
  const ports = service.spec.ports.map((port) => code([port.name, port.port].filter(Boolean).join(' ')));
  return md`*${text(obstacle)}*: it has ${ports.join(', ') || 'none'}`;
}
