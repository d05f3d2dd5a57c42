import { type StructType, typeAt } from '../../api/index.ts';
import type { FieldPath } from '../../yaml/index.ts';
import { type FieldWords, findFieldWords } from '../field-words.ts';

/** A field that there is something to say about. */
export interface FieldPlace {
  /** From the object's root. */
  readonly path: FieldPath;
  /** What the field is part of. */
  readonly struct: StructType;
  readonly name: string;
  readonly words: FieldWords;
}

/** The field that a path leads to, or into: an item of its list, a key of its map. */
export function findPlace(apiVersion: string, kind: string, path: FieldPath): FieldPlace | undefined {
  for (let length = path.length; length > 0; length--) {
    const name = path[length - 1];
    const parent = typeAt(apiVersion, kind, path.slice(0, length - 1));
    if (parent?.kind !== 'struct' || typeof name !== 'string') continue;
    const words = findFieldWords(parent.name, name);
    return words === undefined ? undefined : { path: path.slice(0, length), struct: parent, name, words };
  }
  return undefined;
}
