import { type Errors, forbidden, invalidEach, invalidText, required } from './field-error.ts';
import { labelValueProblems, qualifiedNameProblems } from './names.ts';
import type { Path } from './path.ts';

/** Labels, annotations and other maps between texts. */
export type StringMap = Readonly<Record<string, string>>;

/** A metav1.LabelSelector, decoded. */
export interface LabelSelectorObject {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly {
    readonly key?: string;
    readonly operator?: string;
    readonly values?: readonly string[];
  }[];
}

/**
 * Errors of a map of labels, all at the map's own path (apimachinery/pkg/apis/meta/v1/validation, ValidateLabels). The server visits
 * them in random order, but Go's maps mostly keep the order of the object while they are small.
 */
export function labelErrors(labels: StringMap | undefined, path: Path): Errors {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const entry = path.markedAt([...path.at, key]);
    return [
      ...invalidEach(entry, key, qualifiedNameProblems(key)),
      ...invalidEach(entry, value, labelValueProblems(value)),
    ];
  });
}

/** Updates may leave values of expressions as they are: selectors from before these were checked (AllowInvalidLabelValueInSelector). */
export interface SelectorRules {
  readonly values: 'checked' | 'any';
}

/** Errors of a label selector (ValidateLabelSelector). An absent one has none. */
export function labelSelectorErrors(
  selector: LabelSelectorObject | undefined,
  path: Path,
  rules: SelectorRules = { values: 'checked' },
): Errors {
  const expressions = selector?.matchExpressions ?? [];
  return [
    ...labelErrors(selector?.matchLabels, path.child('matchLabels')),
    ...expressions.flatMap((expression, index) =>
      requirementErrors(expression, path.child('matchExpressions').index(index), rules),
    ),
  ];
}

function requirementErrors(
  { key = '', operator = '', values = [] }: NonNullable<LabelSelectorObject['matchExpressions']>[number],
  path: Path,
  rules: SelectorRules,
): Errors {
  const checked = rules.values === 'checked' ? values : [];
  return [
    ...operatorErrors(operator, values, path),
    ...invalidEach(path.child('key'), key, qualifiedNameProblems(key)),
    ...checked.flatMap((value, index) =>
      invalidEach(path.child('values').index(index), value, labelValueProblems(value)),
    ),
  ];
}

function operatorErrors(operator: string, values: readonly string[], path: Path): Errors {
  if (operator === 'In' || operator === 'NotIn') {
    const detail = "must be specified when `operator` is 'In' or 'NotIn'";
    return values.length === 0 ? [required(path.child('values'), detail)] : [];
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    return values.length > 0 ? [forbidden(path.child('values'), detail)] : [];
  }
  return [invalidText(path.child('operator'), operator, 'not a valid selector operator')];
}
