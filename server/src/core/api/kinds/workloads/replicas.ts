import { type Errors, forbidden, invalid, notSupported, required } from '../../field-error.ts';
import { type LabelSelectorObject, labelSelectorErrors } from '../../labels.ts';
import type { Path } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { podTemplateErrors } from '../pod/spec.ts';
import type { PodTemplate } from '../pod/types.ts';
import { printedSelector } from './common.ts';
import { isEmptySelector, isUsable, mismatchErrors } from './selector.ts';

/** Pods of controllers that keep them running restart always, and have no deadline. */
export function runningTemplateErrors({ spec = {} }: PodTemplate, kind: string, path: Path): Errors {
  const { restartPolicy = '', activeDeadlineSeconds } = spec;
  const deadlinePath = path.child('spec', 'activeDeadlineSeconds');
  return [
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(path.child('spec', 'restartPolicy'), restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(deadlinePath, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

/** Errors of a required selector. `kind` is how the server calls the object if the selector is empty. */
export function requiredSelectorErrors(selector: LabelSelectorObject | undefined, kind: string, path: Path): Errors {
  if (selector === undefined) return [required(path)];
  const errors = labelSelectorErrors(selector, path);
  if (!isEmptySelector(selector)) return errors;
  return [...errors, invalid(path, printedSelector(selector), `empty selector is invalid for ${kind}`)];
}

interface Replicated {
  readonly selector?: LabelSelectorObject;
  readonly template?: PodTemplate;
}

/**
 * Errors of the selector and the template of Deployments and ReplicaSets (pkg/apis/apps/validation, ValidateDeploymentSpec,
 * ValidateReplicaSetSpec, ValidatePodTemplateSpecForReplicaSet). The server takes both for Deployments.
 */
export function replicatedErrors(
  { selector, template = {} }: Replicated,
  version: KubernetesVersion,
  path: Path,
): Errors {
  const [selectorPath, templatePath] = [path.child('selector'), path.child('template')];
  const errors = requiredSelectorErrors(selector, 'deployment', selectorPath);
  if (!isUsable(selector))
    return [...errors, invalid(selectorPath, printedSelector(selector), 'invalid label selector')];
  return [
    ...errors,
    ...mismatchErrors(selector, template.metadata?.labels, templatePath),
    ...podTemplateErrors(template, version, templatePath),
    ...runningTemplateErrors(template, 'ReplicaSet', templatePath),
  ];
}
