import type { FieldError } from '../../api/index.ts';

/** What the server says of a field, without values that would fill a page, and without those that only stand for what it picks. */
export function errorText({ field, message, detail }: FieldError): string {
  return `${field}: ${UNSHOWN.test(message) ? detail || headOf(message) : message}`;
}

/** Objects and lists of objects, which Go prints as JSON, and placeholders of addresses and ports. */
const UNSHOWN = /^[A-Z][a-z ]+: (?:\{|\[\{|\[?(?:"[^"]*",)*"?<(?:allocated|kept)\b)/;

function headOf(message: string): string {
  return message.slice(0, message.indexOf(':'));
}
