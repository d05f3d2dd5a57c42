import { type FieldPath, findEntry, type YamlMapping, type YamlNode } from '../yaml/index.ts';

/** A field whose value has another type than Kubernetes' schema says. The API server rejects it; here it counts as absent. */
export interface TypeProblem {
  readonly path: FieldPath;
  readonly expected: string;
  readonly found: string;
}

/** A port given by number or by name, as in `targetPort`. */
export type IntOrString = number | string;

/**
 * Reads typed fields of one mapping. Each getter gives undefined where the field is missing, null, or of another type;
 * the last case is also added to `problems`.
 */
export class Fields {
  constructor(
    readonly path: FieldPath,
    private readonly mapping: YamlMapping,
    private readonly problems: TypeProblem[],
  ) {}

  /** A mapping without entries at another path, for a parent that is missing. */
  empty(path: FieldPath): Fields {
    return new Fields(path, { kind: 'mapping', range: { start: 0, end: 0 }, flow: false, entries: [] }, this.problems);
  }

  has(key: string): boolean {
    return findEntry(this.mapping, key) !== undefined;
  }

  /** The keys of the mapping, in order. */
  get keys(): readonly string[] {
    return this.mapping.entries.map((entry) => entry.key);
  }

  string(key: string): string | undefined {
    return this.asString(this.node(key), key);
  }

  integer(key: string): number | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && Number.isInteger(node.value)) return node.value as number;
    return this.mismatch([...this.path, key], 'an integer', node);
  }

  boolean(key: string): boolean | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    return this.mismatch([...this.path, key], 'true or false', node);
  }

  intOrString(key: string): IntOrString | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && (typeof node.value === 'string' || Number.isInteger(node.value))) {
      return node.value as IntOrString;
    }
    return this.mismatch([...this.path, key], 'an integer or a string', node);
  }

  /** A quantity as it is written, number or not: `500m`, `4`, `0.5`. */
  quantity(key: string): string | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && typeof node.value !== 'boolean') return String(node.value);
    return this.mismatch([...this.path, key], 'a quantity', node);
  }

  /** A scalar's own characters, whatever YAML makes of them: the version `1.30` is not the number 1.3. */
  text(key: string): string | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    return node.kind === 'scalar' ? node.text : this.mismatch([...this.path, key], 'a string', node);
  }

  object(key: string): Fields | undefined {
    const node = this.node(key);
    return node && this.asFields(node, [...this.path, key]);
  }

  /** The mappings of a list; items that are no mappings are reported and left out, so items know their own path. */
  objects(key: string): readonly Fields[] {
    return this.items(key).flatMap(([node, path]) => this.asFields(node, path) ?? []);
  }

  /** The strings of a list, with their paths. */
  strings(key: string): readonly { readonly value: string; readonly path: FieldPath }[] {
    return this.items(key).flatMap(([node, path]) => {
      if (node.kind === 'scalar' && typeof node.value === 'string') return { value: node.value, path };
      this.mismatch(path, 'a string', node);
      return [];
    });
  }

  /** A map from string to string, as labels and selectors are. */
  stringMap(key: string): ReadonlyMap<string, string> {
    return this.object(key)?.ownStrings() ?? new Map();
  }

  /** All entries at once: to find each by its key would take too long in large maps. */
  private ownStrings(): ReadonlyMap<string, string> {
    const nodes = new Map(this.mapping.entries.map((entry) => [entry.key, unlessNull(entry.value)]));
    const texts = [...nodes].map(([key, node]) => [key, this.asString(node, key)] as const);
    return new Map(texts.flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const])));
  }

  private node(key: string): YamlNode | undefined {
    return unlessNull(findEntry(this.mapping, key)?.value);
  }

  private asString(node: YamlNode | undefined, key: string): string | undefined {
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
    return this.mismatch([...this.path, key], 'a string', node);
  }

  private items(key: string): readonly (readonly [YamlNode, FieldPath])[] {
    const node = this.node(key);
    if (node === undefined) return [];
    const path = [...this.path, key];
    if (node.kind !== 'sequence') return this.mismatch(path, 'a list', node) ?? [];
    return node.items.flatMap((item, index) => (item === undefined ? [] : [[item, [...path, index]] as const]));
  }

  private asFields(node: YamlNode, path: FieldPath): Fields | undefined {
    if (node.kind === 'mapping') return new Fields(path, node, this.problems);
    return node.kind === 'scalar' && node.value === null ? undefined : this.mismatch(path, 'a mapping', node);
  }

  private mismatch(path: FieldPath, expected: string, node: YamlNode): undefined {
    // A Pod's labels are read as the object's and as the template's, but are one field.
    const isKnown = this.problems.some((problem) => isSamePath(problem.path, path));
    if (!isKnown) this.problems.push({ path, expected, found: describeNode(node) });
    return undefined;
  }
}

function unlessNull(node: YamlNode | undefined): YamlNode | undefined {
  return node?.kind === 'scalar' && node.value === null ? undefined : node;
}

function isSamePath(a: FieldPath, b: FieldPath): boolean {
  if (a.length !== b.length) return false;
  // Paths differ at their ends, if at all.
  for (let index = a.length - 1; index >= 0; index--) if (a[index] !== b[index]) return false;
  return true;
}

function describeNode(node: YamlNode): string {
  if (node.kind === 'mapping') return 'a mapping';
  if (node.kind === 'sequence') return 'a list';
  if (typeof node.value === 'string') return `the string "${node.value.slice(0, 40)}"`;
  return `the ${typeof node.value} ${node.value}`;
}
