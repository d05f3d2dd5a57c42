import type { ApiWarning } from '../../../api/index.ts';
import type { Cluster } from '../../../cluster/index.ts';
import { CLASS_ANNOTATION, type Resource } from '../../../manifest/index.ts';
import type { Fix } from '../../rule.ts';
import { addressFixes } from './address-fixes.ts';
import { fixOf, type Place, parentOf, placeBelow, placeOf, removeFix, replaceFix, textAt } from './fix.ts';
import { nameFixes } from './name-fixes.ts';

/** What can be done about something that the server takes and warns of. */
export function fixesOfWarning(resource: Resource, { at, message }: ApiWarning, cluster: Cluster): readonly Fix[] {
  const place = placeOf(resource, at);
  if (place.node === undefined) return [];
  if (at.at(-1) === CLASS_ANNOTATION) return classFixes(place, cluster);
  if (/ is ignored (for|when) |hostIP set without hostPort/.test(message)) return ignoredFixes(place, message);
  if (/ (should be|is ambiguous|is invalid: use)/.test(message)) return addressFixes(place);
  const recommended = /a DNS label is recommended: \[(.*)\]$/.exec(message)?.[1];
  if (recommended !== undefined) return labelFixes(place, recommended);
  const successor = /(?:please use |use ")([a-zA-Z0-9./-]+)(?:"| instead)/.exec(message)?.[1];
  return successor === undefined ? [] : successorFixes(place, successor);
}

function ignoredFixes(place: Place, message: string): readonly Fix[] {
  return removeFix(message.includes('hostIP') ? placeBelow(place, 'hostIP') : place);
}

/** The name without dots: others would be one label of DNS anyway. */
function labelFixes(place: Place, detail: string): readonly Fix[] {
  return nameFixes(place, { at: place.at, detail: detail.split(', ')[0] ?? '' });
}

/** A value or key that has a newer one. */
function successorFixes(place: Place, successor: string): readonly Fix[] {
  if (textAt(place) === successor) return [];
  const parent = parentOf(place);
  const isKey = parent.node?.kind === 'mapping' && String(place.at.at(-1)).includes('/');
  if (!isKey) return replaceFix(place, 'suggested', successor);
  if (placeBelow(parent, successor).node !== undefined) return removeFix(place);
  return fixOf(place, 'suggested', `Use ${successor}`, { op: 'rename', path: place.path, key: successor });
}

/** The annotation names what its controller likes; the field names an IngressClass, which must be there. */
function classFixes(place: Place, cluster: Cluster): readonly Fix[] {
  const name = textAt(place);
  const field = placeOf(place.resource, ['spec', 'ingressClassName']);
  if (name === undefined || !cluster.ingressClasses.some((each) => each.name === name)) return [];
  return fixOf(
    field,
    'suggested',
    `Use spec.ingressClassName: ${name}`,
    { op: 'insert', path: field.path, value: name },
    { op: 'remove', path: place.path },
  );
}
