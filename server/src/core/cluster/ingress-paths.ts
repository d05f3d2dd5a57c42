import type { IngressPath } from '../manifest/index.ts';

/** How well a rule's host fits: a precise one beats a wildcard, a wildcard beats none (ingress.md, section 5). */
export type HostMatch = 'precise' | 'wildcard' | 'any';

const HOST_RANKS: Readonly<Record<HostMatch, number>> = { precise: 2, wildcard: 1, any: 0 };

/** Higher is better. */
export function hostRank(match: HostMatch): number {
  return HOST_RANKS[match];
}

/** Whether a rule's host takes a request's host, given without its port. `*.` stands for exactly one label. */
export function matchHost(ruleHost: string, host: string): HostMatch | undefined {
  if (ruleHost === '') return 'any';
  const wanted = ruleHost.toLowerCase();
  const given = host.toLowerCase();
  if (wanted === given) return 'precise';
  if (!wanted.startsWith('*.')) return undefined;
  const dot = given.indexOf('.');
  return dot > 0 && given.slice(dot) === wanted.slice(1) ? 'wildcard' : undefined;
}

/**
 * Whether a path of a rule takes a request's path (section 4). ImplementationSpecific is up to the controller and read like
 * Prefix, which most do.
 */
export function matchesPath(path: IngressPath, requestPath: string): boolean {
  if (path.pathType === 'Exact') return path.urlPath === requestPath;
  const wanted = elementsOf(path.urlPath);
  const given = elementsOf(requestPath);
  return wanted.length <= given.length && wanted.every((element, index) => element === given[index]);
}

/** The elements between slashes; a slash at the end adds none. */
function elementsOf(path: string): readonly string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

/** How long a path counts when several match; a slash at the end of a prefix does not. */
export function pathLength(path: IngressPath): number {
  return path.pathType === 'Exact' ? path.urlPath.length : `/${elementsOf(path.urlPath).join('/')}`.length;
}

/** Request paths that show what a path takes and what it only seems to take. */
export interface PathExamples {
  readonly matching: readonly string[];
  readonly other: readonly string[];
}

export function examplesOf(path: IngressPath): PathExamples {
  const base = `/${elementsOf(path.urlPath).join('/')}`;
  if (base === '/') {
    return path.pathType === 'Exact'
      ? { matching: ['/'], other: ['/index.html'] }
      : { matching: ['every path'], other: [] };
  }
  const upper = base.replace(/\/([a-z])/, (_, letter: string) => `/${letter.toUpperCase()}`);
  const candidates = [base, `${base}/`, `${base}/items`, `${base}s`, ...(upper === base ? [] : [upper])];
  return {
    matching: candidates.filter((candidate) => matchesPath(path, candidate)),
    other: candidates.filter((candidate) => !matchesPath(path, candidate)),
  };
}
