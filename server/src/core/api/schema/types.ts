/** What Go's reflection knows of a type, as far as decoding and encoding JSON need it. `go` is how Go's messages print it. */
export type SchemaType = ScalarType | BytesType | SpecialType | ListType | MapType | PointerType | StructType;

export type ScalarBase = 'string' | 'bool' | 'int32' | 'int64';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly base: ScalarBase;
  readonly go: string;
}

/** A `[]byte`: base64 in JSON. */
export interface BytesType {
  readonly kind: 'bytes';
  readonly go: string;
}

export type SpecialName = 'IntOrString' | 'Quantity' | 'Time' | 'FieldsV1';

/** A type that reads and writes its JSON itself. */
export interface SpecialType {
  readonly kind: 'special';
  readonly name: SpecialName;
  readonly go: string;
}

export interface ListType {
  readonly kind: 'list';
  readonly item: SchemaType;
  readonly go: string;
}

/** A map from texts. */
export interface MapType {
  readonly kind: 'map';
  readonly value: SchemaType;
  readonly go: string;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly to: SchemaType;
  readonly go: string;
}

export interface StructType {
  readonly kind: 'struct';
  /** The name in the tables: `ServicePort`, `discovery.EndpointPort`. */
  readonly name: string;
  /** The name without its package: `EndpointPort`. */
  readonly goName: string;
  readonly go: string;
  /** In the order of the Go struct; fields of embedded structs stand in the place of these. */
  readonly fields: readonly SchemaField[];
  readonly byName: ReadonlyMap<string, SchemaField>;
}

export interface SchemaField {
  readonly name: string;
  readonly type: SchemaType;
  /** Zero values of it are not printed: `empty` as Go's omitempty has it, which keeps empty structs; `zero` those as well. */
  readonly omit: 'never' | 'empty' | 'zero';
  readonly required: boolean;
  /** A list that kubectl and kustomize merge: by this key of its items, or `''` for a set. */
  readonly mergeKey?: string;
  /** Go's names of the embedded structs that the field comes from, outermost first. */
  readonly embeddedIn: readonly string[];
}

/** The type without the pointer to it. */
export function pointedTo(type: SchemaType): SchemaType {
  return type.kind === 'pointer' ? pointedTo(type.to) : type;
}

/** A type in words for people: `list of ServicePort`. */
export function describeType(type: SchemaType): string {
  switch (type.kind) {
    case 'scalar':
      return SCALAR_WORDS[type.base];
    case 'bytes':
      return 'base64 text';
    case 'special':
      return SPECIAL_WORDS[type.name];
    case 'list':
      return `list of ${describeType(type.item)}`;
    case 'map':
      return `map from text to ${describeType(type.value)}`;
    case 'pointer':
      return describeType(type.to);
    case 'struct':
      return type.goName;
  }
}

const SCALAR_WORDS: Readonly<Record<ScalarBase, string>> = {
  string: 'text',
  bool: 'true or false',
  int32: 'whole number',
  int64: 'whole number',
};

const SPECIAL_WORDS: Readonly<Record<SpecialName, string>> = {
  IntOrString: 'number or text',
  Quantity: 'quantity',
  Time: 'time (RFC 3339)',
  FieldsV1: 'object',
};
