import {
  type LabelSelector,
  type Labels,
  matchesSelector,
  type NamespaceResource,
  type Resource,
  type WorkloadResource,
} from '../manifest/index.ts';
import { similarity } from '../text/similarity.ts';
import type { NamespaceView } from './namespace-view.ts';

/** One label of a selector that a workload does not carry. */
export interface LabelDifference {
  readonly key: string;
  readonly wanted: string;
  /** The workload's own value of this key, if it has the key. */
  readonly actual: string | undefined;
  /** A key of the workload that may have been meant instead, with its value. */
  readonly similarKey: string | undefined;
}

/** A workload that the selector nearly matches. */
export interface NearMiss {
  readonly workload: WorkloadResource;
  readonly differences: readonly LabelDifference[];
}

/** A namespace that a selector nearly matches. */
export interface NearNamespace {
  readonly namespace: NamespaceResource;
  readonly differences: readonly LabelDifference[];
}

/**
 * Workloads that a selector probably meant, the likeliest first: those that share a label, or whose value or key differs
 * by a few letters, or that are named like the object that has the selector.
 */
export function findNearMisses(view: NamespaceView, selector: Labels, ownerName: string): readonly NearMiss[] {
  const candidates = view.workloads.map((workload) => ({ item: workload, labels: workload.spec.template.labels }));
  return rank(candidates, selector, ownerName).map(({ item, differences }) => ({ workload: item, differences }));
}

/** The same for a LabelSelector: its matchLabels may differ, its matchExpressions must match. */
export function findNearMissesOfSelector(
  view: NamespaceView,
  selector: LabelSelector,
  ownerName: string,
): readonly NearMiss[] {
  const expressions = { ...selector, matchLabels: new Map() };
  return findNearMisses(view, selector.matchLabels, ownerName).filter(({ workload }) =>
    matchesSelector(expressions, workload.spec.template.labels),
  );
}

/** Namespace objects that a namespaceSelector probably meant, the likeliest first. */
export function findNearNamespaces(views: readonly NamespaceView[], selector: LabelSelector): readonly NearNamespace[] {
  const candidates = views.flatMap(({ object, labels }) => (object === undefined ? [] : [{ item: object, labels }]));
  return rank(candidates, selector.matchLabels, '').map(({ item, differences }) => ({ namespace: item, differences }));
}

interface Candidate<T extends Resource> {
  readonly item: T;
  readonly labels: Labels;
}

interface Ranked<T extends Resource> extends Candidate<T> {
  readonly differences: readonly LabelDifference[];
}

function rank<T extends Resource>(
  candidates: readonly Candidate<T>[],
  selector: Labels,
  ownerName: string,
): readonly Ranked<T>[] {
  return candidates
    .map((candidate) => ({ ...candidate, differences: differencesOf(candidate.labels, selector) }))
    .map((miss) => ({ miss, score: scoreOf(miss, selector.size, ownerName) }))
    .filter(({ score }) => score >= PLAUSIBLE)
    .sort((a, b) => b.score - a.score)
    .map(({ miss }) => miss);
}

const PLAUSIBLE = 0.6;

function differencesOf(labels: Labels, selector: Labels): readonly LabelDifference[] {
  const differences: LabelDifference[] = [];
  for (const [key, wanted] of selector) {
    const actual = labels.get(key);
    if (actual === wanted) continue;
    const similarKey = actual === undefined ? findSimilarKey(labels, selector, key, wanted) : undefined;
    differences.push({ key, wanted, actual, similarKey });
  }
  return differences;
}

/** A key with the wanted value, or one spelt nearly alike; keys that the selector already uses are taken. */
function findSimilarKey(labels: Labels, selector: Labels, key: string, wanted: string): string | undefined {
  const free = [...labels.keys()].filter((candidate) => !selector.has(candidate));
  return (
    free.find((candidate) => labels.get(candidate) === wanted) ??
    free.find((candidate) => similarity(candidate, key) >= 0.7)
  );
}

/** 1 for each label that matches, a part of it for one that nearly does; a name alike helps a value that is alike. */
function scoreOf(miss: Ranked<Resource>, size: number, ownerName: string): number {
  const matched = size - miss.differences.length;
  const near = miss.differences.reduce((sum, difference) => sum + nearness(difference, miss.labels), 0);
  const named = similarity(miss.item.name, ownerName) >= 0.75 ? 0.5 : 0;
  return (matched + near + named) / Math.max(1, size);
}

function nearness({ key, wanted, actual, similarKey }: LabelDifference, labels: Labels): number {
  if (actual !== undefined) return similarity(actual, wanted);
  if (similarKey === undefined) return 0;
  return similarity(labels.get(similarKey) ?? '', wanted) * Math.max(0.7, similarity(similarKey, key));
}
