import type { FieldRef, IngressPath, IngressResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { classOf, controllerOf, INGRESS_NGINX, ingressesOfClass } from './ingress-classes.ts';
import type { PathReading } from './ingress-paths.ts';

/** An annotation by which ingress-nginx departs from what the API says of paths. */
export interface RegexCause {
  readonly ingress: IngressResource;
  readonly annotation: string;
  readonly source: FieldRef;
  /** Whether the IngressClass says that ingress-nginx is the controller; else it only looks like it. */
  readonly certainty: 'certain' | 'assumed';
}

/** The path that the backend sees instead of the request's. */
export const REWRITE_TARGET = 'nginx.ingress.kubernetes.io/rewrite-target';
const ANNOTATIONS = ['nginx.ingress.kubernetes.io/use-regex', REWRITE_TARGET];

/**
 * What makes ingress-nginx read every path of a host as a regular expression: one Ingress with the host, of the same class, that
 * says use-regex or rewrite-target (ingress-nginx, user-guide/ingress-path-matching). Undefined for classes of another controller.
 */
export function findRegexCause(cluster: Cluster, ingress: IngressResource, host: string): RegexCause | undefined {
  const controller = controllerOf(cluster, ingress);
  if (controller !== undefined && controller !== INGRESS_NGINX) return undefined;
  const certainty = controller === undefined ? 'assumed' : 'certain';
  for (const each of ingressesOfClass(cluster, classOf(cluster, ingress).name)) {
    const annotation = ANNOTATIONS.find((name) => isOn(each.annotations.get(name)));
    const hasHost = each.spec.rules.some((rule) => rule.host.toLowerCase() === host.toLowerCase());
    if (annotation === undefined || !hasHost) continue;
    const source = { resource: each, path: [...each.path, 'metadata', 'annotations', annotation] };
    return { ingress: each, annotation, source, certainty };
  }
  return undefined;
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}

/** As ingress-nginx reads regular expressions: anchored at the start, in any case, the longest text first whatever it matches. */
export const PATTERN_READING: PathReading = {
  matches: (path, requestPath) => requestPath.length <= MOST_LENGTH && (patternOf(path)?.test(requestPath) ?? false),
  compare: (a, b) => b.urlPath.length - a.urlPath.length,
  preference: (a, b) => (a.urlPath.length === b.urlPath.length ? 'tie' : 'length'),
};

const MOST_LENGTH = 512;

/**
 * A path as a regular expression. Undefined if it is none, or one that could take very long: with a repeated group, or more than
 * three repetitions without a limit.
 */
export function patternOf({ urlPath }: IngressPath): RegExp | undefined {
  const isRepeatedGroup = /\)[*+{]/.test(urlPath);
  const repetitions = urlPath.match(/[*+]|,\}/g)?.length ?? 0;
  if (isRepeatedGroup || repetitions > 3) return undefined;
  try {
    return new RegExp(`^${urlPath}`, 'i');
  } catch {
    return undefined;
  }
}

/** The path that the backend sees, where the Ingress has a rewrite-target: `$1` to `$9` stand for the groups of the pattern. */
export function rewrittenPath(ingress: IngressResource, path: IngressPath, requestPath: string): string | undefined {
  const target = ingress.annotations.get(REWRITE_TARGET);
  const groups = target ? patternOf(path)?.exec(requestPath) : undefined;
  return groups ? target?.replace(/\$(\d)/g, (_, number: string) => groups[Number(number)] ?? '') : undefined;
}
