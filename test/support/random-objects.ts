import { stringify } from 'yaml';
import { knownKinds, typeOfKind } from '../../server/src/core/api/schema/schema.ts';
import { pointedTo, type SchemaType, type StructType } from '../../server/src/core/api/schema/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../server/src/core/yaml/index.ts';
import { randomFrom } from './generate-manifests.ts';
import { KEYS, NUMBERS, SPECIAL, TEXTS, YAML_PIECES } from './odd-values.ts';

/** Objects to start from, and values that fields of their names may have. */
export interface ObjectPool {
  readonly objects: readonly JsonObject[];
  readonly values: ReadonlyMap<string, readonly Json[]>;
}

/** `valid` are objects that a server takes; of all others only their values are of use. */
export function poolOf(valid: readonly JsonObject[], others: readonly Json[]): ObjectPool {
  const values = new Map<string, Set<string>>();
  for (const object of [...valid, ...others]) collectValues(object, values);
  const parsed = [...values].map(
    ([name, texts]) => [name, [...texts].map((text) => JSON.parse(text) as Json)] as const,
  );
  return { objects: valid, values: new Map(parsed) };
}

function collectValues(value: Json, values: Map<string, Set<string>>): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) collectValues(item, values);
  if (!isJsonObject(value)) return;
  for (const [key, each] of Object.entries(value)) {
    const known = values.get(key) ?? new Set();
    values.set(key, known.add(JSON.stringify(each)));
    collectValues(each, values);
  }
}

/** Objects as nobody should write them: the same for the same seed. */
export class RandomObjects {
  private readonly random: () => number;

  constructor(
    seed: number,
    private readonly pool: ObjectPool,
  ) {
    this.random = randomFrom(seed);
  }

  /** Mostly a valid object with a few changes; at times one made of its kind's fields alone, or any JSON. */
  object(): Json {
    const way = this.random();
    if (way < 0.04) return this.json(4);
    if (way < 0.15) return this.fromSchema();
    return this.changed(this.validObject());
  }

  validObject(): JsonObject {
    return this.one(this.pool.objects);
  }

  /** The object with one to three changes at random places. */
  changed(object: JsonObject): JsonObject {
    let result: Json = object;
    for (let count = 1 + this.below(3); count > 0; count--) {
      const paths = pathsIn(result);
      const path = paths[this.below(paths.length)] ?? [];
      const isType = path[0] === 'apiVersion' || path[0] === 'kind';
      if (!isType || this.random() < 0.05) result = this.changedAt(result, path, typeOf(object));
    }
    return isJsonObject(result) ? result : object;
  }

  /** A manifest of one to three objects with a few edits of its text that no editor's undo would forgive. */
  manifest(): string {
    const documents = Array.from({ length: 1 + this.below(3) }, () => this.written(this.object()));
    let text = documents.join('\n---\n');
    for (let count = this.below(4); count > 0; count--) text = this.editedText(text);
    return text;
  }

  private written(object: Json): string {
    // The writer of YAML has limits of its own.
    if (this.random() < 0.1 || isDeeper(object, 150)) return JSON.stringify(object);
    return stringify(object, { aliasDuplicateObjects: false });
  }

  private editedText(text: string): string {
    const start = this.below(text.length + 1);
    const end = Math.min(text.length, start + this.one([0, 0, 1, 5, 40]));
    const piece = this.one([() => this.one(YAML_PIECES), () => this.text(), () => text.slice(end, end + 60)])();
    return text.slice(0, start) + piece + text.slice(end);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  text(): string {
    const pieces = Array.from({ length: 1 + this.below(3) }, () => this.one(TEXTS));
    const text = pieces.join(this.one(['', '', '.', '/', ' ']));
    return this.random() < 0.03 ? text.repeat(40) : text;
  }

  json(depth: number): Json {
    const way = this.random();
    if (depth === 0 || way < 0.5) return this.scalar();
    const size = this.below(4);
    if (way < 0.7) return Array.from({ length: size }, () => this.json(depth - 1));
    return Object.fromEntries(Array.from({ length: size }, () => [this.key(), this.json(depth - 1)]));
  }

  private scalar(): Json {
    return this.one<() => Json>([() => this.text(), () => this.one(NUMBERS), () => this.random() < 0.5, () => null])();
  }

  private key(): string {
    return this.random() < 0.4 ? this.one(KEYS) : this.text();
  }

  private fromSchema(): JsonObject {
    const [apiVersion, kind] = this.one(knownKinds());
    const type = typeOfKind(apiVersion, kind);
    const fields = type === undefined ? {} : this.struct(type, 6);
    const { metadata } = fields;
    return { ...fields, apiVersion, kind, metadata: { name: 'x', ...(isJsonObject(metadata) ? metadata : {}) } };
  }

  private changedAt(value: Json, path: Path, type: SchemaType | undefined): Json {
    const [step, ...rest] = path;
    if (Array.isArray(value) && typeof step === 'number') {
      const item = type?.kind === 'list' ? pointedTo(type.item) : undefined;
      if (rest.length === 0) return this.changedList(value, step, item);
      return value.with(step, this.changedAt(value[step] as Json, rest, item));
    }
    if (!isJsonObject(value) || typeof step !== 'string') return value;
    if (rest.length === 0) return this.changedObject(value, step, type);
    return { ...value, [step]: this.changedAt(value[step] ?? null, rest, fieldType(type, step)) };
  }

  private changedList(list: readonly Json[], at: number, item: SchemaType | undefined): Json {
    const each = list[at] ?? null;
    const way = this.random();
    if (way < 0.2) return [...list, this.value(item, 4)];
    if (way < 0.35) return list.toSpliced(at, 1);
    if (way < 0.55) return list.toSpliced(at, 0, each);
    return list.with(at, this.replaced(each, '', item));
  }

  private changedObject(object: JsonObject, key: string, type: SchemaType | undefined): Json {
    const way = this.random();
    if (way < 0.2) return this.withField(object, type);
    if (way < 0.22) return { ...object, [this.key()]: this.json(3) };
    const { [key]: inner = null, ...rest } = object;
    if (way < 0.3) return rest;
    if (way < 0.32) return { ...rest, [this.misspelt(key)]: inner };
    return { ...object, [key]: this.replaced(inner, key, fieldType(type, key)) };
  }

  private misspelt(key: string): string {
    return this.one([key.toUpperCase(), `${key}s`, key.slice(1), `${key[0]?.toUpperCase()}${key.slice(1)}`]);
  }

  /** With another field that its type has. */
  private withField(object: JsonObject, type: SchemaType | undefined): JsonObject {
    if (type?.kind !== 'struct' || type.fields.length === 0)
      return { ...object, [this.key()]: this.value(undefined, 2) };
    const { name, type: inner } = this.one(type.fields);
    return { ...object, [name]: this.replaced('', name, pointedTo(inner)) };
  }

  private replaced(value: Json, field: string, type: SchemaType | undefined): Json {
    const way = this.random();
    const seen = this.pool.values.get(field) ?? [];
    if (way < 0.45 && seen.length > 0) return this.one(seen);
    if (way < 0.55 && typeof value === 'string') return `${value}${this.text()}`;
    if (way < 0.56) return nested(this.one([10, 100, 500]), value);
    return way < 0.97 ? this.value(type, 4) : this.json(2);
  }

  /** A value of a type, or any where none is known. */
  private value(type: SchemaType | undefined, depth: number): Json {
    if (type === undefined) return this.json(Math.min(depth, 3));
    switch (type.kind) {
      case 'scalar':
        if (type.base === 'bool') return this.random() < 0.5;
        return type.base === 'string' ? this.text() : this.one(NUMBERS);
      case 'bytes':
        return this.one(['', 'YQ==', 'YQ', '*']);
      case 'special':
        return this.one(SPECIAL[type.name]);
      case 'pointer':
        return this.value(type.to, depth);
      case 'list':
        return Array.from({ length: this.below(3) }, () => this.value(type.item, depth - 1));
      case 'map':
        return Object.fromEntries(
          Array.from({ length: this.below(3) }, () => [this.key(), this.value(type.value, depth - 1)]),
        );
      case 'struct':
        return this.struct(type, depth);
    }
  }

  private struct(type: StructType, depth: number): JsonObject {
    const share = depth <= 0 ? 0 : Math.min(1, 4 / type.fields.length);
    const fields = type.fields.filter((field) => (depth > 0 && field.required) || this.random() < share);
    return Object.fromEntries(fields.map((field) => [field.name, this.value(field.type, depth - 1)]));
  }
}

type Path = readonly (string | number)[];

/** The paths of everything in a value, as far as they are not absurdly long. */
function pathsIn(value: Json, prefix: Path = []): readonly Path[] {
  if (prefix.length > 40 || value === null || typeof value !== 'object') return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return (entries as readonly (readonly [string | number, Json])[]).flatMap(([step, each]) => {
    const path = [...prefix, step];
    return [path, ...pathsIn(each, path)];
  });
}

function typeOf({ apiVersion, kind }: JsonObject): StructType | undefined {
  return typeOfKind(String(apiVersion), String(kind));
}

function fieldType(type: SchemaType | undefined, key: string): SchemaType | undefined {
  if (type?.kind === 'map') return pointedTo(type.value);
  const field = type?.kind === 'struct' ? type.byName.get(key) : undefined;
  return field && pointedTo(field.type);
}

function isDeeper(value: Json, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

function nested(depth: number, value: Json): Json {
  let result = value;
  for (let level = 0; level < depth; level++) result = level % 2 === 0 ? [result] : { a: result };
  return result;
}
