import {
  allIngresses,
  type Cluster,
  classOf,
  ingressesOfClass,
  parseRequestUrl,
  type RequestUrl,
  type RoutingResult,
  routeRequest,
  routesOf,
} from '../cluster/index.ts';
import type { FieldRef, IngressResource } from '../manifest/index.ts';
import type { Snapshot } from '../workspace/index.ts';
import { sampleUrl } from './ingress-words.ts';
import { stepsOf } from './url-test/steps.ts';

/** What becomes of a request for a URL. */
export interface UrlTest {
  readonly url: RequestUrl;
  /** One per class of Ingresses that answers; where none does, one that says so. Empty if no Ingress is in view. */
  readonly answers: readonly UrlAnswer[];
  /** URLs of known hosts and paths: those like the text first, and those of the file `uri` before others. */
  readonly suggestions: readonly string[];
}

/** The answer of the controller of one class. */
export interface UrlAnswer {
  /** The set of manifests, as the status bar names it. */
  readonly cluster: string;
  /** Undefined for Ingresses without a class. */
  readonly className: string | undefined;
  readonly outcome: 'route' | 'default-backend' | 'nothing';
  /** From the class down to the Pods, then the next in line. */
  readonly steps: readonly UrlStep[];
}

/** One line of an answer. */
export interface UrlStep {
  readonly kind: 'class' | 'host' | 'path' | 'backend' | 'pods' | 'next' | 'nothing' | 'unknown';
  readonly text: string;
  /** Why, in words; empty where nothing is to be said. */
  readonly why: string;
  readonly source: FieldRef | undefined;
}

/**
 * Follows a URL through the Ingresses of the set that `uri` belongs to; through those of all sets if it is in none, or its set has
 * none. The text may be half typed; a host or a path alone will do.
 */
export function testUrl(snapshot: Snapshot, text: string, uri?: string): UrlTest {
  const url = parseRequestUrl(text);
  const clusters = clustersFor(snapshot, uri);
  const groups = clusters.flatMap(classGroups);
  const answers = groups.map((group) => answerOf(group, url));
  const ingresses = clusters.flatMap(allIngresses);
  const own = ingresses.filter((ingress) => ingress.uri === uri);
  return { url, answers: pick(answers), suggestions: suggest([...own, ...ingresses], text) };
}

function clustersFor(snapshot: Snapshot, uri: string | undefined): readonly Cluster[] {
  const own = uri === undefined ? undefined : snapshot.clusterOf(uri);
  return own !== undefined && allIngresses(own).length > 0 ? [own] : snapshot.clusters;
}

interface ClassGroup {
  readonly cluster: Cluster;
  readonly className: string | undefined;
  readonly ingresses: readonly IngressResource[];
}

function classGroups(cluster: Cluster): readonly ClassGroup[] {
  const names = new Set(allIngresses(cluster).map((ingress) => classOf(cluster, ingress).name));
  return [...names].map((className) => ({ cluster, className, ingresses: ingressesOfClass(cluster, className) }));
}

function answerOf({ cluster, className, ingresses }: ClassGroup, url: RequestUrl): UrlAnswer {
  const result = routeRequest(cluster, ingresses, url);
  const steps = stepsOf(cluster, ingresses, result);
  return { cluster: cluster.name, className, outcome: outcomeOf(result), steps };
}

function outcomeOf({ winner, fallback }: RoutingResult): UrlAnswer['outcome'] {
  if (winner !== undefined) return 'route';
  return fallback === undefined ? 'nothing' : 'default-backend';
}

const MOST_ANSWERS = 5;
const MOST_SUGGESTIONS = 20;

/** Routes before default backends; that nothing answers is said only where no class does. */
function pick(answers: readonly UrlAnswer[]): readonly UrlAnswer[] {
  const of = (outcome: UrlAnswer['outcome']) => answers.filter((answer) => answer.outcome === outcome);
  const found = [...of('route'), ...of('default-backend')];
  return (found.length > 0 ? found : of('nothing').slice(0, 1)).slice(0, MOST_ANSWERS);
}

function suggest(ingresses: readonly IngressResource[], text: string): readonly string[] {
  const urls = [...new Set(ingresses.flatMap(routesOf).map(sampleUrl))];
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '');
  const isLike = (url: string) => url.toLowerCase().includes(typed);
  return [...urls.filter(isLike), ...urls.filter((url) => !isLike(url))].slice(0, MOST_SUGGESTIONS);
}
