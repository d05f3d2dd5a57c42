import { fitsInt64 } from './int64.ts';

/** A quantity as the server prints it, or what it says of a text that is none. */
export type Quantity =
  | { readonly type: 'quantity'; readonly text: string }
  | { readonly type: 'failure'; readonly message: string };

const FORMAT_PROBLEM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMBER_PROBLEM = 'unable to parse numeric part of quantity';
const SUFFIX_PROBLEM = "unable to parse quantity's suffix";

/** Reads a quantity and prints it in canonical form (apimachinery/pkg/api/resource/quantity.go, ParseQuantity). */
export function parseQuantity(text: string): Quantity {
  const parts = partsOf(text);
  if (parts === undefined) return { type: 'failure', message: FORMAT_PROBLEM };
  const { sign, zeros, digits, fraction, ending } = parts;
  const suffix = findSuffix(ending);
  if (suffix === undefined) return { type: 'failure', message: SUFFIX_PROBLEM };
  const number: Written = { text, digits: digits === '' ? '0' : digits, fraction, suffix };
  if (isShort(number)) return { type: 'quantity', text: isCanonical(number) ? text : printed(sign, number) };
  if (zeros + digits + fraction === '') return { type: 'failure', message: NUMBER_PROBLEM };
  return { type: 'quantity', text: printed(sign, number) };
}

interface Parts {
  readonly sign: string;
  /** Those before the other digits. */
  readonly zeros: string;
  readonly digits: string;
  readonly fraction: string;
  readonly ending: string;
}

/** Undefined for a text of another form. The server is laxer than its regular expression: a sign or a suffix alone is zero. */
function partsOf(text: string): Parts | undefined {
  const sign = /^[+-]?/.exec(text)?.[0] ?? '';
  const whole = digitsAt(text, sign.length);
  const point = sign.length + whole.length;
  const fraction = text[point] === '.' ? digitsAt(text, point + 1) : '';
  const ending = text.slice(text[point] === '.' ? point + 1 + fraction.length : point);
  if (text === '' || !/^[eEinumkKMGTP]*[-+]?\d*$/.test(ending)) return undefined;
  const zeros = /^0*/.exec(whole)?.[0] ?? '';
  return { sign, zeros, digits: whole.slice(zeros.length), fraction, ending };
}

function digitsAt(text: string, start: number): string {
  return /^\d*/.exec(text.slice(start))?.[0] ?? '';
}

/** What follows the digits of a quantity. */
export interface Suffix {
  readonly format: 'decimal' | 'binary' | 'exponent';
  /** Of ten; of two if the format is binary. */
  readonly power: number;
}

interface Written {
  readonly text: string;
  readonly digits: string;
  readonly fraction: string;
  readonly suffix: Suffix;
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** `Mi`, `m`, `e3`, or nothing at all; undefined for a text that is none. */
export function findSuffix(ending: string): Suffix | undefined {
  if (DECIMAL.includes(ending)) return { format: 'decimal', power: DECIMAL.indexOf(ending) * 3 - 9 };
  if (BINARY.includes(ending)) return { format: 'binary', power: BINARY.indexOf(ending) * 10 };
  const exponent = /^[eE]([-+]?\d+)$/.exec(ending)?.[1];
  return exponent === undefined || !fitsInt64(BigInt(exponent))
    ? undefined
    : { format: 'exponent', power: Number(exponent) };
}

/** Numbers that fit into 64 bits: only those keep their text. */
function isShort({ digits, fraction, suffix: { format, power } }: Written): boolean {
  const { length } = digits;
  if (format !== 'binary') return length + fraction.length <= 18 && power - fraction.length >= -9;
  const fits = BigInt(digits) << BigInt(power) < 1n << 63n;
  return fraction === '' && length + Math.trunc((power * 3) / 10) <= 14 && fits;
}

/** Whether a short number is printed as it is written. The test is rough: `1.500` passes. */
function isCanonical({ digits, fraction, suffix: { format, power } }: Written): boolean {
  if (format === 'binary') return BigInt(digits) % 8n !== 0n;
  const shifted = digits + fraction;
  return (power - fraction.length) % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
}

/** `unscaled` times ten to the power of `power`. */
interface Amount {
  readonly unscaled: bigint;
  readonly power: number;
}

/** Powers beyond this would take the server's memory; such a number is printed as it is written. */
const LARGEST_POWER = 1000;

function printed(sign: string, number: Written): string {
  const { suffix, digits, fraction, text } = number;
  if (zerosAtEnd(digits + fraction) === digits.length + fraction.length) return '0';
  if (Math.abs(suffix.power) > LARGEST_POWER) return text;
  const unscaled = BigInt(digits + fraction);
  const amount =
    suffix.format === 'binary'
      ? capped(roundedUp({ unscaled: unscaled << BigInt(suffix.power), power: -fraction.length }, -9))
      : roundedUp({ unscaled, power: suffix.power - fraction.length }, -9);
  if (amount.unscaled === 0n) return '0';
  const minus = sign === '-' ? '-' : '';
  return minus + (suffix.format === 'binary' ? printBinary(amount) : printDecimal(amount, suffix.format));
}

/** Away from zero, so that whoever asks for something gets something. */
function roundedUp({ unscaled, power }: Amount, least: number): Amount {
  if (power >= least) return { unscaled, power };
  const unit = 10n ** BigInt(least - power);
  return { unscaled: (unscaled + unit - 1n) / unit, power: least };
}

const LARGEST = 2n ** 63n - 1n;

function capped(amount: Amount): Amount {
  return amount.unscaled > LARGEST * 10n ** BigInt(-amount.power) ? { unscaled: LARGEST, power: 0 } : amount;
}

/** Small numbers, and those that are not whole, are printed with decimal suffixes. */
function printBinary(amount: Amount): string {
  const { unscaled } = roundedUp(amount, 0);
  const isExact = unscaled * 10n ** BigInt(-amount.power) === amount.unscaled;
  if (!isExact || unscaled < 1024n) return printDecimal(amount, 'decimal');
  let rest = unscaled;
  let times = 0;
  for (; rest % 1024n === 0n; times++) rest /= 1024n;
  return `${rest}${BINARY[times] ?? ''}`;
}

/** The power becomes a multiple of three. */
function printDecimal(amount: Amount, format: 'decimal' | 'exponent'): string {
  const written = amount.unscaled.toString();
  const zeros = zerosAtEnd(written);
  let digits = written.slice(0, written.length - zeros);
  let power = amount.power + zeros;
  for (; power % 3 !== 0; power--) digits += '0';
  const exponent = power === 0 ? '' : `e${power}`;
  return `${digits}${format === 'exponent' ? exponent : (DECIMAL[power / 3 + 3] ?? '')}`;
}

function zerosAtEnd(text: string): number {
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.length - end;
}
