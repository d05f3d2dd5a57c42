import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import { dataAt, isJsonObject, isSameJson, type Json, type JsonObject, withValue } from './data.ts';
import { isBroken, type YamlDocument } from './document.ts';
import { isJsonText } from './json-text.ts';
import type { FieldPath } from './node.ts';
import { parseDocument } from './parse.ts';
import { removedPath } from './remove.ts';
import { splitDocuments } from './split.ts';
import type { YamlEdit } from './yaml-edit.ts';

/**
 * Whether a text edit makes the change that it stands for, and no other. What an anchor shares, what a tag, an explicit key or a block
 * scalar makes of new text, nobody has to foresee that way. JSON stays JSON.
 */
export function isFaithful(document: YamlDocument, edit: YamlEdit, textEdit: TextEdit): boolean {
  const text = applyEdits(document.text, [textEdit]);
  if (document.isJson && !isJsonText(text)) return false;
  if (edit.op === 'add-document') return isFaithfulAddition(document, edit.value, text);
  const wanted = changed(document, edit);
  return wanted !== undefined && holds(text, wanted);
}

function isFaithfulAddition(document: YamlDocument, value: Json, text: string): boolean {
  const [first = '', second = '', ...others] = splitDocuments(text).map(({ start, end }) => text.slice(start, end));
  // Before a separator there may be nothing yet.
  const isFirst = document.text === '' ? first === '' : holds(first, document.data);
  return isFirst && holds(second, value) && others.length === 0;
}

/** Whether a text is one document with these data. */
function holds(text: string, data: Json): boolean {
  const document = parseDocument(text);
  return !isBroken(document) && isSameJson(document.data, data);
}

/** The data of a document after a change; undefined where it cannot be made. */
function changed({ root, data }: YamlDocument, edit: Exclude<YamlEdit, { op: 'add-document' }>): Json | undefined {
  switch (edit.op) {
    case 'replace':
    case 'set':
      return dataAt(data, edit.path) === undefined ? undefined : withValue(data, edit.path, edit.value);
    case 'rename':
      return renamed(data, edit.path, edit.key);
    case 'insert':
      return withField(data, edit.path, edit.value);
    case 'append': {
      const list = dataAt(data, edit.path);
      return withField(data, edit.path, [...(Array.isArray(list) ? list : []), edit.value]);
    }
    case 'remove':
      return without(data, removedPath(root, edit.path));
  }
}

function renamed(data: Json, path: FieldPath, key: string): Json | undefined {
  const at = path.slice(0, -1);
  const parent = dataAt(data, at);
  if (!isJsonObject(parent) || Object.hasOwn(parent, key)) return undefined;
  const entries = Object.entries(parent as JsonObject);
  const last = String(path.at(-1));
  return withValue(data, at, Object.fromEntries(entries.map(([name, value]) => [name === last ? key : name, value])));
}

/** Makes the parents that are missing or empty. */
function withField(data: Json | undefined, [step, ...rest]: FieldPath, value: Json): Json {
  if (step === undefined) return value;
  if (Array.isArray(data) && typeof step === 'number') {
    return data.map((item: Json, index) => (index === step ? withField(item, rest, value) : item));
  }
  const object = isJsonObject(data) ? data : {};
  return { ...object, [step]: withField(dataAt(object, [step]), rest, value) };
}

function without(data: Json, path: FieldPath | undefined): Json | undefined {
  if (path === undefined) return undefined;
  const at = path.slice(0, -1);
  const parent = dataAt(data, at);
  if (!Array.isArray(parent)) return withValue(data, path, undefined);
  return withValue(
    data,
    at,
    parent.filter((_, index) => index !== path.at(-1)),
  );
}
