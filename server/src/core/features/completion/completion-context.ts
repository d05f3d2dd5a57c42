import type { Cluster } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import { type FieldPath, findNode } from '../../yaml/index.ts';
import type { TypedPlace } from './cursor.ts';

/** One thing that can be chosen. */
export interface Choice {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'reference';
  /** Why it is offered, in a line. */
  readonly reason: string;
  /** Text that is written, if it is not the label. */
  readonly insert?: string;
  /** What follows it is a choice too. */
  readonly leadsOn?: true;
}

/** What choices may rest on. */
export interface CompletionContext {
  readonly cluster: Cluster;
  /** The object as far as it is written. It is not in the cluster, where its last readable form may be. */
  readonly resource: Resource;
  readonly place: TypedPlace;
  /** The path from the object's root to the mapping that gets the key, or to the value. */
  readonly path: FieldPath;
}

/** Choices for some place; none where it has nothing to offer. */
export type Chooser = (context: CompletionContext) => readonly Choice[];

/** The text that stands at a path from the object's root. */
export function textAt({ place, resource }: CompletionContext, path: FieldPath): string | undefined {
  const node = findNode(place.document.root, [...resource.path, ...path]);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
