import { TIME_ZONES } from './time-zones.generated.ts';

/**
 * The names that Go has built in, and with it the server (cmd/kube-apiserver, which imports time/tzdata). Their case counts. A server
 * whose machine has other names takes these as well.
 */
const ZONES: ReadonlySet<string> = new Set(
  TIME_ZONES.split('\n').flatMap((line) => {
    const [region = '', ...names] = line.split(' ');
    return names.map((name) => (region === '' ? name : `${region}/${name}`));
  }),
);

/** What Go says of a time zone that it does not know (time.LoadLocation). */
export function timeZoneProblem(name: string): string | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return undefined;
  if (name.includes('..') || name.startsWith('/') || name.startsWith('\\')) return 'time: invalid location name';
  return ZONES.has(name) ? undefined : `unknown time zone ${name}`;
}
