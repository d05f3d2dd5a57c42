import { labelValueProblems } from '../../api/index.ts';
import { SERVICE_NAME_LABEL } from '../../manifest/index.ts';
import type { FieldPath } from '../../yaml/index.ts';
import { type Choice, type Chooser, type CompletionContext, textAt } from './completion-context.ts';
import { presentKeys } from './cursor.ts';
import { type LabelSource, labelSources } from './label-sources.ts';
import { serviceNames } from './references.ts';
import { writtenKey } from './written.ts';

/** Keys of labels that exist where a selector looks. */
export const labelKeyChoices: Chooser = (context) => {
  const { path, place } = context;
  if (path.at(-1) === 'matchExpressions') return [];
  const present = presentKeys(place);
  const choices = isOfSlice(context, path) ? [SERVICE_NAME] : keysIn(labelSources(context, path));
  return choices
    .filter(({ label }) => !present.has(label))
    .map((choice) => ({ ...choice, insert: writtenKey(choice.label, place, ' '), leadsOn: true }));
};

/** Whether there are labels to choose from, told without looking at them all. */
export function hasLabelKeys(context: CompletionContext): boolean {
  return isOfSlice(context, context.path) || labelSources(context, context.path).some(({ labels }) => labels.size > 0);
}

/** Values that a label has where a selector looks, and in an expression its key too. */
export const labelValueChoices: Chooser = (context) => {
  const { path } = context;
  const expression = expressionAt(path);
  if (expression !== undefined) return expressionChoices(context, expression);
  if (path.at(-1) === SERVICE_NAME_LABEL && isOfSlice(context, path.slice(0, -1))) return serviceNames(context);
  return valuesOf(labelSources(context, path.slice(0, -1)), String(path.at(-1)));
};

const SERVICE_NAME: Choice = {
  label: SERVICE_NAME_LABEL,
  kind: 'reference',
  reason: 'The Service that the slice belongs to.',
};

function isOfSlice({ resource }: CompletionContext, path: FieldPath): boolean {
  return resource.type === 'EndpointSlice' && path.join('.') === 'metadata.labels';
}

/** The path of a line of matchExpressions that a path leads into, and the field of it. */
interface Expression {
  readonly path: FieldPath;
  readonly field: string;
}

function expressionAt(path: FieldPath): Expression | undefined {
  const index = path.lastIndexOf('matchExpressions');
  const field = path[index + 2];
  return index === -1 || typeof field !== 'string' ? undefined : { path: path.slice(0, index + 2), field };
}

function expressionChoices(context: CompletionContext, { path, field }: Expression): readonly Choice[] {
  const sources = labelSources(context, path.slice(0, -1));
  if (field === 'key') return keysIn(sources);
  return field === 'values' ? valuesOf(sources, textAt(context, [...path, 'key']) ?? '') : [];
}

/** Each key once, with the first who has it. */
function keysIn(sources: readonly LabelSource[]): readonly Choice[] {
  const keys = new Map<string, string>();
  for (const { claim, labels } of sources) {
    for (const [key, value] of labels) if (!keys.has(key)) keys.set(key, `${claim} ${key}=${value}`);
  }
  return choicesOf(keys);
}

/** Each value of a key once, with the first who has it. */
function valuesOf(sources: readonly LabelSource[], key: string): readonly Choice[] {
  const values = new Map<string, string>();
  for (const { claim, labels } of sources) {
    const value = labels.get(key);
    if (value !== undefined && !values.has(value) && labelValueProblems(value).length === 0)
      values.set(value, `${claim} it`);
  }
  return choicesOf(values);
}

function choicesOf(reasons: ReadonlyMap<string, string>): readonly Choice[] {
  return [...reasons].map(([label, reason]) => ({ label, reason, kind: 'reference' }));
}
