import { quoteForTime } from './go-time.ts';

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** In nanoseconds; only a negative duration may be as long. */
const LARGEST = 1n << 63n;

/** What Go says of a text such as `1h30m` that is no duration, or one of more than 292 years (time.ParseDuration). */
export function durationProblem(text: string): string | undefined {
  const invalid = `time: invalid duration ${quoteForTime(text)}`;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return undefined;
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const [number, digits = '', fraction = ''] = /^(\d*)(?:\.(\d*))?/.exec(rest) ?? [''];
    if (digits + fraction === '') return invalid;
    const whole = wholeOf(digits);
    if (whole > LARGEST) return invalid;
    const unit = /^[^.\d]*/.exec(rest.slice(number.length))?.[0] ?? '';
    const size = UNITS.get(unit);
    if (unit === '') return `time: missing unit in duration ${quoteForTime(text)}`;
    if (size === undefined) return `time: unknown unit ${quoteForTime(unit)} in duration ${quoteForTime(text)}`;
    total += whole * size + partOf(fraction, size);
    if (total > LARGEST) return invalid;
    rest = rest.slice(number.length + unit.length);
  }
  return total === LARGEST && !text.startsWith('-') ? invalid : undefined;
}

/** More digits than the largest number has would only cost time. */
function wholeOf(digits: string): bigint {
  const written = digits.replace(/^0+/, '');
  return written.length > 19 ? LARGEST + 1n : BigInt(`0${written}`);
}

/** A fraction of a unit in whole nanoseconds. Go reads as many of its digits as 63 bits hold. */
function partOf(fraction: string, unit: bigint): bigint {
  const digits = fraction.slice(0, 18);
  return (BigInt(`0${digits}`) * unit) / 10n ** BigInt(digits.length);
}
