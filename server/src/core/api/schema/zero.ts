import { isObject, type Json } from '../json.ts';
import type { SchemaType } from './types.ts';

/** Whether a value is one that Go's type has by itself, as if the field were absent. Pointers can tell: nothing but nil is. */
export function isZero(type: SchemaType, value: Json): boolean {
  switch (type.kind) {
    case 'scalar':
      return value === '' || value === 0 || value === false;
    case 'bytes':
      return value === '';
    case 'special':
      return value === zeroOf(type);
    case 'list':
      return Array.isArray(value) && value.length === 0;
    case 'struct':
    case 'map':
      return isObject(value) && isEmpty(value);
    case 'pointer':
      return false;
  }
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

/** The value of a type that Go starts from, as decoding leaves it where it cannot be left out: in lists and maps. */
export function zeroOf(type: SchemaType): Json {
  switch (type.kind) {
    case 'scalar':
      return type.base === 'string' ? '' : type.base === 'bool' ? false : 0;
    case 'bytes':
      return '';
    case 'special':
      return type.name === 'IntOrString' ? 0 : type.name === 'Quantity' ? '0' : type.name === 'Time' ? ZERO_TIME : null;
    case 'list':
      return [];
    case 'struct':
    case 'map':
      return {};
    case 'pointer':
      return null;
  }
}

/** Go's zero value of a time. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';
