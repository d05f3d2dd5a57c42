import type { FieldPath } from '../yaml/index.ts';
import { quote } from './go-text.ts';
import type { Json } from './json.ts';
import { typeBelow } from './schema/schema.ts';
import { describeType, pointedTo, type SchemaType, type StructType } from './schema/types.ts';

/** One thing that keeps the server from decoding an object. */
export interface DecodeProblem {
  readonly kind:
    | 'wrong-type'
    /** A text or number that is none of the time, quantity or base64 text that the field wants. */
    | 'bad-value'
    | 'unknown-field'
    /** The object's own apiVersion or kind. */
    | 'wrong-kind';
  /** Where the value stands; of an unknown field the field itself. */
  readonly path: FieldPath;
  /** The part of the server's message that is about it. */
  readonly message: string;
  /** What belongs there, in words. Empty for unknown fields. */
  readonly expected: string;
  /** What is there as Go calls it: `string`, `array`, `number 80.5`. Empty for unknown fields. */
  readonly found: string;
  /** Decoding stops here, so the server tells it before any wrong type, wherever it stands. */
  readonly stops: boolean;
}

/** A value of a wrong type (encoding/json, UnmarshalTypeError). `type` is what Go tried to fill. */
export function wrongType(root: StructType, path: FieldPath, type: SchemaType, found: string): DecodeProblem {
  const place = goField(root, path);
  const into = place === '' ? 'Go value' : `Go struct field ${place}`;
  const whole = pointedTo(type);
  return {
    kind: 'wrong-type',
    path: [...path],
    message: `json: cannot unmarshal ${found} into ${into} of type ${whole.go}`,
    expected: describeType(whole),
    found,
    stops: false,
  };
}

/**
 * A field as Go's JSON errors name it: the innermost struct, then all fields from the outermost on, embedded structs among them,
 * without indices and keys of maps (sigs.k8s.io/json, addErrorContext). Empty outside of any field.
 */
function goField(root: StructType, path: FieldPath): string {
  let type: SchemaType | undefined = root;
  let struct: string | undefined;
  const names: string[] = [];
  for (const step of path) {
    const whole: SchemaType | undefined = type === undefined ? undefined : pointedTo(type);
    if (whole?.kind === 'struct') {
      struct = whole.goName;
      names.push(...(whole.byName.get(String(step))?.embeddedIn ?? []), String(step));
    }
    type = whole === undefined ? undefined : typeBelow(whole, step);
  }
  return struct === undefined ? '' : `${struct}.${names.join('.')}`;
}

/** A text or number of the right type that means nothing there; it ends the decoding. */
export function badValue(path: FieldPath, type: SchemaType, found: string, message: string): DecodeProblem {
  return { kind: 'bad-value', path: [...path], message, expected: describeType(type), found, stops: true };
}

/** A text that is decoded, but cannot be converted to the number that the server keeps. */
export function unconvertible(path: FieldPath, message: string): DecodeProblem {
  return { kind: 'bad-value', path, message, expected: 'whole number', found: 'string', stops: false };
}

/** A field that the struct does not have (sigs.k8s.io/json, strictError). */
export function unknownField(path: FieldPath): DecodeProblem {
  const message = `unknown field ${quote(strictPath(path))}`;
  return { kind: 'unknown-field', path: [...path], message, expected: '', found: '', stops: false };
}

function strictPath(path: FieldPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

/** An object of another kind or version than the URL is for, or of one that cannot be told. */
export function wrongKind(path: FieldPath, message: string, expected: string, found: string): DecodeProblem {
  return { kind: 'wrong-kind', path, message, expected, found, stops: true };
}

/** What Go's messages call a JSON value. */
export function goKind(value: Json): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
    case 'number':
      return typeof value;
    case 'boolean':
      return 'bool';
    default:
      return value === null ? 'null' : 'object';
  }
}
