import { type FieldError, invalid } from './field-error.ts';
import { quote } from './go-text.ts';
import {
  type AddressRange,
  bitsOf,
  type LenientCidr,
  parseLenientAddress,
  parseLenientCidr,
  renderAddress,
  renderCidr,
} from './ip.ts';
import type { Path } from './path.ts';

/**
 * What the server says of texts that should be addresses and CIDRs (apimachinery/pkg/util/validation/ip.go). `strict` is the
 * StrictIPCIDRValidation gate: on since 1.36, before it leading zeros, mapped addresses and host bits were taken with a warning.
 */
export interface AddressRules {
  readonly strict: boolean;
  /** Values that an update may keep, whatever they are: those of the stored object. */
  readonly kept?: readonly string[];
}

/** A field that has always taken addresses in any spelling (IsValidIPForLegacyField). */
export function addressErrors(path: Path, text: string, { strict, kept = [] }: AddressRules): readonly FieldError[] {
  if (kept.includes(text)) return [];
  const address = parseLenientAddress(text);
  if (address === undefined) {
    return [invalid(path, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
  }
  if (!strict) return [];
  const errors: FieldError[] = [];
  if (address.hasLeadingZeros) errors.push(invalid(path, text, 'must not have leading 0s'));
  else if (address.isMapped) errors.push(invalid(path, text, 'must not be an IPv4-mapped IPv6 address'));
  return errors;
}

/** A newer field, which takes canonical addresses only (IsValidIP). */
export function canonicalAddressErrors(path: Path, text: string): readonly FieldError[] {
  const errors = addressErrors(path, text, { strict: true });
  const address = parseLenientAddress(text);
  if (errors.length > 0 || address === undefined) return errors;
  const canonical = renderAddress(address.family, address.value);
  return text === canonical ? [] : [invalid(path, text, `must be in canonical form (${quote(canonical)})`)];
}

/** A field that takes CIDRs in any spelling (IsValidCIDRForLegacyField). */
export function cidrErrors(path: Path, text: string, { strict, kept = [] }: AddressRules): readonly FieldError[] {
  if (kept.includes(text)) return [];
  const cidr = parseLenientCidr(text);
  if (cidr === undefined) {
    return [invalid(path, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
  }
  const problem = strict ? strictCidrProblem(cidr) : undefined;
  return problem === undefined ? [] : [invalid(path, text, problem)];
}

function strictCidrProblem(cidr: LenientCidr): string | undefined {
  if (cidr.hasLeadingZeros) return 'must not have leading 0s in IP or prefix length';
  if (cidr.address.isMapped) return 'must not have an IPv4-mapped IPv6 address';
  return hasHostBits(cidr) ? 'must not have bits set beyond the prefix length' : undefined;
}

function hasHostBits({ address, range }: LenientCidr): boolean {
  return address.value !== range.first;
}

/** Addresses that are valid but written in a form that not everybody reads alike (GetWarningsForIP). */
export function addressWarnings(path: Path, text: string): readonly string[] {
  const address = parseLenientAddress(text);
  if (address === undefined) return [];
  const canonical = renderAddress(address.family, address.value);
  if (address.hasLeadingZeros || address.isMapped) {
    return [`${path.text}: non-standard IP address ${quote(text)} is invalid: use ${quote(canonical)}`];
  }
  if (address.family === 'IPv4' || canonical === text) return [];
  return [`${path.text}: IPv6 address ${quote(text)} should be in RFC 5952 canonical format (${quote(canonical)})`];
}

/** The same of CIDRs (GetWarningsForCIDR). */
export function cidrWarnings(path: Path, text: string): readonly string[] {
  const cidr = parseLenientCidr(text);
  if (cidr === undefined) return [];
  const canonical = renderCidr(cidr.range);
  const warnings: string[] = [];
  if (hasHostBits(cidr)) {
    const single = quote(renderCidr(singleAddress(cidr)));
    const choice = `${quote(canonical)} or ${single}`;
    warnings.push(`${path.text}: CIDR value ${quote(text)} is ambiguous in this context (should be ${choice}?)`);
  }
  if (cidr.hasLeadingZeros || cidr.address.isMapped) {
    warnings.push(`${path.text}: non-standard CIDR value ${quote(text)} is invalid: use ${quote(canonical)}`);
  }
  if (warnings.length > 0 || cidr.address.family === 'IPv4' || canonical === text) return warnings;
  const form = `should be in RFC 5952 canonical format (${quote(canonical)})`;
  return [`${path.text}: IPv6 CIDR value ${quote(text)} ${form}`];
}

function singleAddress({ address: { family, value } }: LenientCidr): AddressRange {
  return { family, first: value, last: value, prefixLength: bitsOf(family) };
}

/**
 * Addresses that no endpoint may have (pkg/apis/core/validation, ValidateEndpointIP): `0.0.0.0`, loopback, link-local.
 * Nothing for a text that is no address.
 */
export function specialAddressErrors(path: Path, text: string): readonly FieldError[] {
  const address = parseLenientAddress(text);
  if (address === undefined) return [];
  const { family, value } = address;
  const isIn = (cidr: string) => {
    const range = parseLenientCidr(cidr)?.range;
    return range?.family === family && range.first <= value && value <= range.last;
  };
  const errors: FieldError[] = [];
  if (value === 0n) errors.push(invalid(path, text, `may not be unspecified (${text})`));
  for (const [cidrs, detail] of SPECIAL_RANGES) {
    if (cidrs.some(isIn)) errors.push(invalid(path, text, detail));
  }
  return errors;
}

const SPECIAL_RANGES: readonly (readonly [readonly string[], string])[] = [
  [['127.0.0.0/8', '::1/128'], 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [['169.254.0.0/16', 'fe80::/10'], 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  // Go's IsLinkLocalMulticast looks at the scope, whatever the flags: ff02::/16, ff12::/16 …
  [['224.0.0.0/24', 'ff02::/16'], 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
];
