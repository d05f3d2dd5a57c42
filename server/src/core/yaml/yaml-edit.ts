import type { FieldPath } from './node.ts';
import type { YamlValue } from './render.ts';

/** A change of one document, said in fields instead of characters. */
export type YamlEdit =
  /** Writes another scalar in the place of the one at `path`, in the same quotes if it had any. */
  | { readonly op: 'replace'; readonly path: FieldPath; readonly value: string | number | boolean }
  /** Gives the field at `path`, which must exist, another value of any shape; comments inside of the old one stay. */
  | { readonly op: 'set'; readonly path: FieldPath; readonly value: YamlValue }
  /** Gives the key at the end of `path` another name. */
  | { readonly op: 'rename'; readonly path: FieldPath; readonly key: string }
  /**
   * Adds the field at `path`, which must not exist; parents that are missing or null are made. Where a field of that name and value
   * stands at `from`, its text is taken over, with its comments.
   */
  | { readonly op: 'insert'; readonly path: FieldPath; readonly value: YamlValue; readonly from?: FieldPath }
  /** Takes the field or list item at `path` away; a parent that is left without content goes with it, unless it is a list item. */
  | { readonly op: 'remove'; readonly path: FieldPath }
  /** Adds another document after this one. */
  | { readonly op: 'add-document'; readonly value: YamlValue }
  /** Adds an item at the end of the list at `path`; the list is made if it is missing, null or empty. */
  | { readonly op: 'append'; readonly path: FieldPath; readonly value: YamlValue };
