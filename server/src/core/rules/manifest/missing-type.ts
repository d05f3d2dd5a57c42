import { applyEdits, type TextEdit } from '../../text/text-edit.ts';
import {
  type ObjectType,
  possibleTypesOf,
  typeProblemOf,
  type UntypedObject,
  untypedObjectsOf,
} from '../../workspace/index.ts';
import {
  editDocument,
  findEntry,
  findNode,
  isBroken,
  parseDocument,
  rangeOfPath,
  renderValue,
  type YamlDocument,
} from '../../yaml/index.ts';
import { type DocumentFinding, defineDocumentRule, type Suggestion } from '../rule.ts';

/** An object that does not say what it is, so that kubectl does not even send it. */
export const rule = defineDocumentRule({
  id: 'manifest/missing-type',
  severity: 'error',
  check: (document) => {
    const objects = untypedObjectsOf(document);
    const typesOf = objects.length > MOST_OBJECTS ? () => [] : possibleTypesOf;
    return objects.map((object) => findingFor(document, object, typesOf(object.node)));
  },
});

/** Where more objects lack their type, a habit is behind it, and to guess each of them would take too long. */
const MOST_OBJECTS = 5;

type TypeField = keyof ObjectType;
const FIELDS: readonly TypeField[] = ['apiVersion', 'kind'];

function findingFor(document: YamlDocument, object: UntypedObject, types: readonly ObjectType[]): DocumentFinding {
  const { path, node, problem } = object;
  const lacking = FIELDS.filter((field) => textOf(node, field) === undefined);
  const [marked = 'metadata'] = [...lacking, ...FIELDS].filter((field) => findEntry(node, field) !== undefined);
  return {
    range: rangeOfPath(document, [...path, marked], marked === 'metadata' ? 'key' : 'value'),
    message: `${describe(object, lacking, types)}, so kubectl does not send it: ${problem}.`,
    suggestions: suggestions(document, object, lacking, types),
    isMissing: true,
  };
}

function textOf(node: UntypedObject['node'], field: TypeField): string | undefined {
  const value = findEntry(node, field)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
}

/** `This Service has no apiVersion`. */
function describe({ node }: UntypedObject, lacking: readonly TypeField[], types: readonly ObjectType[]): string {
  const [first] = lacking;
  const value = findEntry(node, first ?? '')?.value;
  const isEmpty = value === undefined || (value.kind === 'scalar' && (value.value === null || value.value === ''));
  const what = isEmpty
    ? `has ${lacking.length > 1 ? 'neither apiVersion nor kind' : `no ${first}`}`
    : `has no text as ${first}`;
  const kinds = [...new Set(types.map(({ kind }) => kind))];
  if (!lacking.includes('kind')) return `This ${textOf(node, 'kind') ?? 'object'} ${what}`;
  return kinds.length === 1
    ? `This ${what}, but the fields of ${articleOf(kinds[0])} ${kinds[0]}`
    : `This object ${what}`;
}

function articleOf(kind = ''): string {
  return /^[AEIO]/.test(kind) ? 'an' : 'a';
}

/** More than these are no help. */
const MOST = 4;

function suggestions(
  document: YamlDocument,
  object: UntypedObject,
  lacking: readonly TypeField[],
  types: readonly ObjectType[],
): readonly Suggestion[] {
  if (types.length > MOST) return [];
  return types.flatMap((type) => {
    const title = `Write ${lacking.map((field) => `${field}: ${type[field]}`).join(' and ')}`;
    const edits = editsFor(document, object, lacking, type);
    return edits !== undefined && isPutRight(document, object, edits) ? [{ title, edits }] : [];
  });
}

/** Fields that stand there without a text get one; the others come first, since that is where people look for them. */
function editsFor(
  document: YamlDocument,
  { node, path }: UntypedObject,
  lacking: readonly TypeField[],
  type: ObjectType,
): readonly TextEdit[] | undefined {
  const edits = lacking
    .filter((field) => findEntry(node, field) !== undefined)
    .map((field) => editDocument(document, { op: 'set', path: [...path, field], value: type[field] }));
  const missing = lacking.filter((field) => findEntry(node, field) === undefined);
  if (missing.length > 0)
    edits.push(
      insertion(
        document,
        node,
        missing.map((field) => `${field}: ${renderValue(type[field])}`),
      ),
    );
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

/** Puts fields before the others of a mapping; behind an apiVersion that comes first. */
function insertion(
  { text }: YamlDocument,
  node: UntypedObject['node'],
  fields: readonly string[],
): TextEdit | undefined {
  const own = node.entries.filter(({ merged }) => !merged);
  const before = own[0]?.key === 'apiVersion' ? own[1] : own[0];
  if (before === undefined) return undefined;
  const { start } = before.keyRange;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = node.flow ? ', ' : `${lineBreak}${' '.repeat(column)}`;
  return { range: { start, end: start }, newText: fields.map((field) => field + separator).join('') };
}

/** Text can be laid out in ways in which nothing can be put between. */
function isPutRight(document: YamlDocument, { path }: UntypedObject, edits: readonly TextEdit[]): boolean {
  const after = parseDocument(applyEdits(document.text, edits));
  const node = findNode(after.root, path);
  return node?.kind === 'mapping' && !isBroken(after) && typeProblemOf(node) === undefined;
}
