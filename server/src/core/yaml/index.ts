export { findComments, type YamlComment } from './comments.ts';
export { dataAt, dataOf, isJsonObject, isSameJson, type Json, type JsonObject, withValue } from './data.ts';
export { isTooDeep, MAX_DEPTH } from './depth.ts';
export { isBroken, type YamlDocument, type YamlProblem, type YamlProblemKind } from './document.ts';
export { editDocument } from './edit.ts';
export { type CursorField, type FieldPart, fieldAt, rangeOfPath } from './locate.ts';
export {
  type FieldPath,
  findEntry,
  findNode,
  isSameData,
  renderPath,
  type YamlEntry,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
  type YamlSequence,
} from './node.ts';
export { complaintsOfEditors, type JsonType, jsonTypeOf } from './other-readers.ts';
export { parseDocument } from './parse.ts';
export { leavesEmptyItem } from './remove.ts';
export { hasFlushDashes, renderValue, type YamlValue } from './render.ts';
export { resolvePlain } from './scalar.ts';
export { splitDocuments } from './split.ts';
export { editTogether } from './together.ts';
export type { YamlEdit } from './yaml-edit.ts';
