import type { TextRange } from '../../text/text-range.ts';
import {
  type FieldPath,
  findNode,
  isBroken,
  parseDocument,
  type YamlDocument,
  type YamlNode,
} from '../../yaml/index.ts';

/** What is being typed at the cursor, and where it will belong. */
export interface TypedPlace {
  /** A key of the mapping at `path`, or the value at `path`. */
  readonly kind: 'key' | 'value';
  readonly path: FieldPath;
  /** What is written so far; a choice takes its place. Relative to the document. */
  readonly range: TextRange;
  /** The document with a word in the place of what is being typed, so that it can be parsed. */
  readonly document: YamlDocument;
  /** A key whose colon is there already. */
  readonly hasColon: boolean;
  /** Where a new key begins in its line. */
  readonly column: number;
  /** Blanks that a new key needs before it. */
  readonly missingIndent: string;
  /** Inside of braces or brackets. */
  readonly flow: boolean;
}

/** A word that no manifest has. */
const WORD = 'kubeNetlensCursor';

/**
 * Where the cursor stands, though the text is half typed: what is being typed is replaced by a word, and that is looked for in the
 * parsed document. Below the dash of a list item there are two such places, the item first. None in comments and where the rest of
 * the document cannot be read.
 */
export function typedPlacesAt({ text }: YamlDocument, offset: number): readonly TypedPlace[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(^|\s)#/.test(before)) return [];
  const token = flowToken(text, lineStart, offset) ?? blockToken(text, lineStart, offset);
  const indents = new Set([missingIndent(text, lineStart, token), '']);
  const places = [...indents].flatMap((indent) => placeOf(text, token, indent) ?? []);
  return places.filter((place, index) => index === 0 || !isBroken(place.document));
}

function placeOf(text: string, token: Token, indent: string): TypedPlace | undefined {
  const word = isNewKey(token) ? `${indent}${WORD}:` : WORD;
  const document = parseDocument(text.slice(0, token.range.start) + word + text.slice(token.range.end));
  const path = document.root === undefined ? undefined : findWord(document.root, []);
  if (path === undefined) return undefined;
  return { ...token, ...path, document, column: token.column + indent.length, missingIndent: indent };
}

function isNewKey({ kind, hasColon, flow }: Token): boolean {
  return kind === 'key' && !hasColon && !flow;
}

/** Enter at the end of `- key: value` leads below the dash, though what follows mostly belongs to the same item. */
function missingIndent(text: string, lineStart: number, token: Token): string {
  const { column, range } = token;
  if (!isNewKey(token) || text.slice(lineStart, range.start).trim() !== '') return '';
  const lines = text.slice(0, lineStart).split('\n');
  const above = lines.findLast((line) => /^ *[^\s#]/.test(line) && line.search(/\S/) <= column) ?? '';
  const [, margin, dash] = /^( *)(- +)[^\s#][^:]*:(?:\s|$)/.exec(above) ?? [];
  return margin?.length === column ? ' '.repeat(dash?.length ?? 0) : '';
}

interface Token {
  readonly kind: 'key' | 'value';
  readonly range: TextRange;
  readonly hasColon: boolean;
  readonly column: number;
  readonly flow: boolean;
}

/** `  - key: value`, up to the cursor and behind it. */
function blockToken(text: string, lineStart: number, offset: number): Token {
  const before = text.slice(lineStart, offset);
  const lead = /^\s*(?:- +)*/.exec(before)?.[0] ?? '';
  const key = /^(?:"[^"]*"|'[^']*'|[^\s'"{[][^:]*):(?:[ \t]+|$)/.exec(before.slice(lead.length))?.[0];
  const start = lineStart + lead.length + (key?.length ?? 0);
  const end = endOfToken(text, offset, key !== undefined);
  const hasColon = key === undefined && /^\s*:/.test(text.slice(end));
  return {
    kind: key === undefined ? 'key' : 'value',
    range: { start, end },
    hasColon,
    column: lead.length,
    flow: false,
  };
}

/** A value reaches to the end of its line or to a comment; a key to its colon. */
function endOfToken(text: string, offset: number, isValue: boolean): number {
  const rest = /^[^\n\r]*/.exec(text.slice(offset))?.[0] ?? '';
  const stop = isValue ? /\s+#|\s*$/ : /[:\s]|$/;
  return offset + rest.search(stop);
}

/** Inside of braces or brackets that are open at the cursor, on one line. */
function flowToken(text: string, lineStart: number, offset: number): Token | undefined {
  const before = text.slice(lineStart, offset);
  const open = openBracket(before);
  if (open === undefined) return undefined;
  const inner = before.slice(open + 1);
  const item = inner.slice(inner.lastIndexOf(',') + 1);
  const colon = /:\s+/.exec(item);
  const written = colon === null ? item : item.slice(colon.index + colon[0].length);
  const start = offset - written.trimStart().length;
  const end = offset + (/^[^\s,\]}:]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const isKey = before[open] === '{' && colon === null;
  const hasColon = isKey && text[end] === ':';
  return { kind: isKey ? 'key' : 'value', range: { start, end }, hasColon, column: start - lineStart, flow: true };
}

function openBracket(before: string): number | undefined {
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index -= 1) {
    const char = before[index];
    if (char === '}' || char === ']') depth += 1;
    else if (char === '{' || char === '[') {
      if (depth === 0) return index;
      depth -= 1;
    }
  }
  return undefined;
}

/** Where the word stands: as a key of a mapping, or as a value. */
function findWord(node: YamlNode, path: FieldPath): Pick<TypedPlace, 'kind' | 'path'> | undefined {
  if (node.kind === 'scalar') return node.value === WORD ? { kind: 'value', path } : undefined;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      const found = item === undefined ? undefined : findWord(item, [...path, index]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const entry of node.entries) {
    if (entry.key === WORD) return { kind: 'key', path };
    const found = entry.value === undefined ? undefined : findWord(entry.value, [...path, entry.key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The keys that the mapping at a place has, without what is being typed. */
export function presentKeys({ document, path }: TypedPlace): readonly string[] {
  const node = findNode(document.root, path);
  return node?.kind === 'mapping' ? node.entries.map(({ key }) => key).filter((key) => key !== WORD) : [];
}

/** Whether a scalar is the one that is being typed. */
export function isTyped(text: string): boolean {
  return text === WORD;
}
