import type { Resource } from '../../manifest/index.ts';
import { dataOf, type FieldPath, findNode, type Json } from '../../yaml/index.ts';
import type { Fix } from '../rule.ts';

/** What is written in a field, given relative to the object; undefined if it is missing or null. */
export function writtenAt(resource: Resource, ...path: FieldPath): Json | undefined {
  return dataOf(findNode(resource.document.root, [...resource.path, ...path])) ?? undefined;
}

/** Takes a field of no effect away, so that nothing changes but the text. `path` leads from the document's root. */
export function removal(resource: Resource, path: FieldPath, name = String(path.at(-1))): Fix {
  return { title: `Remove ${name}`, kind: 'safe', edits: [{ resource, edit: { op: 'remove', path } }] };
}
