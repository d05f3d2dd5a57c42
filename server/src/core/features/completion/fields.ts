import { describeType, type SchemaField, type SchemaType, typeAt } from '../../api/index.ts';
import { apiVersionOf } from '../../manifest/index.ts';
import type { Choice, Chooser } from './completion-context.ts';
import { presentKeys, type TypedPlace } from './cursor.ts';

/** Fields that the kind has at this place and that are not there yet, required ones first. */
export const fieldChoices: Chooser = ({ resource, place, path }) => {
  const parent = typeAt(apiVersionOf(resource), resource.kind, path);
  if (parent?.kind !== 'struct') return [];
  const present = presentKeys(place);
  return parent.fields.filter(({ name }) => !present.includes(name)).map((field) => fieldChoice(field, place));
};

function fieldChoice(field: SchemaField, place: TypedPlace): Choice {
  const type = describeType(field.type);
  return {
    label: field.name,
    kind: 'field',
    reason: field.required ? `${type}, required` : type,
    ...(place.hasColon ? {} : { insert: `${field.name}:${startOfValue(field.type, place)}` }),
    ...(field.required ? { preferred: true } : {}),
  };
}

/** What follows the colon, up to where the value is typed. */
function startOfValue(type: SchemaType, place: TypedPlace): string {
  const whole = type.kind === 'pointer' ? type.to : type;
  const isBlock = whole.kind === 'struct' || whole.kind === 'map' || whole.kind === 'list';
  if (!isBlock || place.flow) return ' ';
  const indent = ' '.repeat(place.column + 2);
  return whole.kind === 'list' ? `\n${indent}- ` : `\n${indent}`;
}
