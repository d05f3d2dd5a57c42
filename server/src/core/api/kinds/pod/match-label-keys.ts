import { change, changeEach } from '../../change.ts';
import { ownValue } from '../../json.ts';
import type { LabelSelectorObject, StringMap } from '../../labels.ts';
import { type PodAffinity, type PodAffinityTerm, type PodSpec, PREFERRED_TERMS, REQUIRED_TERMS } from './types.ts';

/**
 * The server writes the Pod's own values of `matchLabelKeys` into the selectors beside them when the Pod is created
 * (pkg/registry/core/pod/strategy.go, mutatePodAffinity, mutateTopologySpreadConstraints).
 */
export function withMatchLabelKeys(spec: PodSpec, labels: StringMap): PodSpec {
  const ofTerm = (term: PodAffinityTerm) => withTermKeys(term, labels);
  const inTerms = (affinity: PodAffinity) => {
    const preferred = changeEach(affinity, PREFERRED_TERMS, (term) => change(term, 'podAffinityTerm', ofTerm));
    return changeEach(preferred, REQUIRED_TERMS, ofTerm);
  };
  const spread = changeEach(spec, 'topologySpreadConstraints', (constraint) =>
    change(constraint, 'labelSelector', (selector) => withKeys(selector, constraint.matchLabelKeys, 'In', labels)),
  );
  return change(spread, 'affinity', (affinity) =>
    change(change(affinity, 'podAffinity', inTerms), 'podAntiAffinity', inTerms),
  );
}

function withTermKeys(term: PodAffinityTerm, labels: StringMap): PodAffinityTerm {
  return change(term, 'labelSelector', (selector) =>
    withKeys(withKeys(selector, term.matchLabelKeys, 'In', labels), term.mismatchLabelKeys, 'NotIn', labels),
  );
}

function withKeys(
  selector: LabelSelectorObject,
  keys: readonly string[] = [],
  operator: 'In' | 'NotIn',
  labels: StringMap,
): LabelSelectorObject {
  const added = keys.flatMap((key) => {
    const value = ownValue(labels, key);
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
  return added.length === 0
    ? selector
    : { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...added] };
}
