import {
  type ClassOfIngress,
  type Cluster,
  classOf,
  hostRef,
  hostRelationsOf,
  type ResolvedBackend,
  type Route,
  resolveBackend,
  routeRef,
  routesOf,
} from '../../cluster/index.ts';
import { CLASS_ANNOTATION, fieldOf, type IngressResource, namespaceOf } from '../../manifest/index.ts';
import { count } from '../../words.ts';
import type { FieldPath } from '../../yaml/index.ts';
import { hostText, pathText, sampleUrl } from '../ingress-words.ts';
import { button, code, join, lines, link, type Markup, md, paragraphs, table, text } from '../markup.ts';
import { type HoverAnswer, isPath, startsWith } from './hover-context.ts';
import { backendLink, goalMarkup, renderBackend, renderRoute } from './ingress-route.ts';
import { storedLine } from './stored-object.ts';

/** On an Ingress: its class and routes, what a host or path takes, where a backend leads. */
export const ingressHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (resource.type !== 'Ingress') return undefined;
  if (isPath(path, ['metadata', 'name'])) return renderIngress(cluster, resource);
  if (isPath(path, ['spec', 'ingressClassName']) || isPath(path, ['metadata', 'annotations', CLASS_ANNOTATION])) {
    return renderClass(cluster, resource);
  }
  if (startsWith(path, ['spec', 'defaultBackend'])) return renderDefault(cluster, resource);
  return startsWith(path, ['spec', 'rules', '*']) ? hoverInRule(cluster, resource, path) : undefined;
};

function hoverInRule(cluster: Cluster, ingress: IngressResource, path: FieldPath): Markup | undefined {
  const rule = ingress.spec.rules.find((each) => each.path.at(-1) === path[2]);
  if (rule === undefined) return undefined;
  if (path[3] === 'host') return renderHost(cluster, ingress, rule.path);
  const found = rule.paths.find((each) => each.path.at(-1) === path[5]);
  if (!startsWith(path.slice(3), ['http', 'paths', '*']) || found === undefined) return undefined;
  const route = { ingress, rule, path: found };
  if (path[6] === 'path' || path[6] === 'pathType') return renderRoute(cluster, route);
  const { backend } = found;
  return path[6] === 'backend' && backend
    ? renderBackend(cluster, resolveBackend(cluster, ingress, backend))
    : undefined;
}

/** The card of an Ingress. */
function renderIngress(cluster: Cluster, ingress: IngressResource): Markup {
  const routes = routesOf(ingress);
  const head = md`**${text(ingress.name)}** · Ingress in ${text(namespaceOf(ingress))} · ${classLine(cluster, ingress)}`;
  const { defaultBackend } = ingress.spec;
  const fallback = defaultBackend && resolveBackend(cluster, ingress, defaultBackend);
  const rest = lines([
    routes.length > MOST ? md`and ${routes.length - MOST} more paths` : undefined,
    fallback && md`everything else → ${goalOf(fallback)}`,
    testButton(routes),
    storedLine(ingress),
  ]);
  const rows = routes.slice(0, MOST).map((route) => routeRow(cluster, route));
  return paragraphs([head, rows.length === 0 ? [] : table(['host', 'path', 'to'], rows), rest]);
}

const MOST = 8;

function routeRow(cluster: Cluster, route: Route): readonly Markup[] {
  const { ingress, path } = route;
  const goal = path.backend === undefined ? md`no backend` : goalOf(resolveBackend(cluster, ingress, path.backend));
  return [md`${text(hostText(route))}`, md`${link(pathText(route), routeRef(route))}`, goal];
}

function goalOf(resolved: ResolvedBackend): Markup {
  return md`${backendLink(resolved)} → ${goalMarkup(resolved)}`;
}

function testButton([first]: readonly Route[]): Markup | undefined {
  return first && md`${button('Test a URL…', { kind: 'test-url', url: sampleUrl(first) })}`;
}

const SOURCES: Readonly<Record<ClassOfIngress['source'], string>> = {
  field: '',
  annotation: ', by annotation',
  default: ', the default since it names none',
  none: '',
};

function classLine(cluster: Cluster, ingress: IngressResource): Markup {
  const { source, name, object } = classOf(cluster, ingress);
  if (name === undefined) return md`no class, and no default class in view`;
  const label = object === undefined ? code(name) : link(name, fieldOf(object, 'metadata', 'name'));
  return md`class ${label}${SOURCES[source]}`;
}

function renderClass(cluster: Cluster, ingress: IngressResource): Markup {
  const { source, name = '', object } = classOf(cluster, ingress);
  const known =
    object === undefined
      ? md`*no IngressClass of this name in view*${source === 'annotation' && ': an annotation need not name one'}`
      : md`IngressClass ${link(object.name, fieldOf(object, 'metadata', 'name'))} · controller ${code(object.spec.controller ?? '')}`;
  const others = cluster.namespaces
    .flatMap((view) => view.ingresses)
    .filter((each) => each !== ingress && classOf(cluster, each).name === name);
  const shared = others
    .slice(0, 3)
    .map((each) => md`${link(`${namespaceOf(each)}/${each.name}`, fieldOf(each, 'metadata', 'name'))}`);
  return lines([
    md`class ${code(name)} → ${known}`,
    others.length === 0
      ? undefined
      : md`routed together with ${join(shared, ', ')}${others.length > 3 && ` and ${others.length - 3} more`}`,
  ]);
}

function renderDefault(cluster: Cluster, ingress: IngressResource): Markup | undefined {
  const { defaultBackend } = ingress.spec;
  if (defaultBackend === undefined) return undefined;
  const scope =
    ingress.spec.rules.length === 0 ? 'every request that no other rule takes' : 'what its own rules do not take';
  return lines([
    md`**default backend** for ${scope}`,
    renderBackend(cluster, resolveBackend(cluster, ingress, defaultBackend)),
  ]);
}

function renderHost(cluster: Cluster, ingress: IngressResource, rulePath: FieldPath): Markup | undefined {
  const rule = ingress.spec.rules.find((each) => each.path === rulePath);
  if (rule === undefined) return undefined;
  const [first] = routesOf(ingress).filter((route) => route.rule === rule);
  const head = md`${code(rule.host)} · ${count(rule.paths.length, 'path')}`;
  if (first === undefined) return head;
  const { losesTo, winsOver, sharedWith } = hostRelationsOf(cluster, first);
  return lines([
    head,
    hostExamples(rule.host),
    hostList('loses its requests for', losesTo),
    hostList('wins over', winsOver),
    sharedWith.length === 0
      ? undefined
      : md`its paths count together with those of ${join(sharedWith.slice(0, 3).map(ingressLink), ', ')}`,
    testButton([first]),
  ]);
}

function hostExamples(host: string): Markup | undefined {
  if (host === '') return md`takes every host`;
  if (!host.startsWith('*.')) return md`takes only this host, in upper or lower case, on any port`;
  const base = host.slice(2);
  return md`takes ${code(`www.${base}`)} · not ${code(base)}, ${code(`a.b.${base}`)}: ${code('*')} is exactly one label`;
}

function hostList(verb: string, routes: readonly Route[]): Markup | undefined {
  if (routes.length === 0) return undefined;
  const names = routes.slice(0, 3).map((route) => md`${link(hostText(route), hostRef(route))}`);
  return md`${verb} ${join(names, ', ')}${routes.length > 3 && ` and ${routes.length - 3} more`}`;
}

function ingressLink(route: Route): Markup {
  return md`${link(`${namespaceOf(route.ingress)}/${route.ingress.name}`, hostRef(route))}`;
}
