import { type Errors, type FieldError, invalid } from './field-error.ts';
import { quote } from './go-text.ts';
import {
  type LenientAddress,
  type LenientCidr,
  parseLenientAddress,
  parseLenientCidr,
  renderAddress,
  renderCidr,
} from './ip.ts';
import type { Path } from './path.ts';
import { behaves, type KubernetesVersion } from './version.ts';

/**
 * What the server says of texts that should be addresses and CIDRs (apimachinery/pkg/util/validation/ip.go). `strict` is the
 * StrictIPCIDRValidation gate: on since 1.36, before it leading zeros, mapped addresses and host bits were taken with a warning.
 */
export interface AddressRules {
  readonly strict: boolean;
  /** Values that an update may keep, whatever they are: those of the stored object. */
  readonly kept?: ReadonlySet<string>;
}

/** The rules of a server's version. `kept` are the values of the stored object, if there is one. */
export function addressRules(version: KubernetesVersion, kept: readonly string[] = []): AddressRules {
  return { strict: behaves(version, 'strictAddresses'), kept: new Set(kept) };
}

/** A field that has always taken addresses in any spelling (IsValidIPForLegacyField). */
export function addressErrors(path: Path, text: string, { strict, kept }: AddressRules): Errors {
  if (kept?.has(text)) return [];
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
export function canonicalAddressErrors(path: Path, text: string): Errors {
  const errors = addressErrors(path, text, { strict: true });
  const address = parseLenientAddress(text);
  if (errors.length > 0 || address === undefined) return errors;
  const canonical = renderAddress(address.family, address.value);
  return text === canonical ? [] : [invalid(path, text, `must be in canonical form (${quote(canonical)})`)];
}

/** A field that takes CIDRs in any spelling (IsValidCIDRForLegacyField). */
export function cidrErrors(path: Path, text: string, { strict, kept }: AddressRules): Errors {
  if (kept?.has(text)) return [];
  const cidr = parseLenientCidr(text);
  if (cidr === undefined) {
    return [invalid(path, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
  }
  const problem = strict ? strictCidrProblem(cidr) : undefined;
  return problem === undefined ? [] : [invalid(path, text, problem)];
}

/** A newer field, which takes canonical CIDRs only (IsValidCIDR). */
export function canonicalCidrErrors(path: Path, text: string): Errors {
  const errors = cidrErrors(path, text, { strict: true });
  const cidr = parseLenientCidr(text);
  if (errors.length > 0 || cidr === undefined) return errors;
  const canonical = renderCidr(cidr.range);
  return text === canonical ? [] : [invalid(path, text, `must be in canonical form (${quote(canonical)})`)];
}

function strictCidrProblem(cidr: LenientCidr): string | undefined {
  if (cidr.hasLeadingZeros) return 'must not have leading 0s in IP or prefix length';
  if (cidr.address.isMapped) return 'must not have an IPv4-mapped IPv6 address';
  return hasHostBits(cidr) ? 'must not have bits set beyond the prefix length' : undefined;
}

function hasHostBits({ address, range }: LenientCidr): boolean {
  return address.value !== range.first || address.family !== range.family;
}

const STRICT: AddressRules = { strict: true };

/** Servers that take such forms announce that they will not always. */
function verdict({ strict }: AddressRules): string {
  return strict ? 'is invalid' : 'will be considered invalid in a future Kubernetes release';
}

/** Addresses that are valid but written in a form that not everybody reads alike (GetWarningsForIP). */
export function addressWarnings(path: Path, text: string, rules: AddressRules = STRICT): readonly string[] {
  const address = parseLenientAddress(text);
  if (address === undefined) return [];
  const canonical = renderAddress(address.family, address.value);
  if (address.hasLeadingZeros || address.isMapped) {
    return [`${path.text}: non-standard IP address ${quote(text)} ${verdict(rules)}: use ${quote(canonical)}`];
  }
  if (address.family === 'IPv4' || canonical === text) return [];
  return [`${path.text}: IPv6 address ${quote(text)} should be in RFC 5952 canonical format (${quote(canonical)})`];
}

/** The same of CIDRs (GetWarningsForCIDR). */
export function cidrWarnings(path: Path, text: string, rules: AddressRules = STRICT): readonly string[] {
  const cidr = parseLenientCidr(text);
  if (cidr === undefined) return [];
  const canonical = renderCidr(cidr.range);
  const warnings: string[] = [];
  if (hasHostBits(cidr)) {
    const { family, value } = cidr.address;
    const choice = `${quote(canonical)} or ${quote(`${renderAddress(family, value)}/${cidr.bits}`)}`;
    warnings.push(`${path.text}: CIDR value ${quote(text)} is ambiguous in this context (should be ${choice}?)`);
  }
  if (cidr.hasLeadingZeros || cidr.address.isMapped) {
    warnings.push(`${path.text}: non-standard CIDR value ${quote(text)} ${verdict(rules)}: use ${quote(canonical)}`);
  }
  if (warnings.length > 0 || cidr.address.family === 'IPv4' || canonical === text) return warnings;
  const form = `should be in RFC 5952 canonical format (${quote(canonical)})`;
  return [`${path.text}: IPv6 CIDR value ${quote(text)} ${form}`];
}

/**
 * Addresses that no endpoint may have (pkg/apis/core/validation, ValidateEndpointIP): `0.0.0.0`, loopback, link-local.
 * Nothing for a text that is no address.
 */
export function specialAddressErrors(path: Path, text: string): Errors {
  const address = parseLenientAddress(text);
  if (address === undefined) return [];
  return SPECIAL_ADDRESSES.filter(([isSpecial]) => isSpecial(address)).map(([, detail]) => {
    return invalid(path, text, detail === UNSPECIFIED ? `${detail} (${text})` : detail);
  });
}

const UNSPECIFIED = 'may not be unspecified';

const SPECIAL_ADDRESSES: readonly (readonly [(address: LenientAddress) => boolean, string])[] = [
  [({ value }) => value === 0n, UNSPECIFIED],
  [
    ({ family, value }) => (family === 'IPv4' ? value >> 24n === 127n : value === 1n),
    'may not be in the loopback range (127.0.0.0/8, ::1/128)',
  ],
  [
    ({ family, value }) => (family === 'IPv4' ? value >> 16n === 0xa9fen : value >> 118n === 0x3fan),
    'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  ],
  [
    // Of an IPv6 multicast address Go looks at the scope, whatever the flags: ff02::/16, ff12::/16 …
    ({ family, value }) => (family === 'IPv4' ? value >> 8n === 0xe00000n : ((value >> 112n) & 0xff0fn) === 0xff02n),
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  ],
];
