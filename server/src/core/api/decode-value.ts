import { decodeBase64, encodeBase64 } from './base64.ts';
import { badValue, type DecodeProblem, goKind, unknownField, wrongType } from './decode-problem.ts';
import { trimSpace } from './go-text.ts';
import { parseGoTime } from './go-time.ts';
import { isInt64, printedNumber } from './int64.ts';
import { isObject, type Json } from './json.ts';
import { parseQuantity } from './quantity.ts';
import type {
  BytesType,
  ListType,
  MapType,
  ScalarType,
  SchemaType,
  SpecialName,
  SpecialType,
  StructType,
} from './schema/types.ts';
import { isZero, zeroOf } from './schema/zero.ts';

/** A value decoded into a Go type, and what was wrong with it, in the order of the value. */
export interface DecodedValue {
  /** Undefined is Go's zero value. */
  readonly value: Json | undefined;
  readonly problems: readonly DecodeProblem[];
}

/** Decodes as sigs.k8s.io/json does, case-sensitively and with unknown fields refused. Goes on after problems. */
export function decodeStruct(type: StructType, value: Json): DecodedValue {
  const walk: Walk = { root: type, path: [], problems: [] };
  return { value: decodeAny(walk, type, value), problems: walk.problems };
}

/** Where a decoding stands. Both lists grow and shrink on the way, so that a sound object costs no copies of paths. */
interface Walk {
  readonly root: StructType;
  readonly path: (string | number)[];
  readonly problems: DecodeProblem[];
}

/** Undefined stands for Go's zero value, and for a value that has a problem. Null changes nothing in Go. */
function decodeAny(walk: Walk, type: SchemaType, value: Json): Json | undefined {
  if (value === null) return undefined;
  switch (type.kind) {
    case 'scalar':
      return scalarIn(walk, type, value);
    case 'pointer':
      return decodeAny(walk, type.to, value);
    case 'struct':
      return structIn(walk, type, value);
    case 'list':
      return listIn(walk, type, value);
    case 'map':
      return mapIn(walk, type, value);
    case 'bytes':
      return bytesIn(walk, type, value);
    case 'special':
      return SPECIAL[type.name](walk, type, value);
  }
}

function decodeBelow(walk: Walk, step: string | number, type: SchemaType, value: Json): Json | undefined {
  walk.path.push(step);
  const decoded = decodeAny(walk, type, value);
  walk.path.pop();
  return decoded;
}

function refuse(walk: Walk, type: SchemaType, found: string): undefined {
  walk.problems.push(wrongType(walk.root, walk.path, type, found));
}

function scalarIn(walk: Walk, type: ScalarType, value: Json): Json | undefined {
  const { base } = type;
  if (base === 'string' || base === 'bool') return goKind(value) === base ? value : refuse(walk, type, goKind(value));
  return numberIn(walk, type, value, base === 'int32' ? isInt32 : isInt64);
}

type NumberCheck = (value: number) => boolean;

const isInt32 = inRange(-(2 ** 31), 2 ** 31 - 1);
const isByte = inRange(0, 255);

function inRange(least: number, most: number): NumberCheck {
  return (value) => Number.isInteger(value) && least <= value && value <= most;
}

function numberIn(walk: Walk, type: SchemaType, value: Json, fits: NumberCheck): number | undefined {
  if (typeof value !== 'number') return refuse(walk, type, goKind(value));
  return fits(value) ? value : refuse(walk, type, `number ${printedNumber(value)}`);
}

function structIn(walk: Walk, type: StructType, value: Json): Json | undefined {
  if (!isObject(value)) return refuse(walk, type, goKind(value));
  const result: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const field = type.byName.get(name);
    if (field === undefined) {
      walk.problems.push(unknownField([...walk.path, name]));
      continue;
    }
    const decoded = decodeBelow(walk, name, field.type, value[name] ?? null);
    if (decoded === undefined) continue;
    if (!isZero(field.type, decoded) || KEPT_IF_EMPTY.has(`${type.name}.${name}`)) result[name] = decoded;
  }
  return result;
}

/** Lists and maps that the server prints in messages, as `[]` and `{}` where they are empty and as `null` where they are absent. */
const KEPT_IF_EMPTY: ReadonlySet<string> = new Set([
  'EphemeralContainer.ports',
  'EphemeralContainer.resizePolicy',
  'EphemeralContainer.restartPolicyRules',
  'IngressSpec.rules',
  'ObjectMeta.labels',
  'PodFailurePolicyOnExitCodesRequirement.values',
  'ResourceRequirements.claims',
  'SuccessPolicy.rules',
]);

function listIn(walk: Walk, type: ListType, value: Json): Json | undefined {
  if (!Array.isArray(value)) return refuse(walk, type, goKind(value));
  return value.map((item: Json, index) => decodeBelow(walk, index, type.item, item) ?? zeroOf(type.item));
}

function mapIn(walk: Walk, type: MapType, value: Json): Json | undefined {
  if (!isObject(value)) return refuse(walk, type, goKind(value));
  const entries = Object.entries(value).map(
    ([key, each]) => [key, decodeBelow(walk, key, type.value, each) ?? zeroOf(type.value)] as const,
  );
  return Object.fromEntries(entries);
}

/** Base64, or the bytes themselves as a list of numbers. */
function bytesIn(walk: Walk, type: BytesType, value: Json): Json | undefined {
  if (Array.isArray(value)) return encodeBase64(value.map((item: Json, index) => byteIn(walk, index, item)));
  if (typeof value !== 'string') return refuse(walk, type, goKind(value));
  const decoded = decodeBase64(value);
  if (typeof decoded !== 'number') return encodeBase64(decoded);
  const message = `illegal base64 data at input byte ${decoded}`;
  walk.problems.push({ ...badValue(walk.path, type, 'string', message), stops: false });
  return undefined;
}

const BYTE: SchemaType = { kind: 'scalar', base: 'int32', go: 'uint8' };

function byteIn(walk: Walk, index: number, item: Json): number {
  walk.path.push(index);
  const byte = item === null ? 0 : numberIn(walk, BYTE, item, isByte);
  walk.path.pop();
  return byte ?? 0;
}

type SpecialDecoder = (walk: Walk, type: SpecialType, value: Json) => Json | undefined;

/** The UnmarshalJSON methods. Their errors end the decoding at once. */
const SPECIAL: Readonly<Record<SpecialName, SpecialDecoder>> = {
  IntOrString: (walk, _, value) =>
    typeof value === 'string' ? value : stopAt(walk, numberIn(walk, INT, value, isInt32)),
  Quantity: quantityIn,
  Time: timeIn,
  FieldsV1: (_walk, _type, value) => value,
};

const INT: SchemaType = { kind: 'scalar', base: 'int32', go: 'int32' };
const TEXT: SchemaType = { kind: 'scalar', base: 'string', go: 'string' };

/** Makes a problem just found one that ends the decoding. */
function stopAt<T>(walk: Walk, decoded: T | undefined): T | undefined {
  const last = decoded === undefined ? walk.problems.pop() : undefined;
  if (last !== undefined) walk.problems.push({ ...last, stops: true });
  return decoded;
}

function quantityIn(walk: Walk, type: SpecialType, value: Json): Json | undefined {
  // Go parses the JSON text without its quotes, escapes and all.
  const text = typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
  const parsed = parseQuantity(trimSpace(text));
  if (parsed.type === 'quantity') return parsed.text;
  walk.problems.push(badValue(walk.path, type, goKind(value), parsed.message));
  return undefined;
}

function timeIn(walk: Walk, type: SpecialType, value: Json): Json | undefined {
  if (typeof value !== 'string') return stopAt(walk, refuse(walk, TEXT, goKind(value)));
  const parsed = parseGoTime(value);
  if (parsed.type === 'time') return parsed.text;
  walk.problems.push(badValue(walk.path, type, 'string', parsed.message));
  return undefined;
}
