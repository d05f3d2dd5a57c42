import { typeAt, typeBelow } from '../api/index.ts';
import type { Cluster } from '../cluster/index.ts';
import { apiVersionOf, decodeDocument } from '../manifest/index.ts';
import { shift } from '../text/text-range.ts';
import type { Location, Snapshot } from '../workspace/index.ts';
import type { Choice, CompletionContext } from './completion/completion-context.ts';
import { isTyped, presentItems, type Quote, type TypedPlace, typedPlacesAt } from './completion/cursor.ts';
import { enumerationChoices } from './completion/enumerations.ts';
import { fieldChoices, isBlock } from './completion/fields.ts';
import { hasLabelKeys, labelKeyChoices, labelValueChoices } from './completion/labels.ts';
import { referenceChoices } from './completion/references.ts';
import { writtenValue } from './completion/written.ts';
import { findOwner } from './owner.ts';

/** What can be chosen at a place, and the text that a choice replaces. */
export interface Completion extends Location {
  readonly choices: readonly Choice[];
  /** The quote that the replaced text begins with, which editors compare too. */
  readonly quote: Quote;
}

export interface CompletionOptions {
  /** Whether fields and words of the schema are offered, or only what is known of the cluster. */
  readonly schemaChecks?: boolean;
}

/** The choices at an offset of a file; undefined where nothing can be said. The text may be half typed. */
export function complete(
  snapshot: Snapshot,
  uri: string,
  offset: number,
  { schemaChecks = true }: CompletionOptions = {},
): Completion | undefined {
  const placed = snapshot.files.get(uri)?.documentAt(offset);
  const cluster = snapshot.clusterOf(uri);
  if (placed === undefined || cluster === undefined) return undefined;
  const places = typedPlacesAt(placed.document, offset - placed.start);
  const choices = places.flatMap((place) => choicesAt(place, { cluster, uri, schemaChecks }));
  const [typed] = places;
  if (typed === undefined || choices.length === 0) return undefined;
  return { uri, range: shift(typed.range, placed.start), choices, quote: typed.quote };
}

interface Surroundings {
  readonly cluster: Cluster;
  readonly uri: string;
  readonly schemaChecks: boolean;
}

function choicesAt(place: TypedPlace, { cluster, uri, schemaChecks }: Surroundings): readonly Choice[] {
  const resource = findOwner(decodeDocument(place.document, uri), place.path);
  if (resource === undefined || isTyped(resource.kind)) return [];
  const path = place.path.slice(resource.path.length);
  const choices = choose({ cluster, resource, place, path }, schemaChecks);
  if (place.lead === '') return choices;
  return choices.map((choice) => ({ ...choice, insert: place.lead + (choice.insert ?? choice.label) }));
}

function choose(context: CompletionContext, schemaChecks: boolean): readonly Choice[] {
  if (isMisplaced(context)) return [];
  // What begins an item of a list may become a value, or the first key of a mapping.
  const isItem = typeof context.path.at(-1) === 'number';
  const isKey = context.place.kind === 'key' && !isItem;
  const fields = schemaChecks && (isItem || isKey) ? fieldChoices(context) : [];
  const names = [...(isKey ? labelKeyChoices(context) : []), ...fields.map((choice) => withNext(context, choice))];
  return isKey ? names : [...names, ...newValues(context, schemaChecks)];
}

/** An item where no list belongs, or a value directly behind a colon where lines of its own may follow: Enter is to lead there. */
function isMisplaced({ resource, path, place: { kind, lead } }: CompletionContext): boolean {
  const type = typeAt(apiVersionOf(resource), resource.kind, path);
  if (type === undefined) return typeof path.at(-1) === 'number' || lead !== '';
  return kind === 'value' && lead === ' ' && isBlock(type);
}

/** The values that are not in the same list already, as they are written here. */
function newValues(context: CompletionContext, schemaChecks: boolean): readonly Choice[] {
  const { resource, path, place } = context;
  const present = presentItems(place);
  const type = typeAt(apiVersionOf(resource), resource.kind, path);
  return valueChoices(context, schemaChecks)
    .filter(({ label }) => !present.has(label))
    .map((choice) => ({ ...choice, insert: writtenValue(choice.label, type, place.quote) }));
}

function valueChoices(context: CompletionContext, schemaChecks: boolean): readonly Choice[] {
  const words = schemaChecks ? enumerationChoices(context) : [];
  return [...referenceChoices(context), ...labelValueChoices(context), ...words];
}

/** Tells of a key whether its value, or the keys below it, can be chosen too. */
function withNext(context: CompletionContext, choice: Choice): Choice {
  const below = { ...context, path: [...context.path, choice.label] };
  const hasNext = hasFields(below) || hasLabelKeys(below) || valueChoices(below, true).length > 0;
  return hasNext ? { ...choice, leadsOn: true } : choice;
}

function hasFields({ resource, path }: CompletionContext): boolean {
  const type = typeAt(apiVersionOf(resource), resource.kind, path);
  return type?.kind === 'struct' || (type !== undefined && typeBelow(type, 0)?.kind === 'struct');
}
