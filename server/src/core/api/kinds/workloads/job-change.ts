import { without } from '../../change.ts';
import { type Errors, immutableErrors, invalid } from '../../field-error.ts';
import { SPEC } from '../../path.ts';
import type { Affinity, Container, PodSpec, PodTemplate } from '../pod/types.ts';
import { selectorChangeErrors } from './selector.ts';
import { TEMPLATE } from './template.ts';
import type { JobSpec, Workload } from './types.ts';

/**
 * What an update of a Job may not change (pkg/apis/batch/validation, ValidateJobSpecUpdate). While it is suspended, where its Pods
 * run and what they need may change.
 */
export function jobChangeErrors(spec: JobSpec, { spec: stored = {} }: Workload<JobSpec>): Errors {
  return [
    ...completionErrors(spec, stored),
    ...selectorChangeErrors(spec, stored),
    ...templateChanges(spec.template ?? {}, stored),
    ...(['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'] as const).flatMap(
      (name) => immutableErrors(SPEC.child(name), spec[name], stored[name]),
    ),
  ];
}

/** An indexed Job may become larger or smaller, if all its Pods run at once. */
function completionErrors(next: JobSpec, stored: JobSpec): Errors {
  const path = SPEC.child('completions');
  const errors = immutableErrors(path, next.completions, stored.completions);
  if (next.completionMode !== 'Indexed' || errors.length === 0) return errors;
  if (next.completions === undefined || next.completions === next.parallelism) return [];
  return [invalid(path, next.completions, 'can only be modified in tandem with spec.parallelism')];
}

function templateChanges(next: PodTemplate, { template: stored = {}, suspend }: JobSpec): Errors {
  if (suspend !== true) return immutableErrors(TEMPLATE, next, stored);
  // Labels, annotations and what decides where the Pods run are free; of the rest only the resources.
  return immutableErrors(TEMPLATE.child('spec'), fixedPart(next), fixedPart(stored), next.spec);
}

function fixedPart({ spec = {} }: PodTemplate): object {
  const { nodeSelector, tolerations, schedulingGates, containers = [], initContainers = [], affinity, ...rest } = spec;
  const withoutResources = (container: Container) => without(container, 'resources');
  const others: Affinity = without(affinity ?? {}, 'nodeAffinity');
  const fixed: PodSpec = {
    ...rest,
    containers: containers.map(withoutResources),
    initContainers: initContainers.map(withoutResources),
    ...(Object.keys(others).length > 0 && { affinity: others }),
  };
  return fixed;
}
