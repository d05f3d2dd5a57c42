import { sortedMap } from './go-text.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { findType, typeOfKind } from './schema/schema.ts';
import type { SchemaField, SchemaType, StructType } from './schema/types.ts';
import { isZero, ZERO_TIME, zeroOf } from './schema/zero.ts';

/**
 * An object as the server prints it: fields in the order of the Go structs, keys of maps sorted, fields that are always printed
 * there with their zero value. Takes objects as `decode` leaves them. Objects of kinds without a table come back as they are.
 */
export function encode(apiVersion: string, kind: string, object: object): Json {
  const type = typeOfKind(apiVersion, kind);
  return type === undefined ? (object as JsonObject) : encodeValue(type, object as JsonObject);
}

/** A part of an object, by the name of its Go type: `LabelSelector`. Parts of types without a table come back as they are. */
export function encodeType(name: string, value: unknown): Json {
  const type = findType(name);
  return type === undefined ? (value as Json) : encodeValue(type, value as Json);
}

function encodeValue(type: SchemaType, value: Json): Json {
  switch (type.kind) {
    case 'scalar':
    case 'bytes':
      return value;
    case 'special':
      return value === ZERO_TIME && type.name === 'Time' ? null : value;
    case 'pointer':
      return value === null ? null : encodeValue(type.to, value);
    case 'list':
      return Array.isArray(value) ? value.map((item: Json) => encodeValue(type.item, item)) : value;
    case 'map':
      return isObject(value) ? mapValues(sortedMap(value), (each) => encodeValue(type.value, each)) : value;
    case 'struct':
      return isObject(value) ? encodeStruct(type, value) : value;
  }
}

function mapValues(map: JsonObject, encodeOne: (value: Json) => Json): Json {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, encodeOne(value)]));
}

function encodeStruct(type: StructType, value: JsonObject): Json {
  const result: Record<string, Json> = {};
  for (const field of type.fields) {
    const encoded = encodeField(field, value[field.name] ?? null);
    if (encoded !== undefined) result[field.name] = encoded;
  }
  return result;
}

/** Undefined if the field is not printed. */
function encodeField({ type, omit }: SchemaField, value: Json): Json | undefined {
  if (value !== null && !isZero(type, value)) return encodeValue(type, value);
  const isPrinted = omit === 'never' || (omit === 'empty' && isStruct(type));
  return isPrinted ? encodeZero(type) : undefined;
}

/** Go's omitempty knows no empty structs, and types that print themselves are structs too. */
function isStruct(type: SchemaType): boolean {
  return type.kind === 'struct' || type.kind === 'special';
}

function encodeZero(type: SchemaType): Json {
  if (type.kind === 'list' || type.kind === 'map' || type.kind === 'bytes') return null;
  return encodeValue(type, zeroOf(type));
}
