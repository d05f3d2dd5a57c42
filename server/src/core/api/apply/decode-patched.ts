import { decodeBase64, encodeBase64 } from '../base64.ts';
import { goKind } from '../decode-problem.ts';
import { compareBytes, trimSpace } from '../go-text.ts';
import { parseGoTime } from '../go-time.ts';
import { isInt64, printedNumber } from '../int64.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isPlaceholder } from '../kinds/service/index.ts';
import { parseQuantity } from '../quantity.ts';
import type { ListType, MapType, ScalarType, SchemaType, SpecialName, StructType } from '../schema/types.ts';
import { isZero, zeroOf } from '../schema/zero.ts';
import { typeName } from './json-values.ts';

/** A patched object as `decode` leaves objects, or what the server says of it. */
export type PatchedObject =
  | { readonly type: 'object'; readonly value: JsonObject }
  | { readonly type: 'failure'; readonly message: string };

/**
 * Decodes a patched object (apimachinery/pkg/runtime/converter.go, FromUnstructuredWithValidation). That is another decoder than the
 * one for whole objects: it has messages of its own, which name a place for unknown fields only, stops at the first wrong type, and
 * cuts numbers to 32 bits. What the server has picked is taken for the number that it stands for.
 */
export function decodePatched(type: StructType, value: JsonObject): PatchedObject {
  const unknown: string[] = [];
  const fitted = fitStruct(type, value, { path: '', unknown });
  if (fitted.type === 'misfit') return { type: 'failure', message: fitted.message };
  if (unknown.length === 0) return { type: 'object', value: fitted.value as JsonObject };
  return { type: 'failure', message: `strict decoding error: ${unknown.sort(compareBytes).join(', ')}` };
}

/** An undefined value is Go's zero value. */
type Fitted = { readonly type: 'fit'; readonly value: Json | undefined } | Misfit;

interface Misfit {
  readonly type: 'misfit';
  readonly message: string;
}

/** Where a value stands, as the server prints it, and the unknown fields found so far. */
interface Place {
  readonly path: string;
  readonly unknown: string[];
}

function fits(value: Json | undefined): Fitted {
  return { type: 'fit', value };
}

function misfit(message: string): Misfit {
  return { type: 'misfit', message };
}

function fit(type: SchemaType, value: Json, place: Place): Fitted {
  if (value === null) return fits(undefined);
  switch (type.kind) {
    case 'scalar':
      return fitScalar(type, value);
    case 'pointer':
      return fit(type.to, value, place);
    case 'struct':
      return fitStruct(type, value, place);
    case 'list':
      return fitList(type, value, place);
    case 'map':
      return fitMap(type, value, place);
    case 'bytes':
      return fitBytes(value);
    case 'special':
      return SPECIAL[type.name](value);
  }
}

/** Fields are looked at in the order of the struct. */
function fitStruct(type: StructType, value: Json, { path, unknown }: Place): Fitted {
  if (!isObject(value)) return misfit(`cannot restore struct from: ${goKindOf(value)}`);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const name of Object.keys(value)) if (!type.byName.has(name)) unknown.push(`unknown field "${below(name)}"`);
  const result: Record<string, Json> = {};
  for (const { name, type: fieldType } of type.fields) {
    if (!Object.hasOwn(value, name)) continue;
    const fitted = fit(fieldType, value[name] ?? null, { path: below(name), unknown });
    if (fitted.type === 'misfit') return fitted;
    if (fitted.value !== undefined && isKept(fieldType, fitted.value)) result[name] = fitted.value;
  }
  return fits(result);
}

/** An empty list or map that is written is no missing one, and some messages print the difference. */
function isKept(type: SchemaType, value: Json): boolean {
  return type.kind === 'list' || type.kind === 'map' || !isZero(type, value);
}

function fitList(type: ListType, value: Json, { path, unknown }: Place): Fitted {
  if (!Array.isArray(value)) return misfit(`cannot restore slice from ${goKindOf(value)}`);
  const result: Json[] = [];
  for (const [index, item] of value.entries()) {
    const fitted = fit(type.item, item, { path: `${path}[${index}]`, unknown });
    if (fitted.type === 'misfit') return fitted;
    result.push(fitted.value ?? zeroOf(type.item));
  }
  return fits(result);
}

function fitMap(type: MapType, value: Json, place: Place): Fitted {
  if (!isObject(value)) return misfit(`cannot restore map from ${goKindOf(value)}`);
  const result: (readonly [string, Json])[] = [];
  for (const [key, each] of Object.entries(value)) {
    const fitted = fit(type.value, each, place);
    if (fitted.type === 'misfit') return fitted;
    result.push([key, fitted.value ?? zeroOf(type.value)]);
  }
  return fits(Object.fromEntries(result));
}

/** What Go's reflection calls the kind of a decoded value. */
function goKindOf(value: Json): string {
  if (Array.isArray(value)) return 'slice';
  return isObject(value) ? 'map' : typeName(value);
}

function fitScalar({ base, go }: ScalarType, value: Json): Fitted {
  const found = typeName(value);
  if (found === base || isPlaceholder(value)) return fits(value);
  if (base === 'string' || base === 'bool') {
    // Go knows a way from whole numbers to texts, and then does not go it.
    return misfit(
      base === 'string' && found === 'int64' ? `cannot convert int64 to ${go}` : `unrecognized type: ${base}`,
    );
  }
  if (typeof value !== 'number') return misfit(`unrecognized type: ${base}`);
  if (!isInt64(value)) return misfit(`cannot convert float64 to ${go}`);
  return fits(base === 'int32' ? value | 0 : value);
}

function fitBytes(value: Json): Fitted {
  if (Array.isArray(value))
    return fits(encodeBase64(value.map((item: Json) => (typeof item === 'number' ? item & 255 : 0))));
  if (typeof value !== 'string') return misfit(`cannot restore slice from ${goKindOf(value)}`);
  const bytes = decodeBase64(value);
  if (typeof bytes !== 'number') return fits(encodeBase64(bytes));
  return misfit(`error decoding from json: illegal base64 data at input byte ${bytes}`);
}

/** Types that read their JSON themselves. */
const SPECIAL: Readonly<Record<SpecialName, (value: Json) => Fitted>> = {
  IntOrString: (value) => {
    if (typeof value === 'string' || (typeof value === 'number' && value === value >> 0)) return fits(value);
    return misfit(
      unmarshalProblem(typeof value === 'number' ? `number ${printedNumber(value)}` : goKind(value), 'int32'),
    );
  },
  Quantity: (value) => {
    const parsed = parseQuantity(trimSpace(typeof value === 'string' ? value : JSON.stringify(value)));
    return parsed.type === 'quantity' ? fits(parsed.text) : misfit(parsed.message);
  },
  Time: (value) => {
    if (typeof value !== 'string') return misfit(unmarshalProblem(goKind(value), 'string'));
    const parsed = parseGoTime(value);
    return parsed.type === 'time' ? fits(parsed.text) : misfit(parsed.message);
  },
  FieldsV1: fits,
};

function unmarshalProblem(found: string, type: string): string {
  return `json: cannot unmarshal ${found} into Go value of type ${type}`;
}
