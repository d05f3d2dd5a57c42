import { quote } from '../../go-text.ts';

/**
 * What Go says of a time zone that it does not know (time.LoadLocation). The runtime's own list of zones stands for that of the
 * server; it takes names in any case, the server does not.
 */
export function timeZoneProblem(name: string): string | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return undefined;
  if (name.includes('..') || name.startsWith('/') || name.startsWith('\\')) return 'time: invalid location name';
  return isZone(name) ? undefined : `unknown time zone ${name}`;
}

function isZone(name: string): boolean {
  const isWritten = name.split('/').every((part) => /^[A-Z]/.test(part));
  if (!isWritten) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const UNITS: ReadonlySet<string> = new Set(['ns', 'us', 'µs', 'μs', 'ms', 's', 'm', 'h']);

/** What Go says of a text such as `1h30m` that is no duration (time.ParseDuration). */
export function durationProblem(text: string): string | undefined {
  const invalid = `time: invalid duration ${quote(text)}`;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return undefined;
  if (rest === '') return invalid;
  while (rest !== '') {
    const number = /^(\d+(\.\d*)?|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    const unit = /^[^.\d]*/.exec(rest.slice(number.length))?.[0] ?? '';
    if (unit === '') return `time: missing unit in duration ${quote(text)}`;
    if (!UNITS.has(unit)) return `time: unknown unit ${quote(unit)} in duration ${quote(text)}`;
    rest = rest.slice(number.length + unit.length);
  }
  return undefined;
}
