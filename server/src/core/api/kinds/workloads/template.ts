import { type Errors, forbidden, notSupported } from '../../field-error.ts';
import { type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { hostnameWarnings, type Warnings } from '../../warning.ts';
import { withoutOldAnnotations } from '../pod/default.ts';
import { defaultPodSpec } from '../pod/default-spec.ts';
import type { PodTemplate } from '../pod/types.ts';
import { podWarnings } from '../pod/warnings.ts';
import type { Workload } from './types.ts';

type Controller = Workload<{ readonly template?: PodTemplate }>;

/** Where controllers have the template of their Pods; Jobs of a CronJob have theirs deeper. */
export const TEMPLATE = SPEC.child('template');

/** What the Pods of a controller are named after, in a warning that the name is no hostname. */
export const POD_NAMES = 'Pod names and hostnames';

/** What the server fills into a template of Pods; an absent one counts as empty. */
export function defaultTemplate(template: PodTemplate | undefined, version: KubernetesVersion): PodTemplate {
  const { metadata, spec = {} } = template ?? {};
  const meta = metadata === undefined ? {} : { metadata: withoutOldAnnotations(metadata) };
  return { ...meta, spec: defaultPodSpec(spec, version) };
}

/** Pods of controllers that keep them running restart always, and have no deadline. `kind` is how the server calls the controller. */
export function runningTemplateErrors({ spec = {} }: PodTemplate, kind: string): Errors {
  const { restartPolicy = '', activeDeadlineSeconds } = spec;
  const policyPath = TEMPLATE.child('spec', 'restartPolicy');
  const deadlinePath = TEMPLATE.child('spec', 'activeDeadlineSeconds');
  return [
    ...(restartPolicy === 'Always' ? [] : [notSupported(policyPath, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(deadlinePath, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

/** Warnings of a template of Pods (pkg/api/pod/warnings.go, GetWarningsForPodTemplate). */
export function templateWarnings(template: PodTemplate | undefined, path: Path): Warnings {
  if (template === undefined) return [];
  const { metadata = {}, spec = {} } = template;
  return podWarnings({ metadata, spec, owner: 'template' }, path);
}

/** Warnings of a changed object's template, if anything of its spec has changed. */
export function changedTemplateWarnings(next: Controller, stored: Controller): Warnings {
  const isSame = next.metadata.generation === stored.metadata.generation;
  return isSame ? [] : templateWarnings(next.spec?.template, TEMPLATE);
}

/** Warnings of a controller whose Pods are named after it. `stored` is undefined on creation. */
export function controllerWarnings(object: Controller, stored: Controller | undefined): Warnings {
  if (stored !== undefined) return changedTemplateWarnings(object, stored);
  return [...hostnameWarnings(object.metadata, POD_NAMES), ...templateWarnings(object.spec?.template, TEMPLATE)];
}
