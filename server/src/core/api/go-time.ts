import { byteLength, utf8 } from './go-text.ts';

/** A time as the server keeps it, or what Go says of a text that is none. */
export type GoTime =
  | { readonly type: 'time'; readonly text: string }
  | { readonly type: 'failure'; readonly message: string };

const LAYOUT = '2006-01-02T15:04:05Z07:00';

/**
 * Reads a time as Go's time.Parse(time.RFC3339, …) does, which is somewhat laxer than RFC 3339, and prints it in UTC and whole
 * seconds as metav1.Time does (time/format.go).
 */
export function parseGoTime(text: string): GoTime {
  const values: number[] = [];
  let rest = text;
  for (const element of ELEMENTS) {
    const read = element.read(rest);
    if (read === undefined)
      return failure(
        text,
        `as ${quoteForTime(LAYOUT)}: cannot parse ${quoteForTime(rest)} as ${quoteForTime(element.layout)}`,
      );
    if (read.outOfRange !== undefined) return failure(text, `: ${read.outOfRange} out of range`);
    if (read.value !== undefined) values.push(read.value);
    rest = read.rest;
  }
  if (rest !== '') return failure(text, `: extra text: ${quoteForTime(rest)}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset = 0] = values;
  if (day < 1 || day > daysIn(year, month)) return failure(text, ': day out of range');
  const seconds = daysBefore(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
  return { type: 'time', text: renderTime(seconds) };
}

function failure(text: string, problem: string): GoTime {
  const space = problem.startsWith(':') ? '' : ' ';
  return { type: 'failure', message: `parsing time ${quoteForTime(text)}${space}${problem}` };
}

/** What an element of the layout finds at the start of a text; undefined is Go's "cannot parse". */
type Read = { readonly rest: string; readonly value?: number; readonly outOfRange?: string } | undefined;

interface Element {
  readonly layout: string;
  readonly read: (text: string) => Read;
}

const ELEMENTS: readonly Element[] = [
  number('2006', /^(\d[\d]{3})/, 'year', 0, 9999),
  literal('-'),
  number('01', /^(\d\d)/, 'month', 1, 12),
  literal('-'),
  // Whether the month has this day is seen at the end.
  number('02', /^(\d\d)/, 'day', 0, 99),
  literal('T'),
  number('15', /^(\d\d?)/, 'hour', 0, 23),
  literal(':'),
  number('04', /^(\d\d)/, 'minute', 0, 59),
  literal(':'),
  // A fraction may follow that the layout does not have.
  number('05', /^(\d\d)([.,]\d+)?/, 'second', 0, 59),
  { layout: 'Z07:00', read: readZone },
];

function literal(layout: string): Element {
  return { layout, read: (text) => (text.startsWith(layout) ? { rest: text.slice(1) } : undefined) };
}

function number(layout: string, pattern: RegExp, name: string, least: number, most: number): Element {
  const read = (text: string): Read => {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const value = Number(match[1]);
    const isOut = value < least || value > most;
    return { rest: text.slice(match[0].length), value, ...(isOut ? { outOfRange: name } : {}) };
  };
  return { layout, read };
}

function readZone(text: string): Read {
  if (text.startsWith('Z')) return { rest: text.slice(1), value: 0 };
  const [, sign, hours, minutes] = /^([\x20-\x7e])(\d\d):(\d\d)?/.exec(text) ?? [];
  if (hours === undefined || byteLength(text) < 6) return undefined;
  const rest = text.slice(6);
  // Go looks at the ranges before it looks whether it could read all.
  if (Number(minutes) > 60) return { rest, outOfRange: 'time zone offset minute' };
  if (Number(hours) > 24) return { rest, outOfRange: 'time zone offset hour' };
  const offset = (Number(hours) * 60 + Number(minutes)) * 60;
  if (minutes === undefined || (sign !== '+' && sign !== '-')) return undefined;
  return { rest, value: sign === '+' ? offset : -offset };
}

function daysIn(year: number, month: number): number {
  return daysBefore(year, month + 1, 1) - daysBefore(year, month, 1);
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. A year that begins in March has its leap day at the end. */
function daysBefore(year: number, month: number, day: number): number {
  const shifted = year * 12 + month - 3;
  const years = Math.floor(shifted / 12);
  const months = shifted - years * 12;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + Math.floor((months * 153 + 2) / 5) + day - 1 - 719468;
}

function renderTime(seconds: number): string {
  const days = Math.floor(seconds / 86400);
  const time = seconds - days * 86400;
  const { year, month, day } = dateOf(days);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60].map(two).join(':');
  const sign = year < 0 ? '-' : '';
  return `${sign}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}Z`;
}

function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  let year = Math.floor((days + 719468) / 365.2425) + 1;
  while (daysBefore(year, 1, 1) > days) year -= 1;
  let month = 12;
  while (daysBefore(year, month, 1) > days) month -= 1;
  return { year, month, day: days - daysBefore(year, month, 1) + 1 };
}

/** The quoting of package time: everything but ASCII byte by byte. */
export function quoteForTime(text: string): string {
  const quoted = [...text].map((character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return character >= ' ' && character < '\u0080' ? character : utf8(character).map(escapeByte).join('');
  });
  return `"${quoted.join('')}"`;
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
