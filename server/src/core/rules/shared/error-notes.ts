import type { FieldError } from '../../api/index.ts';
import { fieldsAt, itemsAt, type Place, parentOf, textAt } from './fixes/fix.ts';

/** What the server leaves unsaid of an error that does not explain itself. */
export function noteOn(place: Place, error: FieldError): string | undefined {
  const { at, resource } = place;
  const field = at.at(-1);
  if (field === 'name' && at.at(-3) === 'ports' && error.reason === 'FieldValueRequired') {
    return 'Where there are several ports, each needs a name.';
  }
  if (field === 'ipFamilyPolicy' && place.node === undefined) return 'It is SingleStack where it is left out.';
  if (error.reason === 'FieldValueDuplicate' && resource.type === 'Service' && at.at(-2) === 'ports') {
    return samePortNote(place);
  }
  if (error.detail === 'must be greater than or equal to `port`') return rangeNote(place);
  if (place.node === undefined && error.message.startsWith('Invalid value: 0:'))
    return 'It is missing, which counts as 0.';
  const text = textAt(place);
  const isNumber =
    text !== undefined && /^\d+$/.test(text) && error.detail === 'must contain at least one letter (a-z)';
  return isNumber ? `In quotes ${text} is the name of a port; a number goes without them.` : undefined;
}

function samePortNote(place: Place): string | undefined {
  const { port, protocol = 'TCP' } = fieldsAt(place);
  const first = itemsAt(parentOf(place)).findIndex(
    (each) => each.port === port && (each.protocol ?? 'TCP') === protocol,
  );
  return first === -1 ? undefined : `ports[${first}] is ${String(protocol)} ${String(port)} too.`;
}

/** The server shows the port where it should show the endPort. */
function rangeNote(place: Place): string {
  const { port, endPort } = fieldsAt(parentOf(place));
  return `port is ${String(port)}, endPort ${String(endPort)}.`;
}
