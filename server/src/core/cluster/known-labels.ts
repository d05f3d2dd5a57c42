import {
  type LabelRequirement,
  type LabelSelector,
  matchesSelector,
  type WorkloadResource,
} from '../manifest/index.ts';
import type { NamespaceView } from './namespace-view.ts';
import { findAddedLabel } from './pod-labels.ts';

/** Whether something holds, as far as the manifests tell. */
export type Certainty = 'yes' | 'no' | 'maybe';

/** What a label can be: one of these values, undefined meaning that it is missing; or anything. */
export type PossibleValues = ReadonlySet<string | undefined> | 'unknown';

/** Whether a selector matches labels of which only some are known. */
export function matchKnown(selector: LabelSelector, valuesOf: (key: string) => PossibleValues): Certainty {
  const answers = requirementsOf(selector).map((requirement) => meets(requirement, valuesOf(requirement.key)));
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

/** Every line of a selector in the form of matchExpressions. */
export function requirementsOf(selector: LabelSelector): readonly LabelRequirement[] {
  const equalities = [...selector.matchLabels].map(([key, value]) => ({
    path: [...selector.path, 'matchLabels', key],
    key,
    operator: 'In',
    values: [value],
  }));
  return [...equalities, ...selector.matchExpressions];
}

function meets(requirement: LabelRequirement, values: PossibleValues): Certainty {
  if (values === 'unknown') return 'maybe';
  const selector = { path: requirement.path, matchLabels: new Map(), matchExpressions: [requirement] };
  const answers = [...values].map((value) =>
    matchesSelector(selector, value === undefined ? new Map() : new Map([[requirement.key, value]])),
  );
  if (answers.every((answer) => answer)) return 'yes';
  return answers.some((answer) => answer) ? 'maybe' : 'no';
}

/** Whether a selector matches a workload's Pods: `maybe` where it asks for a label that a controller adds. */
export function matchPods(selector: LabelSelector, workload: WorkloadResource): Certainty {
  return matchKnown(selector, (key) => {
    const written = workload.spec.template.labels.get(key);
    if (written !== undefined) return new Set([written]);
    return findAddedLabel(workload, key) ?? new Set([undefined]);
  });
}

/** Whether a namespaceSelector matches: of a namespace without an object in view only the name is known (NPS-17). */
export function matchNamespace(selector: LabelSelector, { labels, object }: NamespaceView): Certainty {
  return matchKnown(selector, (key) =>
    labels.has(key) || object !== undefined ? new Set([labels.get(key)]) : 'unknown',
  );
}
