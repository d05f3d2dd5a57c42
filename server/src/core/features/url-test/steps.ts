import {
  backendPortRef,
  type Cluster,
  classOf,
  hostRef,
  type MatchedRoute,
  matchHost,
  patternOf,
  preferenceOf,
  type ResolvedBackend,
  type RoutingResult,
  resolveBackend,
  routeRef,
  serviceNameRef,
} from '../../cluster/index.ts';
import { fieldOf, type IngressResource, namespaceOf } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import { list } from '../../words.ts';
import { backendText, findObstacle, goalText, hostText, pathText, regexNote } from '../ingress-words.ts';
import type { UrlStep } from '../url-test.ts';

/** The way of a request through the Ingresses of one class, step by step. */
export function stepsOf(
  cluster: Cluster,
  ingresses: readonly IngressResource[],
  result: RoutingResult,
): readonly UrlStep[] {
  const { winner, fallback, target, others } = result;
  const ingress = winner?.ingress ?? fallback?.ingress ?? ingresses[0];
  const head = ingress === undefined ? [] : [classStep(cluster, ingress)];
  const way =
    winner === undefined ? missSteps(ingresses, result) : [hostStep(result, winner), pathStep(result, winner)];
  const goal = target === undefined ? [] : goalSteps(target, backendReason(result, target));
  const next =
    winner === undefined ? [] : others.slice(0, MOST).map((other) => nextStep(cluster, result, winner, other));
  return [...head, ...way, ...goal, ...next, ...unknownSteps(result)];
}

/** What only the controller knows, though the answer rests on it. */
function unknownSteps({ regex, rules, winner }: RoutingResult): readonly UrlStep[] {
  if (regex === undefined) return [];
  const assumed: UrlStep = {
    kind: 'unknown',
    text: 'assumed: the controller is ingress-nginx',
    why: `as the annotation of Ingress ${regex.ingress.name} says; its IngressClass is not in view`,
    source: regex.source,
  };
  const asked = rules.filter(({ hostMatch }) => hostMatch === (winner ?? rules[0])?.hostMatch);
  const unread = asked.flatMap(({ ingress, rule }) => rule.paths.map((path) => ({ ingress, rule, path })));
  const steps = unread
    .filter(({ path }) => patternOf(path) === undefined)
    .slice(0, MOST)
    .map(
      (route): UrlStep => ({
        kind: 'unknown',
        text: pathText(route),
        why: 'too costly a regular expression to be followed here, or none at all',
        source: routeRef(route),
      }),
    );
  return regex.certainty === 'assumed' ? [assumed, ...steps] : steps;
}

const MOST = 3;

function classStep(cluster: Cluster, ingress: IngressResource): UrlStep {
  const { name, object, source } = classOf(cluster, ingress);
  const controller = object?.spec.controller;
  const by = source === 'default' ? 'the default class' : source === 'annotation' ? 'named by annotation' : '';
  return {
    kind: 'class',
    text: name ?? 'no class',
    why: [controller, by].filter(Boolean).join(', '),
    source: object && fieldOf(object, 'metadata', 'name'),
  };
}

function hostStep({ url, rules }: RoutingResult, winner: MatchedRoute): UrlStep {
  const lesser = rules.filter((each) => each.hostMatch !== winner.hostMatch);
  const over = lesser.length === 0 ? '' : `before ${list([...new Set(lesser.map(hostText))])}`;
  return {
    kind: 'host',
    text: hostText(winner),
    why: [hostReason(winner, url.host), over].filter(Boolean).join('; '),
    source: hostRef(winner),
  };
}

function hostReason({ hostMatch }: MatchedRoute, host: string): string {
  if (hostMatch === 'precise') return 'named in full';
  return hostMatch === 'any' ? 'the rule names none' : `* stands for ${host.slice(0, host.indexOf('.'))}`;
}

function pathStep(result: RoutingResult, winner: MatchedRoute): UrlStep {
  const { others } = result;
  const [second] = others.filter((other) => other.hostMatch === winner.hostMatch);
  const why = [pathReason(result, winner), second && preferenceText(result, winner, second)].filter(Boolean).join('; ');
  return { kind: 'path', text: pathText(winner), why, source: routeRef(winner) };
}

function pathReason({ url, regex }: RoutingResult, { path }: MatchedRoute): string {
  if (regex !== undefined) return regexNote(regex);
  if (path.pathType === 'ImplementationSpecific') return 'up to the controller, read like Prefix here';
  if (path.urlPath === url.path) return 'the very same path';
  return path.urlPath === '/' || path.urlPath === '' ? 'takes every path' : 'takes that path and what is below it';
}

/** Why the first answers and not the second. */
function preferenceText(result: RoutingResult, winner: MatchedRoute, other: MatchedRoute): string {
  switch (preferenceOf(result, winner, other)) {
    case 'host':
      return `before ${hostText(other)}, which is less precise`;
    case 'length':
      return `before ${pathText(other)}, which is shorter`;
    case 'exact':
      return `before ${pathText(other)}, since Exact goes first`;
    case 'tie':
      return `as good as ${pathText(other)} of Ingress ${other.ingress.name}: which one answers is up to the controller`;
  }
}

/** How it came that no path answers. */
function missSteps(ingresses: readonly IngressResource[], result: RoutingResult): readonly UrlStep[] {
  const { url, rules, fallback } = result;
  const [first] = rules;
  const steps = first === undefined ? [unknownHost(ingresses, url.host)] : [unknownPath(result, first)];
  if (fallback !== undefined) return steps;
  const text = '404 from the controller itself';
  return [...steps, { kind: 'nothing', text, why: 'no Ingress of the class has a default backend', source: undefined }];
}

function unknownHost(ingresses: readonly IngressResource[], host: string): UrlStep {
  const rules = ingresses.flatMap((ingress) => ingress.spec.rules.map((rule) => ({ ingress, rule })));
  const hosts = [...new Set(rules.map(({ rule }) => rule.host))].filter(Boolean);
  const near = findMostSimilar(host, hosts);
  const nearest = rules.find(({ rule }) => rule.host === near);
  const why = near === undefined ? (hosts.length === 0 ? '' : `known: ${list(hosts)}`) : nearReason(near, host);
  return { kind: 'host', text: `no rule takes ${host || 'an empty host'}`, why, source: nearest && hostRef(nearest) };
}

/** A wildcard nearly fits where the host has no label for it, or two. */
function nearReason(near: string, host: string): string {
  const isBelow = near.startsWith('*.') && (host.endsWith(near.slice(1)) || host === near.slice(2));
  return isBelow && matchHost(near, host) === undefined ? `${near} takes exactly one label there` : `near: ${near}`;
}

function unknownPath({ url, rules }: RoutingResult, first: RoutingResult['rules'][number]): UrlStep {
  const asked = rules.filter((each) => each.hostMatch === first.hostMatch);
  const paths = [...new Set(asked.flatMap(({ rule }) => rule.paths.map((path) => pathText({ path }))))];
  const known = paths.length === 0 ? 'its rule has none' : `known: ${list(paths)}`;
  return {
    kind: 'path',
    text: `no path${first.rule.host === '' ? '' : ` of ${first.rule.host}`} takes ${url.path}`,
    why: known,
    source: hostRef(first),
  };
}

/** How the backend came to answer, and what it gets to see. */
function backendReason({ fallback, rewritten }: RoutingResult, { ingress, port }: ResolvedBackend): string {
  if (fallback !== undefined) return `the default backend of Ingress ${ingress.name}`;
  const named = port === undefined || port.name === '' ? '' : `port ${port.name} ${port.port}`;
  const seen = rewritten === undefined ? '' : `sees the path ${rewritten} (rewrite-target)`;
  return [named, seen].filter(Boolean).join('; ');
}

function goalSteps(target: ResolvedBackend, why: string): readonly UrlStep[] {
  const { ingress, backend, service } = target;
  const source = service === undefined ? serviceNameRef(ingress, backend) : fieldOf(service, 'metadata', 'name');
  const label = backend.resource === undefined ? `${namespaceOf(ingress)}/${backendText(target)}` : backendText(target);
  const [pod] = target.pods;
  const podSource = pod && fieldOf(pod.workload, 'metadata', 'name');
  return [
    { kind: 'backend', text: label, why, source },
    findObstacle(target) === undefined
      ? { kind: 'pods', text: goalText(target), why: '', source: podSource ?? target.written[0]?.source }
      : { kind: 'nothing', text: goalText(target), why: '', source: service && backendPortRef(ingress, backend) },
  ];
}

function nextStep(cluster: Cluster, result: RoutingResult, winner: MatchedRoute, other: MatchedRoute): UrlStep {
  const backend = other.path.backend && resolveBackend(cluster, other.ingress, other.path.backend);
  const host = other.hostMatch === winner.hostMatch ? '' : `${hostText(other)} `;
  const goal = backend === undefined ? 'no backend' : backendText(backend);
  return {
    kind: 'next',
    text: `${host}${pathText(other)} → ${goal}`,
    why: lossReason(result, winner, other),
    source: routeRef(other),
  };
}

/** Why the other did not answer. */
function lossReason(result: RoutingResult, winner: MatchedRoute, other: MatchedRoute): string {
  switch (preferenceOf(result, winner, other)) {
    case 'host':
      return 'its host is less precise, so its paths are not looked at';
    case 'length':
      return 'its path is shorter';
    case 'exact':
      return 'Exact goes first';
    case 'tie':
      return 'as good: which one answers is up to the controller';
  }
}
