import type { TextEdit } from '../text/text-edit.ts';
import type { YamlDocument } from './document.ts';
import { isFaithful } from './faithful.ts';
import { appendItem, insertField } from './insert.ts';
import { type FieldPath, findEntry, findNode } from './node.ts';
import { removeAt } from './remove.ts';
import { renderBlock, renderFlow, renderValue, type YamlValue } from './render.ts';
import { fillEntry, withComments } from './set.ts';
import { commentsIn, contentEnd, isLineBreakText, type Source, sourceOf } from './source.ts';
import type { YamlEdit } from './yaml-edit.ts';

/**
 * The text edit that makes the change, relative to the document; everything else keeps its bytes, comments too.
 * Undefined where the document has no such place, or where the change would reach further than it says: where text is shared
 * through an anchor, or where a tag makes something else of the new value. Each edit is tried before it is given.
 */
export function editDocument(document: YamlDocument, edit: YamlEdit): TextEdit | undefined {
  const source = sourceOf(document);
  const isUnsure = source.tokens.some(({ type }) => type === 'flow-error-end');
  if (isUnsure && edit.op !== 'add-document' && isInFlow(source, edit.path)) return undefined;
  return candidatesFor(source, edit).find((each) => each !== undefined && isFaithful(document, edit, each));
}

/** Ways to make the change, the best first. */
function candidatesFor(source: Source, edit: YamlEdit): readonly (TextEdit | undefined)[] {
  switch (edit.op) {
    case 'add-document':
      return [addDocument(source, edit.value)];
    case 'replace':
      return [replaceScalar(source, edit.path, edit.value)];
    case 'set':
      return fillEntry(source, edit.path, edit.value);
    case 'rename':
      return [renameKey(source, edit.path, edit.key)];
    case 'insert':
      return insertField(source, edit.path, edit.value, edit.from);
    case 'append':
      return appendItem(source, edit.path, edit.value);
    case 'remove':
      return [removeAt(source, edit.path)];
  }
}

function addDocument(source: Source, value: YamlValue): TextEdit | undefined {
  const { text, lineBreak } = source;
  const end = text.length;
  const isLineEnd = text === '' || text.endsWith('\n');
  if (!isLineEnd && isLineBreakText(source, end)) return undefined;
  const added = `---${lineBreak}${renderBlock(source, value, 0)}`;
  const newText = isLineEnd ? added + lineBreak : lineBreak + added;
  return { range: { start: end, end }, newText };
}

function replaceScalar(source: Source, path: FieldPath, value: string | number | boolean): TextEdit | undefined {
  const node = findNode(source.root, path);
  if (node?.kind !== 'scalar' || node.range.start === node.range.end) return undefined;
  const quote = node.style === 'single' ? 'QUOTE_SINGLE' : node.style === 'double' ? 'QUOTE_DOUBLE' : 'PLAIN';
  const options = { defaultStringType: typeof value === 'string' ? quote : 'PLAIN' } as const;
  const rendered = isInFlow(source, path) ? renderFlow(source, [value], options) : renderValue(value, options);
  const range = { start: node.range.start, end: contentEnd(source, node.range) };
  return { range, newText: withComments(source, rendered, { onKey: commentsIn(source, range), inside: [] }) };
}

/** Whether a place is between brackets, where a comma or bracket in a text needs quotes. */
function isInFlow({ root }: Source, path: FieldPath): boolean {
  return path.some((_, length) => {
    const node = findNode(root, path.slice(0, length));
    return node !== undefined && node.kind !== 'scalar' && node.flow;
  });
}

function renameKey({ text, root }: Source, path: FieldPath, key: string): TextEdit | undefined {
  const entry = findEntry(findNode(root, path.slice(0, -1)), String(path.at(-1)));
  if (entry === undefined) return undefined;
  const quote = text[entry.keyRange.start];
  const defaultStringType = quote === "'" ? 'QUOTE_SINGLE' : quote === '"' ? 'QUOTE_DOUBLE' : 'PLAIN';
  return { range: entry.keyRange, newText: renderValue(key, { defaultStringType }) };
}
