import { dnsSubdomainProblems } from '../../../api/index.ts';
import type { Fix } from '../../rule.ts';
import { fieldOf, fieldsAt, type Place, parentOf, type Refusal, removeFix, replaceFix, textAt } from './fix.ts';

const HOST_FIELDS = new Set(['host', 'hosts', 'externalName', 'hostnames', 'searches']);

/** A host name out of a URL, or out of one in capitals: `https://Shop.example.com:8443/` is shop.example.com. */
export function hostFixes({ place, error }: Refusal): readonly Fix[] {
  const text = textAt(place);
  if (error.reason !== 'FieldValueInvalid' || text === undefined || !HOST_FIELDS.has(fieldOf(place))) return [];
  // Only search paths may hold underscores.
  const isSearch = fieldOf(place) === 'searches';
  const host = isSearch ? hostIn(text) : hostIn(text).replaceAll('_', '-');
  if (host !== text && dnsSubdomainProblems(host.replace(/^\*\./, '').replaceAll('_', '')).length === 0) {
    return replaceFix(place, 'suggested', host);
  }
  return isAll(place, text) ? removeFix(place) : [];
}

/** Without a host a rule is for all of them, which addresses and a lone asterisk are meant to say. */
function isAll(place: Place, text: string): boolean {
  const isRule = place.resource.type === 'Ingress' && place.at.at(-1) === 'host';
  return isRule && Object.keys(fieldsAt(parentOf(place))).length > 1 && /^[\d.]+$|^\*$|:/.test(text);
}

function hostIn(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/:\d+$/, '')
    .replace(/\.+$/, '');
}
