import { type Errors, invalid } from '../../field-error.ts';
import { type LabelSelectorObject, labelSelectorErrors, type StringMap } from '../../labels.ts';
import { Path } from '../../path.ts';
import { printedLabels } from './common.ts';

/** Whether the server can select with it: an absent selector selects nothing, an invalid one is none (LabelSelectorAsSelector). */
export function isUsable(selector: LabelSelectorObject | undefined): boolean {
  return labelSelectorErrors(selector, Path.root).length === 0;
}

export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelectorObject): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** Whether a usable selector selects the labels; an absent one selects none, an empty one all. */
export function selects(selector: LabelSelectorObject | undefined, labels: StringMap): boolean {
  if (selector === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key = '', operator = '', values = [] }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      return (value !== undefined) === (operator === 'Exists');
    })
  );
}

/** A controller must select the Pods that it creates. `path` is that of the template. */
export function mismatchErrors(
  selector: LabelSelectorObject | undefined,
  labels: StringMap | undefined,
  path: Path,
): Errors {
  if (selects(selector, labels ?? {})) return [];
  const detail = '`selector` does not match template `labels`';
  return [invalid(path.child('metadata', 'labels'), printedLabels(labels), detail)];
}
