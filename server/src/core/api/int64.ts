import { isInteger, quote } from './go-text.ts';

/** Go's whole numbers of 64 bits. JavaScript's numbers hold only those up to 2^53 exactly, so texts are read as big ones. */
const [LEAST, MOST] = [-(2 ** 63), 2 ** 63];

/** What Go makes of a text: the number, or why it is none (strconv.NumError). */
export type ParsedInt64 =
  | { readonly type: 'number'; readonly value: bigint }
  | { readonly type: 'failure'; readonly message: string };

/** Reads a decimal number (strconv.ParseInt, strconv.Atoi). `reader` is the function that the message names. */
export function parseInt64(text: string, reader: 'ParseInt' | 'Atoi'): ParsedInt64 {
  const failure = (reason: string): ParsedInt64 => {
    return { type: 'failure', message: `strconv.${reader}: parsing ${quote(text)}: ${reason}` };
  };
  if (!isInteger(text)) return failure('invalid syntax');
  // More digits than any number of 64 bits has would only cost time.
  const digits = text.replace(/^[+-]?0*/, '');
  const value = digits.length > 19 ? undefined : BigInt(text.startsWith('-') ? `-0${digits}` : `0${digits}`);
  return value !== undefined && fitsInt64(value) ? { type: 'number', value } : failure('value out of range');
}

/** Whether a number has room in 64 bits. */
export function fitsInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** Whether a number may stand for one of 64 bits: the largest of them is read as 2^63. */
export function isInt64(value: number): boolean {
  return Number.isInteger(value) && LEAST <= value && value <= MOST;
}

/** A number in all its digits, as Go prints whole ones. The two largest of 64 bits stand for the numbers that are read as them. */
export function printedNumber(value: number): string {
  if (!Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) > 2 * MOST) return String(value);
  const whole = BigInt(value);
  return String(value === MOST || value === 2 * MOST ? whole - 1n : whole);
}
