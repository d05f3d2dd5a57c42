import { nonNegative } from '../../field-checks.ts';
import { type Errors, invalid, invalidText } from '../../field-error.ts';
import { isInteger } from '../../go-text.ts';
import type { Path } from '../../path.ts';
import type { IntOrPercent } from './types.ts';

/** Numbers or percentages of Pods (pkg/apis/apps/validation, ValidatePositiveIntOrPercent and its neighbours). */

const PERCENT_PROBLEM =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

function isPercent(value: IntOrPercent): value is string {
  return typeof value === 'string' && /^[0-9]+%$/.test(value);
}

/** Errors of what is neither a number from 0 on nor a percentage. */
export function intOrPercentErrors(value: IntOrPercent, path: Path): Errors {
  if (typeof value === 'number') return nonNegative(value, path);
  return isPercent(value) ? [] : [invalidText(path, value, PERCENT_PROBLEM)];
}

/** The number without its `%`; 0 for a text that is none. */
export function countOf(value: IntOrPercent): number {
  if (typeof value === 'number') return value;
  return isPercent(value) || isInteger(value) ? Number(value.replace('%', '')) : 0;
}

/** Errors of more than all Pods (IsNotMoreThan100Percent). */
export function notOverAllErrors(value: IntOrPercent, path: Path): Errors {
  return isPercent(value) && countOf(value) > 100 ? [invalid(path, value, 'must not be greater than 100%')] : [];
}
