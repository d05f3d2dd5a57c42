import type { TextRange } from '../text/text-range.ts';

/** How a scalar is written. Quotes decide whether `80` is a number or a string. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

interface NodeBase {
  readonly range: TextRange;
  /** An alias (`*name`) stands here; the node's content is text elsewhere, shared with other places. */
  readonly aliased?: true;
  /** The node has an anchor (`&name`), so aliases may show its content elsewhere too. */
  readonly anchored?: true;
}

/** A leaf. `value` is what Kubernetes' decoder makes of it, `text` the characters it holds after unquoting. */
export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly style: ScalarStyle;
}

/** One `key: value` of a mapping. `value` is missing in half-typed text (`port:`), where it counts as null. */
export interface YamlEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: YamlNode | undefined;
  /** Brought in by a merge key (`<<`), so its text stands elsewhere in the document. */
  readonly merged: boolean;
}

export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly (YamlNode | undefined)[];
}

/** Ranges are relative to the document. An alias appears as the node it stands for, with the range of the alias. */
export type YamlNode = YamlScalar | YamlMapping | YamlSequence;

/** Keys and indexes from a document's root down to a node. */
export type FieldPath = readonly (string | number)[];

/** The entry of a mapping with this key. A repeated key counts once, as its last occurrence, like in Kubernetes' decoder. */
export function findEntry(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'mapping' ? node.entries.findLast((entry) => entry.key === key) : undefined;
}

/** The node at a path, or undefined where the path leaves the document. */
export function findNode(root: YamlNode | undefined, path: FieldPath): YamlNode | undefined {
  let node = root;
  for (const step of path) {
    if (typeof step === 'string') node = findEntry(node, step)?.value;
    else node = node?.kind === 'sequence' ? node.items[step] : undefined;
    if (node === undefined) return undefined;
  }
  return node;
}

/** The path as Kubernetes prints it: `spec.ports[0].targetPort`, `metadata.labels[app.kubernetes.io/name]`. */
export function renderPath(path: FieldPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (/^[A-Za-z0-9_-]+$/.test(step)) return text === '' ? step : `${text}.${step}`;
    return `${text}[${step}]`;
  }, '');
}

/** Whether two nodes hold the same data: order of keys, style and place do not count. */
export function isSameData(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'sequence') {
    return (
      b.kind === 'sequence' &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => isSameData(item, b.items[i]))
    );
  }
  if (b.kind !== 'mapping' || a.entries.length !== b.entries.length) return false;
  return a.entries.every(({ key, value }) => {
    const other = findEntry(b, key);
    return other !== undefined && isSameData(value, other.value);
  });
}
