import { parseLenientAddress } from '../../../api/index.ts';
import type { Fix } from '../../rule.ts';
import { fixOf, itemsAt, placeOf, type Refusal, textAt, writeEdit } from './fix.ts';

/** The addressType of an EndpointSlice whose addresses are all of the other family. */
export function sliceFixes({ place, error }: Refusal): readonly Fix[] {
  const isAddress = place.at[0] === 'endpoints' && place.at[2] === 'addresses';
  if (place.resource.type !== 'EndpointSlice' || !isAddress || error.reason !== 'FieldValueInvalid') return [];
  const addresses = itemsAt(placeOf(place.resource, ['endpoints'])).flatMap(({ addresses }) =>
    Array.isArray(addresses) ? addresses.map(String) : [],
  );
  const families = new Set(addresses.map((address) => parseLenientAddress(address)?.family));
  const [family] = families;
  const type = placeOf(place.resource, ['addressType']);
  const isOther = /^must be an IPv[46] address$/.test(error.detail) || textAt(type) === 'FQDN';
  if (!isOther || families.size !== 1 || family === undefined) return [];
  return fixOf(type, 'suggested', `Use addressType ${family}`, writeEdit(type, family));
}
