import {
  misspeltKeyOf,
  type ObjectType,
  possibleTypesOf,
  type UntypedObject,
  writtenTypeOf,
} from '../../workspace/index.ts';
import { findEntry, rangeOfPath, type YamlDocument } from '../../yaml/index.ts';
import { type DocumentFinding, defineDocumentRule } from '../rule.ts';
import { typeSuggestions } from '../shared/fixes/missing-type-fixes.ts';

/** An object that does not say what it is, so that kubectl does not even send it. */
export const rule = defineDocumentRule({
  id: 'manifest/missing-type',
  severity: 'error',
  check: ({ document, untyped }) => {
    const typesOf = untyped.length > MOST_OBJECTS ? () => [] : possibleTypesOf;
    return untyped.map((object) => findingFor(document, object, typesOf(object.node)));
  },
});

/** Where more objects lack their type, a habit is behind it, and to guess each of them would take too long. */
const MOST_OBJECTS = 5;

type TypeField = keyof ObjectType;
const FIELDS: readonly TypeField[] = ['apiVersion', 'kind'];

function findingFor(document: YamlDocument, object: UntypedObject, types: readonly ObjectType[]): DocumentFinding {
  const { node, problem } = object;
  const lacking = FIELDS.filter((field) => textOf(node, field) === undefined);
  return {
    range: markedRange(document, object, lacking),
    message: `${describe(object, lacking, types)}, so kubectl does not send it: ${problem}.`,
    suggestions: typeSuggestions(document, object, lacking, types),
    isMissing: true,
  };
}

/** A key that is misspelt, or the value of a field that says something. */
function markedRange(
  document: YamlDocument,
  { path, node }: UntypedObject,
  lacking: readonly TypeField[],
): DocumentFinding['range'] {
  const [misspelt] = lacking.flatMap((field) => misspeltKeyOf(node, field) ?? []);
  const [written] = [...lacking, ...FIELDS].filter((field) => findEntry(node, field) !== undefined);
  if (misspelt === undefined && written !== undefined) return rangeOfPath(document, [...path, written], 'value');
  return rangeOfPath(document, [...path, misspelt ?? 'metadata'], 'key');
}

function textOf(node: UntypedObject['node'], field: TypeField): string | undefined {
  const value = findEntry(node, field)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
}

/** `This Service has no apiVersion`. */
function describe({ node }: UntypedObject, lacking: readonly TypeField[], types: readonly ObjectType[]): string {
  const what = `has ${faultsOf(node, lacking)}`;
  const { kind } = writtenTypeOf(node);
  if (typeof kind === 'string' && kind !== '') return `This ${kind} ${what}`;
  const kinds = [...new Set(types.map((type) => type.kind))];
  return kinds.length === 1 && lacking.includes('kind')
    ? `This ${what}, but the fields of ${articleOf(kinds[0])} ${kinds[0]}`
    : `This object ${what}`;
}

function faultsOf(node: UntypedObject['node'], lacking: readonly TypeField[]): string {
  const isMisspelt = (field: TypeField) => misspeltKeyOf(node, field) !== undefined;
  if (lacking.some(isMisspelt)) return lacking.map((field) => faultOf(node, field)).join(' and ');
  const [first = 'kind'] = lacking;
  return lacking.length > 1 && isEmpty(node, first) ? 'neither apiVersion nor kind' : faultOf(node, first);
}

function faultOf(node: UntypedObject['node'], field: TypeField): string {
  const misspelt = misspeltKeyOf(node, field);
  if (misspelt !== undefined) return `${misspelt} instead of ${field}`;
  return isEmpty(node, field) ? `no ${field}` : `no text as ${field}`;
}

function isEmpty(node: UntypedObject['node'], field: TypeField): boolean {
  const value = findEntry(node, field)?.value;
  return value === undefined || (value.kind === 'scalar' && (value.value === null || value.value === ''));
}

function articleOf(kind = ''): string {
  return /^[AEIO]/.test(kind) ? 'an' : 'a';
}
