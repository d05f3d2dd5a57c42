import { decodeDocument, type Resource } from '../manifest/index.ts';
import { shift } from '../text/text-range.ts';
import type { Location, Snapshot } from '../workspace/index.ts';
import type { FieldPath } from '../yaml/index.ts';
import type { Choice, CompletionContext } from './completion/completion-context.ts';
import { isTyped, typedPlaceAt } from './completion/cursor.ts';
import { enumerationChoices } from './completion/enumerations.ts';
import { fieldChoices } from './completion/fields.ts';
import { labelKeyChoices, labelValueChoices } from './completion/labels.ts';
import { referenceChoices } from './completion/references.ts';

/** What can be chosen at a place, and the text that a choice replaces. */
export interface Completion extends Location {
  readonly choices: readonly Choice[];
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
  const place = typedPlaceAt(placed.document, offset - placed.start);
  if (place === undefined) return undefined;
  const resource = findOwner(decodeDocument(place.document, uri), place.path);
  if (resource === undefined || isTyped(resource.kind)) return undefined;
  const path = place.path.slice(resource.path.length);
  const choices = choose({ cluster, resource, place, path }, schemaChecks);
  return choices.length === 0 ? undefined : { uri, range: shift(place.range, placed.start), choices };
}

function choose(context: CompletionContext, schemaChecks: boolean): readonly Choice[] {
  // What begins an item of a list may become a value, or the first key of a mapping.
  const isItem = typeof context.path.at(-1) === 'number';
  const fields = schemaChecks && (isItem || context.place.kind === 'key') ? fieldChoices(context) : [];
  if (context.place.kind === 'key' && !isItem) return [...labelKeyChoices(context), ...fields];
  const words = schemaChecks ? enumerationChoices(context) : [];
  return [...fields, ...referenceChoices(context), ...labelValueChoices(context), ...words];
}

function findOwner(resources: readonly Resource[], path: FieldPath): Resource | undefined {
  return resources.find((resource) => resource.path.every((step, index) => path[index] === step));
}
