import { type DecodeProblem, type SchemaType, typeAt } from '../../api/index.ts';
import { apiVersionOf } from '../../manifest/index.ts';
import { type JsonType, jsonTypeOf } from '../../yaml/index.ts';
import type { Place } from './fixes/fix.ts';

/**
 * Whether the JSON schema of Kubernetes alone tells what cannot be decoded: a field that it does not have, or a value of another JSON
 * type. It does not know the room that a number has, nor what a quantity is, and whoever reads YAML 1.2 by it takes `yes` for a text.
 */
export function isSchemaFault({ resource, at, node }: Place, { kind }: DecodeProblem): boolean {
  if (kind === 'unknown-field') return true;
  const type = typeAt(apiVersionOf(resource), resource.kind, at);
  return node !== undefined && type !== undefined && !jsonTypesOf(type).includes(jsonTypeOf(node));
}

/** What the OpenAPI documents of Kubernetes let a value be. */
function jsonTypesOf(type: SchemaType): readonly JsonType[] {
  switch (type.kind) {
    case 'pointer':
      return jsonTypesOf(type.to);
    case 'list':
      return ['array'];
    case 'map':
    case 'struct':
      return ['object'];
    case 'bytes':
      return ['string'];
    case 'scalar':
      return type.base === 'string' ? ['string'] : type.base === 'bool' ? ['boolean'] : ['integer'];
    case 'special':
      return SPECIAL[type.name];
  }
}

const SPECIAL: Readonly<Record<Extract<SchemaType, { kind: 'special' }>['name'], readonly JsonType[]>> = {
  IntOrString: ['integer', 'string'],
  Quantity: ['number', 'integer', 'string'],
  Time: ['string'],
  FieldsV1: ['object'],
};
