import { describeType, type SchemaField, type SchemaType, type StructType, typeAt } from '../../api/index.ts';
import { apiVersionOf } from '../../manifest/index.ts';
import { hasFlushDashes } from '../../yaml/index.ts';
import { findKeyWords } from '../field-words.ts';
import type { Chooser } from './completion-context.ts';
import { presentKeys, type TypedPlace } from './cursor.ts';
import { usesIn } from './field-use.ts';
import { writtenKey } from './written.ts';

/** Fields that the kind has at this place and that are not there yet: what is needed first, what has no use here last. */
export const fieldChoices: Chooser = (context) => {
  const { resource, place, path } = context;
  const parent = typeAt(apiVersionOf(resource), resource.kind, path);
  if (parent?.kind !== 'struct') return [];
  const present = presentKeys(place);
  const start = startOfValues(place);
  const useOf = usesIn(context, parent);
  return parent.fields
    .filter(({ name, type }) => !present.has(name) && fitsAbove(type, place.below))
    .map((field) => ({ field, use: useOf(field) }))
    .sort((a, b) => a.use.rank - b.use.rank)
    .map(({ field, use }) => ({
      label: field.name,
      kind: 'field',
      reason: reasonFor(parent, field, use.note),
      insert: writtenKey(field.name, place, start(field.type)),
    }));
};

function reasonFor(struct: StructType, { name, type }: SchemaField, note: string | undefined): string {
  const words = findKeyWords(struct.name, name) ?? shortType(type);
  return note === undefined ? words : `${note} · ${words}`;
}

/** What follows the colon, up to where the value is typed. Dashes stand where those of the document do. */
function startOfValues({ document, column, flow }: TypedPlace): (type: SchemaType) => string {
  const indent = ' '.repeat(column + 2);
  const dashIndent = hasFlushDashes(document.text) ? ' '.repeat(column) : indent;
  return (type) => {
    if (flow || !isBlock(type)) return ' ';
    return isList(type) ? `\n${dashIndent}- ` : `\n${indent}`;
  };
}

/** Whether lines that are there already may be the value of a field. */
function fitsAbove(type: SchemaType, below: TypedPlace['below']): boolean {
  if (below === undefined) return true;
  return isBlock(type) && isList(type) === (below === 'sequence');
}

/** Whether values of a type stand on lines of their own. */
export function isBlock(type: SchemaType): boolean {
  if (type.kind === 'pointer') return isBlock(type.to);
  return type.kind === 'struct' || type.kind === 'map' || type.kind === 'list';
}

function isList(type: SchemaType): boolean {
  return type.kind === 'pointer' ? isList(type.to) : type.kind === 'list';
}

/** A type in a word or two; what an object consists of is seen inside of it. */
function shortType(type: SchemaType): string {
  switch (type.kind) {
    case 'pointer':
      return shortType(type.to);
    case 'list':
      return type.item.kind === 'struct' ? 'list' : `list of ${shortType(type.item)}`;
    case 'map':
    case 'struct':
      return 'object';
    default:
      return describeType(type);
  }
}
