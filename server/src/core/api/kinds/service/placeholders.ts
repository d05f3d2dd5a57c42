import type { IPFamily } from '../../../manifest/index.ts';
import { parseLenientAddress } from '../../ip.ts';

/**
 * What stands in an object for an address or a port that the server picks at random. A picked node port has an identity, so that it
 * can be kept and told from others: `<allocated #3>` of a real request, `<allocated 32769>` of a dry run, which answers with numbers
 * that it makes up. In a stored object the word is `kept`, so that after an update it is plain what is new.
 */
export type AddressPlaceholder = `<${'allocated' | 'kept'} ${IPFamily}>`;
export type PortPlaceholder = `<${'allocated' | 'kept'}${string}>`;

/** A port as given, or one that the server picked. */
export type NodePort = number | PortPlaceholder;

/** The placeholders as answers show them. */
export const ALLOCATED_IPV4 = '<allocated IPv4>';
export const ALLOCATED_IPV6 = '<allocated IPv6>';
export const ALLOCATED_PORT = '<allocated>';

/** Whether a value stands for one that the server picked. */
export function isPlaceholder(value: unknown): value is AddressPlaceholder | PortPlaceholder {
  return typeof value === 'string' && /^<(allocated|kept)( [^<>]*)?>$/.test(value);
}

/** An address that the server picks. */
export function pickedAddress(family: IPFamily): AddressPlaceholder {
  return family === 'IPv4' ? ALLOCATED_IPV4 : ALLOCATED_IPV6;
}

/** The port of a dry run, which claims nothing: the number is the one that the server shows. */
export function inventedPort(number: number): PortPlaceholder {
  return `<allocated ${number}>`;
}

/** A port that the server picks, told from others by a number of its own. */
export function pickedPort(identity: number): PortPlaceholder {
  return `<allocated #${identity}>`;
}

/** The number of a port as far as it is known: given, or invented by a dry run. */
export function numberOfPort(port: NodePort): number | undefined {
  if (typeof port === 'number') return port;
  const digits = /^<allocated (-?\d+)>$/.exec(port)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** How a port stands in messages: its number if there is one. */
export function printedPort(port: NodePort): number | string {
  return numberOfPort(port) ?? shownPort(port);
}

/** Placeholders within JSON, whose escapes nobody could read. */
export function readablePlaceholders(json: string): string {
  return json.replaceAll(/\\u003c((?:allocated|kept)[^\\"]*)\\u003e/g, '<$1>');
}

/** A placeholder without its identity: `<allocated>`, `<kept>`. */
export function shownPort(port: NodePort): NodePort {
  if (typeof port === 'number') return port;
  return port.startsWith('<kept') ? '<kept>' : ALLOCATED_PORT;
}

/** A placeholder as it stands in the stored object. Other values stay. */
export function keptPlaceholder<T>(value: T): T {
  return isPlaceholder(value) ? (value.replace('<allocated', '<kept') as T) : value;
}

/** The family of an address that the server picked; undefined for a port, and for any other text. */
export function familyOfPicked(value: unknown): IPFamily | undefined {
  if (!isPlaceholder(value)) return undefined;
  return FAMILIES.find((family) => value.endsWith(` ${family}>`));
}

const FAMILIES: readonly IPFamily[] = ['IPv4', 'IPv6'];

/** The family of a cluster address in any spelling, or of its placeholder; undefined for any other text. */
export function familyOfAddress(text: string): IPFamily | undefined {
  return familyOfPicked(text) ?? parseLenientAddress(text)?.family;
}
