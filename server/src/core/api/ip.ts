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
  const address = parseLenientAddress(text);
  return address === undefined || address.isMapped || address.hasLeadingZeros ? undefined : address;
}

/** The addresses of a CIDR; undefined if the text is none. Bits beyond the prefix are ignored. */
export function parseCidr(text: string): AddressRange | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const bits = bitsOf(parsed.family);
  const prefixLength = Number(length);
  if (prefixLength > bits) return undefined;
  return rangeOf(parsed.family, parsed.value, prefixLength);
}

/** Whether an address is one of a range; one of the other family never is. */
export function rangeContains(
  range: AddressRange,
  address: { readonly family: IPFamily; readonly value: bigint },
): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

/** An address in any spelling that the server's lenient parser reads. */
export interface LenientAddress {
  /** A mapped address counts as IPv4, which it stands for. */
  readonly family: IPFamily;
  readonly value: bigint;
  readonly isMapped: boolean;
  readonly hasLeadingZeros: boolean;
}

/**
 * An address as the server's lenient parser reads it, which takes leading zeros and IPv4-mapped IPv6 addresses
 * (k8s.io/utils/net, ParseIPSloppy); undefined if the text is none.
 */
export function parseLenientAddress(text: string): LenientAddress | undefined {
  if (text.includes('%') || !/^[0-9A-Fa-f:.]+$/.test(text)) return undefined;
  const plain = text.includes(':') ? withHexTail(withoutZeros(text, 4)) : withoutZeros(text, 1);
  const isIPv4 = ipaddr.IPv4.isValidFourPartDecimal(plain);
  if (!isIPv4 && !(plain.includes(':') && ipaddr.IPv6.isValid(plain))) return undefined;
  const address = ipaddr.parse(plain);
  const hasLeadingZeros = withoutZeros(text, text.includes(':') ? 4 : 1) !== text;
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    return { family: 'IPv4', value: toNumber(address.toByteArray().slice(12)), isMapped: true, hasLeadingZeros };
  }
  const family = isIPv4 ? 'IPv4' : 'IPv6';
  return { family, value: toNumber(address.toByteArray()), isMapped: false, hasLeadingZeros };
}

/** `::1.2.3.4` as `::102:304`: the parser would take it for a mapped address. */
function withHexTail(text: string): string {
  const [, head, tail] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  if (head === undefined || tail === undefined) return text;
  const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
  if (Math.max(a, b, c, d) > 255) return text;
  return `${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** Drops leading zeros beyond `digits` digits of hexadecimal groups, and all of those of decimal octets. */
function withoutZeros(text: string, digits: number): string {
  return text
    .split(':')
    .map((group) =>
      group.includes('.')
        ? group.replaceAll(/(^|\.)0+(?=\d)/g, '$1')
        : group.replace(/^0+/, (zeros) => zeros.slice(0, Math.max(0, digits - group.length + zeros.length))),
    )
    .join(':');
}

/** A CIDR in any spelling that the server's lenient parser reads. */
export interface LenientCidr {
  readonly address: LenientAddress;
  readonly range: AddressRange;
  /** How long a prefix may be in the notation used: 128 for a mapped address too. */
  readonly bits: 32 | 128;
  /** The prefix length has leading zeros, which nobody may write. */
  readonly hasLeadingZeros: boolean;
}

/** A CIDR with or without bits beyond the prefix and leading zeros (ParseCIDRSloppy); undefined if the text is none. */
export function parseLenientCidr(text: string): LenientCidr | undefined {
  const [head = '', length = '', ...more] = text.split('/');
  const address = parseLenientAddress(head);
  if (address === undefined || more.length > 0 || !/^\d+$/.test(length)) return undefined;
  const bits = head.includes(':') ? 128 : 32;
  if (Number(length) > bits) return undefined;
  const range = lenientRange(address, Number(length));
  return { address, range, bits, hasLeadingZeros: address.hasLeadingZeros || /^0\d/.test(length) };
}

/** The prefix of a mapped address counts its IPv6 bits; one so short that it cuts the mapping off makes IPv6 of it. */
function lenientRange({ family, value, isMapped }: LenientAddress, length: number): AddressRange {
  if (!isMapped) return rangeOf(family, value, length);
  return length < 96 ? rangeOf('IPv6', MAPPED + value, length) : rangeOf('IPv4', value, length - 96);
}

/** `::ffff:0:0` */
const MAPPED = 0xffff_0000_0000n;

function rangeOf(family: IPFamily, value: bigint, prefixLength: number): AddressRange {
  const size = 1n << BigInt(bitsOf(family) - prefixLength);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n, prefixLength };
}

/** A CIDR in canonical form. */
export function renderCidr({ family, first, prefixLength }: AddressRange): string {
  return `${renderAddress(family, first)}/${prefixLength}`;
}

/** Canonical text: dotted decimal, or RFC 5952. */
export function renderAddress(family: IPFamily, value: bigint): string {
  const bytes = Array.from({ length: bitsOf(family) / 8 }, (_, index) =>
    Number((value >> BigInt(bitsOf(family) - 8 * (index + 1))) & 0xffn),
  );
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

/** How many bits the addresses of a family have. */
export function bitsOf(family: IPFamily): 32 | 128 {
  return family === 'IPv4' ? 32 : 128;
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The CIDR that holds one address. */
export function singleAddress({ family, value }: Pick<LenientAddress, 'family' | 'value'>): AddressRange {
  return { family, first: value, last: value, prefixLength: bitsOf(family) };
}
