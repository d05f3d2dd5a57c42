import type { FieldRef, Resource } from '../manifest/index.ts';
import type { Location, Snapshot } from '../workspace/index.ts';
import { isBroken } from '../yaml/index.ts';
import { LENSES } from './code-lens/registry.ts';

/** What a click on a lens does. */
export type LensAction =
  /** Opens a list of places. */
  | { readonly kind: 'list'; readonly title: string; readonly targets: readonly FieldRef[] }
  /** Opens the endpoint distribution of a Service. */
  | { readonly kind: 'endpoints'; readonly service: Resource }
  /** Asks for a URL, beginning with this one. */
  | { readonly kind: 'test-url'; readonly url: string };

/** A lens above a field, in a few words. */
export interface Lens {
  /** The field above which it stands, from the document's root. */
  readonly target: FieldRef;
  readonly title: string;
  readonly action: LensAction;
}

/** A lens with its place in the file. */
export interface PlacedLens extends Location {
  readonly title: string;
  readonly action: LensAction;
}

/** The lenses of a file. Documents with broken YAML have none: what could be read of them may be half the truth. */
export function codeLenses(snapshot: Snapshot, uri: string): readonly PlacedLens[] {
  const cluster = snapshot.clusterOf(uri);
  const file = snapshot.files.get(uri);
  if (cluster === undefined || file === undefined) return [];
  return file.documents
    .filter((placed) => !isBroken(placed.document))
    .flatMap((placed) => placed.resources)
    .flatMap((resource) => LENSES.flatMap((answer) => answer(resource, cluster)))
    .map(({ target, title, action }) => ({ ...snapshot.locate(target, 'key'), title, action }));
}
