import type { FieldPath } from '../yaml/index.ts';
import type { Fields } from './fields.ts';

export type Labels = ReadonlyMap<string, string>;

/** One line of `matchExpressions`. An unknown operator never matches (the API server rejects it). */
export interface LabelRequirement {
  readonly path: FieldPath;
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A metav1.LabelSelector. Empty selects everything. */
export interface LabelSelector {
  readonly path: FieldPath;
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly LabelRequirement[];
}

/** The selector under `key`; undefined if absent, which is not the same as empty. */
export function decodeLabelSelector(fields: Fields | undefined, key: string): LabelSelector | undefined {
  const selector = fields?.object(key);
  if (selector === undefined) return undefined;
  return {
    path: selector.path,
    matchLabels: selector.stringMap('matchLabels'),
    matchExpressions: selector.objects('matchExpressions').map((expression) => ({
      path: expression.path,
      key: expression.string('key') ?? '',
      operator: expression.string('operator') ?? '',
      values: expression.strings('values').map((item) => item.value),
    })),
  };
}

export function isEmptySelector(selector: LabelSelector): boolean {
  return selector.matchLabels.size === 0 && selector.matchExpressions.length === 0;
}

/**
 * Whether labels match (apimachinery, labels.Selector). NotIn and DoesNotExist also match where the key is missing.
 */
export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
  for (const [key, value] of selector.matchLabels) if (labels.get(key) !== value) return false;
  return selector.matchExpressions.every((requirement) => matchesRequirement(requirement, labels));
}

function matchesRequirement({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
