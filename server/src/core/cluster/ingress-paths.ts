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

/** A path as it is compared: of a prefix, a slash at the end does not count. */
export function comparedPath(path: IngressPath): string {
  return path.pathType === 'Exact' ? path.urlPath : `/${elementsOf(path.urlPath).join('/')}`;
}

/** Which of two paths answers where both match; `tie` where the API does not say. */
export type PathPreference = 'length' | 'exact' | 'tie';

/** What decides between two paths that match the same request: length, then Exact before the rest (section 4). */
export function pathPreference(a: IngressPath, b: IngressPath): PathPreference {
  if (comparedPath(a).length !== comparedPath(b).length) return 'length';
  return (a.pathType === 'Exact') !== (b.pathType === 'Exact') ? 'exact' : 'tie';
}

/** Negative if `a` answers before `b`, positive if `b` does, 0 for a tie. */
export function comparePaths(a: IngressPath, b: IngressPath): number {
  const exactness = (path: IngressPath) => (path.pathType === 'Exact' ? 1 : 0);
  return comparedPath(b).length - comparedPath(a).length || exactness(b) - exactness(a);
}

/** How the paths of a host are read: which requests they take, and which of them goes first. */
export interface PathReading {
  readonly matches: (path: IngressPath, requestPath: string) => boolean;
  readonly compare: (a: IngressPath, b: IngressPath) => number;
  readonly preference: (a: IngressPath, b: IngressPath) => PathPreference;
}

/** As the API says. */
export const API_READING: PathReading = {
  matches: matchesPath,
  compare: comparePaths,
  preference: pathPreference,
};

/** Whether an ImplementationSpecific path is written as a pattern, which only its controller can read. */
export function isPattern(path: IngressPath): boolean {
  return path.pathType === 'ImplementationSpecific' && /[\\^$*+?()[\]{}|]/.test(path.urlPath);
}

/** Request paths that show what a path takes and what it only seems to take. */
export interface PathExamples {
  readonly matching: readonly string[];
  readonly other: readonly string[];
}

/** Examples for a path: itself, with a slash, below it, a longer word, another case. None for a pattern. */
export function examplesOf(path: IngressPath): PathExamples {
  if (isPattern(path)) return { matching: [], other: [] };
  const base = `/${elementsOf(path.urlPath).join('/')}`;
  const candidates = base === '/' ? ['/', '/index.html'] : [base, `${base}/`, `${base}/items`, ...lookalikes(base)];
  return {
    matching: candidates.filter((candidate) => matchesPath(path, candidate)),
    other: candidates.filter((candidate) => !matchesPath(path, candidate)),
  };
}

function lookalikes(base: string): readonly string[] {
  const upper = base.replace(/\/([a-z])/, (_, letter: string) => `/${letter.toUpperCase()}`);
  return upper === base ? [`${base}-old`] : [`${base}-old`, upper];
}
