import { parseLenientAddress, parseLenientCidr, renderAddress, renderCidr, singleAddress } from '../../../api/index.ts';
import type { Fix } from '../../rule.ts';
import { type Place, replaceFix, textAt } from './fix.ts';

/** Addresses and CIDRs in the form that everybody reads alike; both readings where a CIDR has bits beyond its prefix. */
export function addressFixes(place: Place): readonly Fix[] {
  const text = textAt(place);
  if (text === undefined) return [];
  const address = parseLenientAddress(text);
  if (address !== undefined) return unlessSame(place, text, renderAddress(address.family, address.value));
  const cidr = parseLenientCidr(text.trim());
  if (cidr === undefined) return [];
  const network = renderCidr(cidr.range);
  const single = renderCidr(singleAddress(cidr.address));
  const isOne = cidr.address.value !== cidr.range.first;
  return [...unlessSame(place, text, network), ...(isOne ? unlessSame(place, text, single) : [])];
}

function unlessSame(place: Place, text: string, canonical: string): readonly Fix[] {
  return text === canonical ? [] : replaceFix(place, 'suggested', canonical);
}

/** A bare address where a CIDR is wanted; `0.0.0.0` and `::` stand for all addresses, since nobody has them. */
export function singleAddressFixes(place: Place): readonly Fix[] {
  const address = parseLenientAddress(textAt(place) ?? '');
  if (address === undefined) return [];
  const isAll = address.value === 0n;
  const cidr = isAll ? `${renderAddress(address.family, address.value)}/0` : renderCidr(singleAddress(address));
  return replaceFix(place, 'suggested', cidr);
}
