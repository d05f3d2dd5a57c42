import { encodeType } from '../../encode.ts';
import { sameValue } from '../../equal.ts';
import { type Errors, invalid } from '../../field-error.ts';
import { sortedMap } from '../../go-text.ts';
import type { LabelSelectorObject, StringMap } from '../../labels.ts';
import { dnsLabelProblems } from '../../names.ts';
import type { ObjectMeta } from '../../object-meta.ts';
import { Path } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import type { Warnings } from '../../warning.ts';
import { withoutOldAnnotations } from '../pod/default.ts';
import { defaultPodSpec } from '../pod/default-spec.ts';
import type { PodTemplate } from '../pod/types.ts';
import { podWarnings } from '../pod/warnings.ts';
import type { Workload } from './types.ts';

/** What the controllers of Pods have in common. */

export const SPEC = Path.root.child('spec');

/** A new object: its first generation, without a status (PrepareForCreate). */
export function created<T extends Workload<unknown>>(object: T, spec: NonNullable<T['spec']>): T {
  const { status, ...rest } = object;
  return { ...rest, metadata: { ...object.metadata, generation: 1 }, spec } as T;
}

/** A changed object: the next generation if its spec is another, with the status that it had (PrepareForUpdate). */
export function updated<T extends Workload<unknown>>(next: T, stored: T, spec: NonNullable<T['spec']>): T {
  return { ...withStatusOf(next, stored, isChanged(spec, stored)), spec };
}

export function isChanged(spec: unknown, stored: Workload<unknown>): 'changed' | 'same' {
  return sameValue(spec, stored.spec) ? 'same' : 'changed';
}

export function withStatusOf<T extends Workload<unknown>>(next: T, stored: T, change: 'changed' | 'same'): T {
  const { status, ...rest } = next;
  const generation = (stored.metadata.generation ?? 0) + (change === 'changed' ? 1 : 0);
  const kept = stored.status === undefined ? {} : { status: stored.status };
  return { ...rest, ...kept, metadata: { ...next.metadata, generation } } as T;
}

export function defaultTemplate(template: PodTemplate | undefined, version: KubernetesVersion): PodTemplate {
  const { metadata, spec = {} } = template ?? {};
  const meta = metadata === undefined ? {} : { metadata: withoutOldAnnotations(metadata) };
  return { ...meta, spec: defaultPodSpec(spec, version) };
}

/** Labels as the server prints them: `null` if there are none. */
export function printedLabels(labels: StringMap | undefined): unknown {
  return labels === undefined ? null : sortedMap(labels);
}

export function printedSelector(selector: LabelSelectorObject | undefined): unknown {
  return selector === undefined ? null : encodeType('LabelSelector', selector);
}

/** A field that keeps its value. */
export function immutable(path: Path, next: unknown, stored: unknown, printed: unknown = next): Errors {
  return sameValue(next, stored) ? [] : [invalid(path, printed ?? null, 'field is immutable')];
}

/** A name that Pods are named after should do as a hostname. */
export function nameWarnings({ name = '' }: ObjectMeta): Warnings {
  const problems = dnsLabelProblems(name);
  const text = `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
  return problems.length === 0 ? [] : [{ message: `metadata.name: ${text}`, at: ['metadata', 'name'] }];
}

/** Warnings of a template of Pods (pkg/api/pod/warnings.go, GetWarningsForPodTemplate). */
export function templateWarnings(template: PodTemplate | undefined, path: Path): Warnings {
  if (template === undefined) return [];
  const { metadata = {}, spec = {} } = template;
  return podWarnings({ metadata, spec, owner: 'template' }, path);
}

/** Warnings of a changed object's template, if anything of its spec has changed. */
export function changedTemplateWarnings<T extends Workload<{ readonly template?: PodTemplate }>>(
  next: T,
  stored: T,
): Warnings {
  const isSame = next.metadata.generation === stored.metadata.generation;
  return isSame ? [] : templateWarnings(next.spec?.template, SPEC.child('template'));
}
