import { type Errors, invalid } from '../../field-error.ts';
import type { LabelSelectorObject } from '../../labels.ts';
import { SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { podTemplateErrors } from '../pod/spec.ts';
import type { PodTemplate } from '../pod/types.ts';
import { isUsable, mismatchErrors, printedSelector, requiredSelectorErrors } from './selector.ts';
import { runningTemplateErrors, TEMPLATE } from './template.ts';

interface Replicated {
  readonly selector?: LabelSelectorObject;
  readonly template?: PodTemplate;
}

/**
 * Errors of the selector and the template of Deployments and ReplicaSets (pkg/apis/apps/validation, ValidateDeploymentSpec,
 * ValidateReplicaSetSpec, ValidatePodTemplateSpecForReplicaSet). The server takes both for Deployments.
 */
export function replicatedErrors({ selector, template = {} }: Replicated, version: KubernetesVersion): Errors {
  const errors = requiredSelectorErrors(selector, 'deployment');
  if (!isUsable(selector)) {
    return [...errors, invalid(SPEC.child('selector'), printedSelector(selector), 'invalid label selector')];
  }
  return [
    ...errors,
    ...mismatchErrors(selector, template),
    ...podTemplateErrors(template, version, TEMPLATE),
    ...runningTemplateErrors(template, 'ReplicaSet'),
  ];
}
