import { encodeType } from '../../encode.ts';
import { type Errors, immutableErrors, invalid, required } from '../../field-error.ts';
import { sortedMap } from '../../go-text.ts';
import { ownValue } from '../../json.ts';
import { type LabelSelectorObject, labelSelectorErrors, type StringMap } from '../../labels.ts';
import { Path, SPEC } from '../../path.ts';
import type { PodTemplate } from '../pod/types.ts';
import { TEMPLATE } from './template.ts';

/** Whether the server can select with it: an absent selector selects nothing, an invalid one is none (LabelSelectorAsSelector). */
export function isUsable(selector: LabelSelectorObject | undefined): boolean {
  return labelSelectorErrors(selector, Path.root).length === 0;
}

/** Whether it selects all. */
export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelectorObject): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** Whether a usable selector selects the labels; an absent one selects none, an empty one all. */
export function selects(selector: LabelSelectorObject | undefined, labels: StringMap): boolean {
  if (selector === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => ownValue(labels, key) === value) &&
    matchExpressions.every(({ key = '', operator = '', values = [] }) => {
      const value = ownValue(labels, key);
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      return (value !== undefined) === (operator === 'Exists');
    })
  );
}

/** Errors of a selector that must be there. `kind` is how the server calls the object if the selector is empty. */
export function requiredSelectorErrors(selector: LabelSelectorObject | undefined, kind: string): Errors {
  const path = SPEC.child('selector');
  if (selector === undefined) return [required(path)];
  const errors = labelSelectorErrors(selector, path);
  if (!isEmptySelector(selector)) return errors;
  return [...errors, invalid(path, printedSelector(selector), `empty selector is invalid for ${kind}`)];
}

/** A controller must select the Pods that it creates. */
export function mismatchErrors(selector: LabelSelectorObject | undefined, template: PodTemplate | undefined): Errors {
  const labels = template?.metadata?.labels;
  if (selects(selector, labels ?? {})) return [];
  const printed = labels === undefined ? null : sortedMap(labels);
  return [invalid(TEMPLATE.child('metadata', 'labels'), printed, '`selector` does not match template `labels`')];
}

/** A selector that is never another one. */
export function selectorChangeErrors(next: Selecting, stored: Selecting | undefined): Errors {
  return immutableErrors(SPEC.child('selector'), next.selector, stored?.selector, printedSelector(next.selector));
}

interface Selecting {
  readonly selector?: LabelSelectorObject;
}

/** A selector as messages print it. */
export function printedSelector(selector: LabelSelectorObject | undefined): unknown {
  return selector === undefined ? null : encodeType('LabelSelector', selector);
}
