import ipaddr from 'ipaddr.js';
import type { IPFamily } from '../manifest/index.ts';

/** A parsed CIDR: its family, first and last address as numbers, and prefix length. */
export interface AddressRange {
  readonly family: IPFamily;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefixLength: number;
}

/** An address as a number, with its family; undefined if the text is none. IPv4-mapped IPv6 addresses are refused, as the API does. */
export function parseAddress(text: string): { readonly family: IPFamily; readonly value: bigint } | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !(text.includes(':') && ipaddr.IPv6.isValid(text))) return undefined;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return undefined;
  return { family: address.kind() === 'ipv4' ? 'IPv4' : 'IPv6', value: toNumber(address.toByteArray()) };
}

/** The addresses of a CIDR; undefined if the text is none. Bits beyond the prefix are ignored. */
export function parseCidr(text: string): AddressRange | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const bits = bitsOf(parsed.family);
  const prefixLength = Number(length);
  if (prefixLength > bits) return undefined;
  const size = 1n << BigInt(bits - prefixLength);
  const first = parsed.value - (parsed.value % size);
  return { family: parsed.family, first, last: first + size - 1n, prefixLength };
}

export function rangeContains(
  range: AddressRange,
  address: { readonly family: IPFamily; readonly value: bigint },
): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

/** Canonical text: dotted decimal, or RFC 5952. */
export function renderAddress(family: IPFamily, value: bigint): string {
  const bytes = Array.from({ length: bitsOf(family) / 8 }, (_, index) =>
    Number((value >> BigInt(bitsOf(family) - 8 * (index + 1))) & 0xffn),
  );
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

export function bitsOf(family: IPFamily): 32 | 128 {
  return family === 'IPv4' ? 32 : 128;
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
