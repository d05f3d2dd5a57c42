import type { Warnings } from './warning.ts';

/** How many characters of warnings an answer may have before all are cut, and to how many each is cut then. */
const MOST_IN_ALL = 4096;
const MOST_OF_ONE = 256;

/**
 * The texts that reach a client, as `Warning` headers: each only once, and if they are long in all, each cut and no more than fit
 * (apiserver/pkg/endpoints/filters/warning.go). Headers hold no control characters, so texts with such are not sent.
 */
export function sentWarnings(warnings: Warnings): readonly string[] {
  const texts = [...new Set(warnings.map(({ message }) => message))].filter((text) => text !== '');
  const sendable = texts.filter((text) => !/\p{Cc}/u.test(text));
  const whole = countWhole(sendable);
  return whole === sendable.length ? sendable : cut(sendable, whole);
}

/** How many texts fit as they are. */
function countWhole(texts: readonly string[]): number {
  let left = MOST_IN_ALL;
  for (const [index, text] of texts.entries()) {
    left -= lengthOf(text);
    if (left < 0) return index;
  }
  return texts.length;
}

/** The first text that does not fit is sent with those before it, whatever their length is then; others while there is room. */
function cut(texts: readonly string[], whole: number): readonly string[] {
  const sent: string[] = [];
  let length = 0;
  for (const [index, text] of texts.entries()) {
    if (index > whole && length >= MOST_IN_ALL) break;
    const part = [...text].slice(0, MOST_OF_ONE).join('');
    sent.push(part);
    length += lengthOf(part);
  }
  return sent;
}

function lengthOf(text: string): number {
  return [...text].length;
}
