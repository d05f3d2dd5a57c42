import { shift } from '../text/text-range.ts';
import type { Location, Snapshot } from '../workspace/index.ts';
import { fieldAt, rangeOfPath } from '../yaml/index.ts';
import { HOVERS } from './hover/registry.ts';
import type { Markup } from './markup.ts';
import { findOwner } from './owner.ts';

/** What a hover shows, and the text it is about. */
export interface Hover extends Location {
  readonly markup: Markup;
}

/** The answer at an offset of a file: the first of the hovers that has something to say about the field there. */
export function hover(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const placed = snapshot.files.get(uri)?.documentAt(offset);
  const cluster = snapshot.clusterOf(uri);
  const field = placed && fieldAt(placed.document, offset - placed.start);
  if (placed === undefined || cluster === undefined || field === undefined) return undefined;
  const resource = findOwner(placed.resources, field.path);
  if (resource === undefined) return undefined;
  const path = field.path.slice(resource.path.length);
  const context = { cluster, resource, field, path, offset: offset - placed.start };
  for (const answer of HOVERS) {
    const markup = answer(context);
    if (markup === undefined) continue;
    const range = rangeOfPath(placed.document, field.path, field.part);
    return { uri, range: shift(range, placed.start), markup };
  }
  return undefined;
}
