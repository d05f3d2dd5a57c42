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
