import type { SchemaType } from '../../api/index.ts';
import { renderValue } from '../../yaml/index.ts';
import type { Quote, TypedPlace } from './cursor.ts';

/** A value as its field wants it: in quotes where YAML would make something else of a text, in brackets where a list belongs. */
export function writtenValue(text: string, type: SchemaType | undefined, quote: Quote): string {
  if (type?.kind === 'list') return `[${writtenValue(text, type.item, quote)}]`;
  return isText(type, text) ? writtenText(text, quote) : text;
}

/** A key with its colon, and with what begins its value, as far as they are not there yet. */
export function writtenKey(key: string, { quote, hasColon, below }: TypedPlace, start: string): string {
  const rest = hasColon ? '' : `:${below === undefined ? start : ''}`;
  return writtenText(key, quote) + rest;
}

const STYLES = { '': 'PLAIN', '"': 'QUOTE_DOUBLE', "'": 'QUOTE_SINGLE' } as const;

function writtenText(text: string, quote: Quote): string {
  if (isSurelyText(text)) return quote + text + quote;
  return renderValue(text, { defaultStringType: STYLES[quote] });
}

/** Most texts, told in no time: of those that begin with a letter YAML makes something else of a few short words only, such as `false`. */
function isSurelyText(text: string): boolean {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^[A-Za-z]{1,5}$/.test(text);
}

/** Whether a field holds a text of these letters; of kinds that are not known every field may. */
function isText(type: SchemaType | undefined, text: string): boolean {
  if (type?.kind === 'pointer') return isText(type.to, text);
  if (type?.kind === 'special' && type.name === 'IntOrString') return !/^\d+$/.test(text);
  return type === undefined || type.kind === 'special' || (type.kind === 'scalar' && type.base === 'string');
}
