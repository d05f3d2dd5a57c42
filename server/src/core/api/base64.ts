const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The bytes of a base64 text as Go's base64.StdEncoding reads it, which skips line breaks and wants padding; for other texts
 * the position of which Go complains (encoding/base64, decodeQuantum).
 */
export function decodeBase64(text: string): readonly number[] | number {
  const bytes: number[] = [];
  let position = 0;
  while (position < text.length) {
    const quantum = readQuantum(text, position);
    if (typeof quantum === 'number') return quantum;
    bytes.push(...bytesOf(quantum.digits));
    position = quantum.end;
  }
  return bytes;
}

interface Quantum {
  readonly digits: readonly number[];
  readonly end: number;
}

/** Up to four digits; a number is the position of an error. */
function readQuantum(text: string, start: number): Quantum | number {
  const digits: number[] = [];
  let position = start;
  while (digits.length < 4) {
    const character = text[position];
    if (character === undefined) return digits.length === 0 ? { digits, end: position } : position - digits.length;
    const digit = ALPHABET.indexOf(character);
    if (digit !== -1) digits.push(digit);
    else if (character === '=') return readPadding(text, position, digits);
    else if (!isBreak(character)) return position;
    position += 1;
  }
  return { digits, end: position };
}

function readPadding(text: string, start: number, digits: readonly number[]): Quantum | number {
  if (digits.length < 2) return start;
  let end = skipBreaks(text, start + 1);
  if (digits.length === 2) {
    if (end === text.length) return end;
    if (text[end] !== '=') return end - 1;
    end = skipBreaks(text, end + 1);
  }
  return end < text.length ? end : { digits, end };
}

function skipBreaks(text: string, start: number): number {
  let end = start;
  while (isBreak(text[end])) end += 1;
  return end;
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function bytesOf(digits: readonly number[]): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = digits;
  const bits = (a << 18) | (b << 12) | (c << 6) | d;
  return [bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, Math.max(0, digits.length - 1));
}

/** How many bytes a text in base64 stands for. */
export function decodedLength(text: string): number {
  const digits = text.replaceAll(/[^A-Za-z0-9+/]/g, '').length;
  return Math.floor((digits * 3) / 4);
}

/** Bytes as base64 with padding, on one line. */
export function encodeBase64(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = bytes.slice(index, index + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digits = [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63]
      .map((digit) => ALPHABET[digit])
      .join('');
    text += digits.slice(0, b === undefined ? 2 : c === undefined ? 3 : 4).padEnd(4, '=');
  }
  return text;
}
