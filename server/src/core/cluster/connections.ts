import { PROTOCOLS, type Protocol } from '../manifest/index.ts';

/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Which connections are meant: per protocol, ranges of destination ports, sorted and apart from each other. */
export type ConnectionSet = Readonly<Record<Protocol, readonly PortRange[]>>;

const EVERY_PORT: PortRange = { first: 1, last: 65535 };

export const NO_CONNECTIONS: ConnectionSet = { TCP: [], UDP: [], SCTP: [] };
export const ALL_CONNECTIONS: ConnectionSet = { TCP: [EVERY_PORT], UDP: [EVERY_PORT], SCTP: [EVERY_PORT] };

/** The ports of one protocol; a range that lies outside of 1 to 65535 is cut, one that is upside down is empty. */
export function connectionsTo(protocol: Protocol, range: PortRange = EVERY_PORT): ConnectionSet {
  const first = Math.max(range.first, EVERY_PORT.first);
  const last = Math.min(range.last, EVERY_PORT.last);
  return first > last ? NO_CONNECTIONS : { ...NO_CONNECTIONS, [protocol]: [{ first, last }] };
}

export function union(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  if (isEmpty(a) || isAll(b)) return b;
  if (isEmpty(b) || isAll(a)) return a;
  return perProtocol((protocol) => merge([...a[protocol], ...b[protocol]]));
}

export function intersection(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  if (isEmpty(a) || isAll(b)) return a;
  if (isEmpty(b) || isAll(a)) return b;
  return perProtocol((protocol) => a[protocol].flatMap((range) => overlaps(range, b[protocol])));
}

export function isEmpty(set: ConnectionSet): boolean {
  return PROTOCOLS.every((protocol) => set[protocol].length === 0);
}

export function isAll(set: ConnectionSet): boolean {
  return PROTOCOLS.every((protocol) => set[protocol].some(({ first, last }) => first <= 1 && last >= EVERY_PORT.last));
}

export function includes(set: ConnectionSet, protocol: Protocol, port: number): boolean {
  return set[protocol].some(({ first, last }) => first <= port && port <= last);
}

/** `All Connections`, `No Connections`, or `TCP 80,443,UDP 1-52`. */
export function renderConnections(set: ConnectionSet): string {
  if (isAll(set)) return 'All Connections';
  if (isEmpty(set)) return 'No Connections';
  return PROTOCOLS.filter((protocol) => set[protocol].length > 0)
    .map((protocol) => `${protocol} ${set[protocol].map(renderRange).join(',')}`)
    .join(',');
}

function renderRange({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function perProtocol(ranges: (protocol: Protocol) => readonly PortRange[]): ConnectionSet {
  return { TCP: ranges('TCP'), UDP: ranges('UDP'), SCTP: ranges('SCTP') };
}

function merge(ranges: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous !== undefined && range.first <= previous.last + 1) {
      merged[merged.length - 1] = { first: previous.first, last: Math.max(previous.last, range.last) };
    } else merged.push(range);
  }
  return merged;
}

function overlaps(range: PortRange, others: readonly PortRange[]): readonly PortRange[] {
  return others
    .map((other) => ({ first: Math.max(range.first, other.first), last: Math.min(range.last, other.last) }))
    .filter(({ first, last }) => first <= last);
}
