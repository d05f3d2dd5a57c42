import { applyEdits, replaceLines, type TextEdit } from '../text/text-edit.ts';
import type { YamlDocument } from './document.ts';
import { editDocument } from './edit.ts';
import type { FieldPath } from './node.ts';
import { parseDocument } from './parse.ts';
import type { YamlEdit } from './yaml-edit.ts';

/**
 * The text edits that make several changes of one document; undefined if one of them cannot be made, since half a change is none.
 * Where they meet in the text, one edit stands for all of them.
 */
export function editTogether(document: YamlDocument, edits: readonly YamlEdit[]): readonly TextEdit[] | undefined {
  const apart = edits.flatMap((edit) => editDocument(document, edit) ?? []);
  if (edits.length === 1) return apart.length === 1 ? apart : undefined;
  const after = inTurn(document, edits);
  if (after === undefined) return undefined;
  const isSame = apart.length === edits.length && applyEdits(document.text, apart) === after;
  return isSame ? apart : [replaceLines(document.text, after)];
}

/** What a path leads to is still there after what stands before it; all paths are those of the document at first. */
const ORDER: readonly YamlEdit['op'][] = ['set', 'replace', 'append', 'insert', 'remove', 'rename', 'add-document'];

/** The text after one change after the other. */
function inTurn(document: YamlDocument, edits: readonly YamlEdit[]): string | undefined {
  const sorted = ORDER.flatMap((op) => inOrder(edits.filter((edit) => edit.op === op)));
  let { text } = document;
  for (const edit of sorted) {
    const change = editDocument(text === document.text ? document : parseDocument(text), edit);
    if (change === undefined) return undefined;
    text = applyEdits(text, [change]);
  }
  return text;
}

/** An item that goes gives its number to the one behind it, so the last goes first. */
function inOrder(edits: readonly YamlEdit[]): readonly YamlEdit[] {
  return [...edits].sort((a, b) => (a.op === 'remove' && b.op === 'remove' ? fromBehind(a.path, b.path) : 0));
}

function fromBehind(a: FieldPath, b: FieldPath): number {
  const at = a.findIndex((step, index) => step !== b[index]);
  const [one = '', other = ''] = [a[at], b[at]];
  if (typeof one === 'number' && typeof other === 'number') return other - one;
  return Number(one < other) - Number(one > other);
}
