import type { Labels, WorkloadResource } from '../manifest/index.ts';
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

/**
 * Workloads that a selector probably meant, the likeliest first: those that share a label, or whose value or key differs
 * by a few letters, or that are named like the object that has the selector.
 */
export function findNearMisses(view: NamespaceView, selector: Labels, ownerName: string): readonly NearMiss[] {
  return view.workloads
    .map((workload) => ({ workload, differences: differencesOf(workload.spec.template.labels, selector) }))
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
function scoreOf(miss: NearMiss, size: number, ownerName: string): number {
  const matched = size - miss.differences.length;
  const near = miss.differences.reduce((sum, difference) => sum + nearness(difference, miss.workload), 0);
  const named = similarity(miss.workload.name, ownerName) >= 0.75 ? 0.5 : 0;
  return (matched + near + named) / Math.max(1, size);
}

function nearness({ key, wanted, actual, similarKey }: LabelDifference, workload: WorkloadResource): number {
  if (actual !== undefined) return similarity(actual, wanted);
  if (similarKey === undefined) return 0;
  return (
    similarity(workload.spec.template.labels.get(similarKey) ?? '', wanted) * Math.max(0.7, similarity(similarKey, key))
  );
}
