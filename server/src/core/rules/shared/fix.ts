import type { Resource } from '../../manifest/index.ts';
import { type FieldPath, findNode, type YamlEdit, type YamlNode } from '../../yaml/index.ts';
import type { Fix } from '../rule.ts';

/** A place in an object that something is wrong with. `at` leads from the object, `path` from the document. */
export interface Place {
  readonly resource: Resource;
  readonly at: FieldPath;
  readonly path: FieldPath;
  /** What stands there; undefined if the field is missing. */
  readonly node: YamlNode | undefined;
}

export function placeOf(resource: Resource, at: FieldPath): Place {
  const path = [...resource.path, ...at];
  return { resource, at, path, node: findNode(resource.document.root, path) };
}

/** The text at a place, if it is one. */
export function textAt({ node }: Place): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function fixOf(
  { resource }: Place,
  kind: Fix['kind'],
  title: string,
  ...edits: readonly YamlEdit[]
): readonly Fix[] {
  return [{ title, kind, edits: edits.map((edit) => ({ resource, edit })) }];
}

/** Writes another value over the one that stands at the place. */
export function replaceFix(place: Place, kind: Fix['kind'], value: string | number | boolean): readonly Fix[] {
  if (place.node?.kind !== 'scalar') return [];
  const shown = typeof value === 'string' && value !== place.node.value ? value : JSON.stringify(value);
  return fixOf(place, kind, `Write ${shown}`, { op: 'replace', path: place.path, value });
}

export function removeFix(place: Place): readonly Fix[] {
  if (place.node === undefined) return [];
  return fixOf(place, 'suggested', `Remove ${String(place.at.at(-1))}`, { op: 'remove', path: place.path });
}
