import type { ScalarBase, SchemaField, SchemaType, SpecialName, StructType } from './types.ts';

const SCALARS: ReadonlySet<string> = new Set<ScalarBase>(['string', 'bool', 'int32', 'int64']);

/** Types that read and write their JSON themselves, and the packages that Go prints before them. */
const SPECIAL: ReadonlyMap<string, string> = new Map<SpecialName, string>([
  ['IntOrString', 'intstr'],
  ['Quantity', 'resource'],
  ['Time', 'v1'],
  ['FieldsV1', 'v1'],
]);

/** The tables made by scripts/api-fields.mjs. Types that are used in several places are the same there. */
export class TypeTables {
  private readonly lines = new Map<string, string>();
  private readonly scalars = new Map<string, ScalarBase>();
  private readonly typesOfKinds = new Map<string, string>();
  private readonly structs = new Map<string, StructType>();

  constructor(text: string) {
    const [kinds = '', types = ''] = text.split('\n\n');
    for (const line of kinds.split('\n')) {
      const [apiVersion, kind, type = ''] = line.split(' ');
      this.typesOfKinds.set(`${apiVersion} ${kind}`, type);
    }
    for (const line of types.split('\n')) {
      const name = line.slice(0, line.indexOf(' '));
      if (SCALARS.has(name)) this.addScalars(name as ScalarBase, line);
      else this.lines.set(name, line.slice(name.length + 1));
    }
    for (const name of this.lines.keys()) this.readStruct(name);
  }

  private addScalars(base: ScalarBase, line: string): void {
    for (const name of line.split(' ')) this.scalars.set(name, base);
  }

  /** The name of the struct of a kind's objects; undefined for a kind that is not in the tables. */
  nameOfKind(apiVersion: string, kind: string): string | undefined {
    return this.typesOfKinds.get(`${apiVersion} ${kind}`);
  }

  /** Every kind in the tables. */
  kinds(): readonly (readonly [apiVersion: string, kind: string])[] {
    return [...this.typesOfKinds.keys()].map((key) => key.split(' ') as [string, string]);
  }

  /** The struct of this name; undefined if there is none. */
  findStruct(name: string): StructType | undefined {
    return this.structs.get(name);
  }

  /** Reads a struct and those that it is made of, each once. */
  private readStruct(name: string): StructType | undefined {
    const known = this.structs.get(name);
    if (known !== undefined) return known;
    const line = this.lines.get(name);
    if (line === undefined || !/^$|[=:]/.test(line)) return undefined;
    const fields = line === '' ? [] : line.split(' ').flatMap((token) => this.fields(token));
    const struct: StructType = {
      kind: 'struct',
      name,
      goName: name.slice(name.indexOf('.') + 1),
      go: goName(name),
      fields,
      byName: new Map(fields.map((field) => [field.name, field])),
    };
    this.structs.set(name, struct);
    return struct;
  }

  /** A Go type as the tables write it: `*int32`, `[]ServicePort`, `map[string]string`. */
  private type(text: string): SchemaType {
    if (text === '[]byte') return { kind: 'bytes', go: '[]uint8' };
    if (text.startsWith('*')) return this.pointer(this.type(text.slice(1)));
    if (text.startsWith('[]')) return this.list(this.type(text.slice(2)));
    const map = /^map\[([^\]]*)\](.*)$/.exec(text);
    return map === null ? this.named(text) : this.map(map[1] ?? '', this.type(map[2] ?? ''));
  }

  private pointer(to: SchemaType): SchemaType {
    return { kind: 'pointer', to, go: `*${to.go}` };
  }

  private list(item: SchemaType): SchemaType {
    return { kind: 'list', item, go: `[]${item.go}` };
  }

  private map(key: string, value: SchemaType): SchemaType {
    return { kind: 'map', value, go: `map[${this.type(key).go}]${value.go}` };
  }

  private named(name: string): SchemaType {
    const base = this.scalars.get(name) ?? (SCALARS.has(name) ? (name as ScalarBase) : undefined);
    if (base !== undefined) return { kind: 'scalar', base, go: goName(name) };
    const module = SPECIAL.get(name);
    if (module !== undefined) return { kind: 'special', name: name as SpecialName, go: `${module}.${name}` };
    return this.readStruct(name) ?? { ...this.type(this.lines.get(name) ?? ''), go: goName(name) };
  }

  /** One token of a struct's line: a field, or the fields of an embedded struct. */
  private fields(token: string): readonly SchemaField[] {
    if (token.startsWith(':')) return this.embedded(token.slice(1));
    const [, name = '', type = '', marks = ''] = /^([^=]+)=([\w.*[\]]+)(.*)$/.exec(token) ?? [];
    const mergeKey = /[+@](.*)$/.exec(marks)?.[1];
    return [
      {
        name,
        type: this.type(type),
        omit: marks.includes('~') ? 'zero' : marks.includes('?') ? 'empty' : 'never',
        required: marks.includes('!'),
        ...(mergeKey === undefined ? {} : { mergeKey }),
        embeddedIn: [],
      },
    ];
  }

  private embedded(name: string): readonly SchemaField[] {
    const struct = this.readStruct(name);
    const goName = struct?.goName ?? name;
    return (struct?.fields ?? []).map((field) => ({ ...field, embeddedIn: [goName, ...field.embeddedIn] }));
  }
}

/** Packages whose name Go prints; the others are all called v1. */
const PLAIN_PACKAGES: ReadonlySet<string> = new Set(['types']);

function goName(name: string): string {
  if (SCALARS.has(name)) return name;
  const [module = '', plain] = name.split('.');
  if (plain === undefined) return `v1.${name}`;
  return PLAIN_PACKAGES.has(module) ? name : `v1.${plain}`;
}
