import { parseLenientAddress } from '../../api/index.ts';
import type { Fix } from '../rule.ts';
import { fixOf, itemsAt, placeOf, type Refusal, writeEdit } from './fix.ts';

/** The addressType of an EndpointSlice whose addresses are all of the other family. */
export function sliceFixes({ place, error }: Refusal): readonly Fix[] {
  if (place.resource.type !== 'EndpointSlice' || !/^must be an IPv[46] address$/.test(error.detail)) return [];
  const addresses = itemsAt(placeOf(place.resource, ['endpoints'])).flatMap(({ addresses }) =>
    Array.isArray(addresses) ? addresses.map(String) : [],
  );
  const families = new Set(addresses.map((address) => parseLenientAddress(address)?.family));
  const [family] = families;
  if (families.size !== 1 || family === undefined) return [];
  const type = placeOf(place.resource, ['addressType']);
  return fixOf(type, 'suggested', `Use addressType ${family}`, writeEdit(type, family));
}
