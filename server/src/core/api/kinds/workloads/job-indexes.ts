import { quote } from '../../go-text.ts';
import { parseInt64 } from '../../int64.ts';

/**
 * How many indexes a text such as `1,3-5` names, or what is wrong with it (pkg/apis/batch/validation, validateIndexesFormat).
 * Indexes must be below `completions`.
 */
export function totalOfIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let last: number | undefined;
  let total = 0;
  for (const part of text.split(',')) {
    const interval = parseInterval(part, completions);
    if (typeof interval === 'string') return interval;
    const [from, to] = interval;
    if (last !== undefined && last >= from) return `non-increasing order, previous: ${last}, current: ${from}`;
    total += to - from + 1;
    last = to;
  }
  return total;
}

function parseInterval(text: string, completions: number): readonly [number, number] | string {
  const limits = text.split('-');
  if (limits.length > 2) {
    return `the fragment ${quote(text)} violates the requirement that an index interval can have at most two parts separated by '-'`;
  }
  const [from = 0, to] = limits.map((limit) => parseIndex(limit, completions));
  if (typeof from === 'string') return from;
  if (to === undefined) return [from, from];
  if (typeof to === 'string') return to;
  return from >= to ? `non-increasing order, previous: ${from}, current: ${to}` : [from, to];
}

function parseIndex(text: string, completions: number): number | string {
  const parsed = parseInt64(text, 'Atoi');
  if (parsed.type === 'failure') return `cannot convert string to integer for index: ${quote(text)}`;
  return parsed.value >= completions ? `too large index: ${quote(text)}` : Number(parsed.value);
}
