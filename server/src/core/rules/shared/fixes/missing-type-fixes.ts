import { applyEdits, type TextEdit } from '../../../text/text-edit.ts';
import { misspeltKeyOf, type ObjectType, typeProblemOf, type UntypedObject } from '../../../workspace/index.ts';
import {
  editDocument,
  findEntry,
  findNode,
  isBroken,
  parseDocument,
  renderValue,
  type YamlDocument,
} from '../../../yaml/index.ts';
import type { Suggestion } from '../../rule.ts';

type TypeField = keyof ObjectType;

/** More than these are no help. */
const MOST = 4;

/** What gives an object the fields that say what it is, for each type that it may have; none if these are too many. */
export function typeSuggestions(
  document: YamlDocument,
  object: UntypedObject,
  lacking: readonly TypeField[],
  types: readonly ObjectType[],
): readonly Suggestion[] {
  if (types.length > MOST) return [];
  return types.flatMap((type) => {
    const title = `Write ${lacking.map((field) => correctionOf(object, field, type)).join(' and ')}`;
    const edits = editsFor(document, object, lacking, type);
    return edits !== undefined && isPutRight(document, object, edits) ? [{ title, edits }] : [];
  });
}

function correctionOf({ node }: UntypedObject, field: TypeField, type: ObjectType): string {
  const misspelt = misspeltKeyOf(node, field);
  return misspelt === undefined ? `${field}: ${type[field]}` : `${field} instead of ${misspelt}`;
}

/**
 * Fields that stand there without a text get one, and misspelt keys another name; the others come first, since that is where people
 * look for them.
 */
function editsFor(
  document: YamlDocument,
  { node, path }: UntypedObject,
  lacking: readonly TypeField[],
  type: ObjectType,
): readonly TextEdit[] | undefined {
  const missing: string[] = [];
  const edits: (TextEdit | undefined)[] = [];
  for (const field of lacking) {
    const misspelt = misspeltKeyOf(node, field);
    if (misspelt !== undefined) {
      edits.push(editDocument(document, { op: 'rename', path: [...path, misspelt], key: field }));
    } else if (findEntry(node, field) !== undefined) {
      edits.push(editDocument(document, { op: 'set', path: [...path, field], value: type[field] }));
    } else missing.push(writtenField(document, field, type[field]));
  }
  if (missing.length > 0) edits.push(insertion(document, node, missing));
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

function writtenField({ isJson }: YamlDocument, field: TypeField, value: string): string {
  return isJson ? `${JSON.stringify(field)}: ${JSON.stringify(value)}` : `${field}: ${renderValue(value)}`;
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
