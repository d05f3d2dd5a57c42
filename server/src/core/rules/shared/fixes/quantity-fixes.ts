import type { Fix } from '../../rule.ts';
import { type Place, replaceFix, textAt } from './fix.ts';

/** An amount as Kubernetes writes it: `512MB` and `512 mb` are 512M, `1gi` is 1Gi. */
export function quantityFixes(place: Place): readonly Fix[] {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]i?)b?\s*$/i.exec(textAt(place) ?? '') ?? [];
  if (number === undefined) return [];
  const [letter = '', binary = ''] = unit;
  const isThousand = letter.toLowerCase() === 'k' && binary === '';
  const suffix = isThousand ? 'k' : letter.toUpperCase() + binary.toLowerCase();
  return replaceFix(place, 'suggested', `${number}${suffix}`);
}
