import { type FieldError, typeAt } from '../../../api/index.ts';
import type { Cluster } from '../../../cluster/index.ts';
import { apiVersionOf, type Resource } from '../../../manifest/index.ts';
import {
  dataOf,
  type FieldPath,
  findNode,
  isJsonObject,
  type Json,
  type JsonObject,
  leavesEmptyItem,
  type YamlEdit,
  type YamlNode,
} from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';

/** A place in an object that something is wrong with. `at` leads from the object, `path` from the document. */
export interface Place {
  readonly resource: Resource;
  readonly at: FieldPath;
  readonly path: FieldPath;
  /** What stands there; undefined if the field is missing. */
  readonly node: YamlNode | undefined;
}

/** A value that the server refuses, in its cluster. */
export interface Refusal {
  readonly place: Place;
  readonly error: FieldError;
  readonly cluster: Cluster;
}

export function placeOf(resource: Resource, at: FieldPath): Place {
  const path = [...resource.path, ...at];
  return { resource, at, path, node: findNode(resource.document.root, path) };
}

export function placeBelow({ resource, at }: Place, ...steps: FieldPath): Place {
  return placeOf(resource, [...at, ...steps]);
}

export function parentOf({ resource, at }: Place, levels = 1): Place {
  return placeOf(resource, at.slice(0, -levels));
}

/** Whether a place is an entry of a map, as a label is, and no field. */
export function isInMap(place: Place): boolean {
  const { resource, at } = parentOf(place);
  return typeAt(apiVersionOf(resource), resource.kind, at)?.kind === 'map';
}

/** The last name on the way to a place: of `spec.externalIPs[1]` that is `externalIPs`. */
export function fieldOf({ at }: Place): string {
  return String(at.findLast((step) => typeof step === 'string') ?? '');
}

/** The text at a place, if it is one. */
export function textAt({ node }: Place): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The data at a place; null if there is none. */
export function valueAt({ node }: Place): Json {
  return dataOf(node);
}

/** The fields of the object at a place; none if it is no object. */
export function fieldsAt(place: Place): JsonObject {
  const value = valueAt(place);
  return isJsonObject(value) ? value : {};
}

/** The objects of the list at a place; none if it is no list. */
export function itemsAt(place: Place): readonly JsonObject[] {
  const value = valueAt(place);
  return Array.isArray(value) ? value.map((item: Json) => (isJsonObject(item) ? item : {})) : [];
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
  return fixOf(place, kind, `Write ${shown}`, writeEdit(place, value));
}

/** The edit that gives a field a value, whether it is there or not. */
export function writeEdit({ node, path }: Place, value: string | number | boolean): YamlEdit {
  return { op: node?.kind === 'scalar' && node.value !== null ? 'replace' : 'insert', path, value };
}

/**
 * Takes a field away, unless somebody has written more into it than one value: work is not to be lost. Nor is one taken away that is
 * all there is of a list item: without it a peer of a NetworkPolicy is refused, and a rule or port of one is about everything.
 */
export function removeFix(place: Place): readonly Fix[] {
  const { node, path, resource } = place;
  if (node === undefined || hasContent(node) || leavesEmptyItem(resource.document.root, path)) return [];
  return fixOf(place, 'suggested', `Remove ${fieldOf(place)}`, { op: 'remove', path });
}

function hasContent(node: YamlNode): boolean {
  return node.kind === 'mapping' ? node.entries.length > 0 : node.kind === 'sequence' && node.items.length > 0;
}

/** The text in flow style, as one would write it on a line: `[{ port: 80 }]`. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isJsonObject(value)) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${inline(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
