import { durationProblem } from '../../go-duration.ts';
import { fieldsOf, trimSpace } from '../../go-text.ts';
import { parseInt64 } from '../../int64.ts';
import { timeZoneProblem } from './time-zone.ts';

/** The values of one field of a schedule. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];

/**
 * What is wrong with a schedule, in the words of the server's parser (github.com/robfig/cron/v3, ParseStandard); undefined if it is
 * right.
 */
export function scheduleProblem(schedule: string): string | undefined {
  if (schedule === '') return 'empty spec string';
  const zone = /^(?:CRON_)?TZ=([^ ]*)( .*)?$/s.exec(schedule);
  if (zone === null) return planProblem(schedule);
  const [, name = '', rest] = zone;
  if (rest === undefined) {
    return 'invalid schedule format: runtime error: slice bounds out of range [:-1]';
  }
  const problem = timeZoneProblem(name);
  return problem === undefined ? planProblem(trimSpace(rest)) : `provided bad location ${name}: ${problem}`;
}

const SHORTHANDS: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

function planProblem(plan: string): string | undefined {
  if (plan.startsWith('@')) return shorthandProblem(plan);
  const fields = fieldsOf(plan);
  if (fields.length !== FIELDS.length) {
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  }
  return firstProblem(fields, (field, index) => fieldProblem(field, FIELDS[index] ?? { least: 0, most: 0 }));
}

function shorthandProblem(plan: string): string | undefined {
  if (SHORTHANDS.has(plan)) return undefined;
  if (!plan.startsWith('@every ')) return `unrecognized descriptor: ${plan}`;
  const problem = durationProblem(plan.slice('@every '.length));
  return problem === undefined ? undefined : `failed to parse duration ${plan}: ${problem}`;
}

function firstProblem<T>(
  items: readonly T[],
  check: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const problem = check(item, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A field is a list of ranges. */
function fieldProblem(field: string, bounds: Bounds): string | undefined {
  const ranges = field.split(',').filter((range) => range !== '');
  return firstProblem(ranges, (range) => rangeProblem(range, bounds));
}

/** A range is one number, or two, or all, with a step behind it. */
function rangeProblem(text: string, bounds: Bounds): string | undefined {
  const [range = '', step, ...more] = text.split('/');
  const limits = limitsOf(range, text, bounds);
  if (typeof limits === 'string') return limits;
  if (more.length > 0) return `too many slashes: ${text}`;
  const width = step === undefined ? 1 : numberOf(step);
  if (typeof width === 'string') return width;
  const [from] = limits;
  // A single number with a step goes up to the end.
  const to = step !== undefined && !range.includes('-') ? bounds.most : limits[1];
  if (from < bounds.least) return `beginning of range (${from}) below minimum (${bounds.least}): ${text}`;
  if (to > bounds.most) return `end of range (${to}) above maximum (${bounds.most}): ${text}`;
  if (from > to) return `beginning of range (${from}) beyond end of range (${to}): ${text}`;
  return width === 0 ? `step of range should be a positive number: ${text}` : undefined;
}

function limitsOf(range: string, text: string, bounds: Bounds): readonly [number, number] | string {
  const [low = '', high, ...more] = range.split('-');
  if (low === '*' || low === '?') return [bounds.least, bounds.most];
  const from = numberOrName(low, bounds);
  if (typeof from === 'string') return from;
  if (more.length > 0) return `too many hyphens: ${text}`;
  const to = high === undefined ? from : numberOrName(high, bounds);
  return typeof to === 'string' ? to : [from, to];
}

function numberOrName(text: string, { names = [] }: Bounds): number | string {
  const index = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return index >= 0 ? index : numberOf(text);
}

/** Go's numbers: a sign and digits (strconv.Atoi). */
function numberOf(text: string): number | string {
  const parsed = parseInt64(text, 'Atoi');
  if (parsed.type === 'failure') return `failed to parse int from ${text}: ${parsed.message}`;
  const { value } = parsed;
  return value < 0n ? `negative number (${value}) not allowed: ${text}` : Number(value);
}
