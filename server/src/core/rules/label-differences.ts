import type { LabelDifference, NearMiss } from '../cluster/index.ts';
import { displayName, type LabelSelector, type Labels, type Resource } from '../manifest/index.ts';
import type { FieldPath, YamlEdit } from '../yaml/index.ts';
import type { Fix, Related } from './rule.ts';

/** Where the labels of a selector are written: its matchLabels, else its matchExpressions. */
export function pathOfLabels({ path, matchLabels }: LabelSelector): FieldPath {
  return [...path, matchLabels.size > 0 ? 'matchLabels' : 'matchExpressions'];
}

/** `Deployment cart has app=cart.`: what a workload carries where a selector wants something else. */
export function describeMiss({ workload, differences }: NearMiss): string {
  return `${displayName(workload)} has ${describeDifferences(differences, workload.spec.template.labels).join(' and ')}.`;
}

/** Per difference `app=cart`, or `no label app`. */
export function describeDifferences(differences: readonly LabelDifference[], labels: Labels): readonly string[] {
  return differences.map(({ key, actual, similarKey }) => {
    if (actual !== undefined) return `${key}=${actual}`;
    return similarKey === undefined ? `no label ${key}` : `${similarKey}=${labels.get(similarKey)}`;
  });
}

/** The labels of the nearest workloads, as related places of a finding. */
export function relatedMisses(misses: readonly NearMiss[]): readonly Related[] {
  return misses.slice(0, 3).map((miss) => ({
    resource: miss.workload,
    path: [...miss.workload.spec.template.path, 'metadata', 'labels'],
    message: describeMiss(miss),
  }));
}

/** Per near miss the change of the labels at `path` of a selector's owner that makes it match, where one is known. */
export function fixMisses(owner: Resource, path: FieldPath, misses: readonly NearMiss[]): readonly Fix[] {
  return misses.slice(0, 2).flatMap(({ workload, differences }) => {
    const { labels } = workload.spec.template;
    return fixDifferences(owner, path, differences, labels, displayName(workload));
  });
}

/** The same for the labels of anything; none if a label is missing there and nothing is like it. */
export function fixDifferences(
  owner: Resource,
  path: FieldPath,
  differences: readonly LabelDifference[],
  labels: Labels,
  goal: string,
): readonly Fix[] {
  const isKnown = differences.every(({ actual, similarKey }) => actual !== undefined || similarKey !== undefined);
  if (!isKnown || differences.length === 0) return [];
  const edits = differences.flatMap((difference) => editsFor(path, difference, labels));
  return [
    {
      title: `Select ${describeDifferences(differences, labels).join(', ')} of ${goal}`,
      kind: 'suggested',
      edits: edits.map((edit) => ({ resource: owner, edit })),
    },
  ];
}

function editsFor(path: FieldPath, difference: LabelDifference, labels: Labels): readonly YamlEdit[] {
  const field = [...path, difference.key];
  if (difference.actual !== undefined) return [{ op: 'replace', path: field, value: difference.actual }];
  if (difference.similarKey === undefined) return [];
  const value = labels.get(difference.similarKey) ?? '';
  const rename: YamlEdit = { op: 'rename', path: field, key: difference.similarKey };
  return value === difference.wanted ? [rename] : [rename, { op: 'replace', path: field, value }];
}
