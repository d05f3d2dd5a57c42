import type { TextRange } from '../../text/text-range.ts';
import { type FieldPath, findNode, parseDocument, type YamlDocument, type YamlNode } from '../../yaml/index.ts';

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
  /** What has to be written before a choice: blanks, or the dash of a new list item. */
  readonly lead: string;
  /** What lines below a new key would make of its value. */
  readonly below: YamlNode['kind'] | undefined;
  /** Inside of braces or brackets. */
  readonly flow: boolean;
  /** What is written so far begins with this quote; a choice takes the place of the quotes too. */
  readonly quote: Quote;
}

export type Quote = '' | '"' | "'";

/** A word that no manifest has. */
const WORD = 'kubeNetlensCursor';

/**
 * Where the cursor stands, though the text is half typed: what is being typed is replaced by a word, and that is looked for in the
 * parsed document. Below the dash of a list item there are two such places, the item first; where a list may begin or go on, there
 * is the place behind a dash too. None in comments, and none where a word would break the document or take away lines below it.
 */
export function typedPlacesAt({ text }: YamlDocument, offset: number): readonly TypedPlace[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  // YAML takes no tab for indentation.
  if (/(^|\s)#|^ *\t/.test(before)) return [];
  const token = flowToken(text, lineStart, offset) ?? blockToken(text, lineStart, offset);
  const places = leadsOf(text, lineStart, token).flatMap((lead) => placeOf(text, token, lead) ?? []);
  const isAlone = places.every((place) => presentKeys(place).size === 1);
  const item = isAlone && beginsLine(text, lineStart, token) ? placeOf(text, token, DASH) : undefined;
  return item === undefined ? places : [...places, item];
}

/** Whether a new key stands at the beginning of its line, where the dash of an item may stand too. */
function beginsLine(text: string, lineStart: number, token: Token): boolean {
  return isNewKey(token) && text.slice(lineStart, token.range.start).trim() === '';
}

/** Blanks that may have to be written before what is typed. */
function leadsOf(text: string, lineStart: number, token: Token): readonly string[] {
  if (/[:-]/.test(text[token.range.start - 1] ?? '')) return [' '];
  const indent = beginsLine(text, lineStart, token) ? missingIndent(text, lineStart, token) : '';
  return indent === '' ? [''] : [indent, ''];
}

const DASH = '- ';

function placeOf(text: string, token: Token, lead: string): TypedPlace | undefined {
  const word = lead + WORD + (isNewKey(token) && lead !== DASH ? ':' : '');
  const document = parseDocument(replaced(text, token.range, word));
  const found = document.root === undefined ? undefined : findWord(document.root, []);
  if (found === undefined || breaks(document, text, token.range, word)) return undefined;
  const below = token.hasColon ? undefined : found.below;
  // Lines below that belong to the key above are not for a key that nobody has begun to type.
  if (below !== undefined && token.range.start === token.range.end) return undefined;
  const holder = findNode(document.root, found.path);
  return {
    ...token,
    ...found,
    document,
    column: token.column + lead.length,
    lead,
    below,
    flow: token.flow || (holder?.kind === 'mapping' && holder.flow),
    quote: quoteAt(text, token.range.start),
  };
}

function replaced(text: string, { start, end }: TextRange, word: string): string {
  return text.slice(0, start) + word + text.slice(end);
}

/** Whether a document with the word cannot be read for another reason than without it. */
function breaks(document: YamlDocument, text: string, range: TextRange, word: string): boolean {
  const problem = syntaxProblemAt(document);
  if (problem === undefined) return false;
  const before = syntaxProblemAt(parseDocument(replaced(text, range, '')));
  if (before === undefined) return true;
  return problem !== (before < range.start ? before : before + word.length);
}

function syntaxProblemAt({ problems }: YamlDocument): number | undefined {
  return problems.find(({ kind }) => kind === 'syntax')?.range.start;
}

function quoteAt(text: string, offset: number): Quote {
  const char = text[offset];
  return char === '"' || char === "'" ? char : '';
}

function isNewKey({ kind, hasColon, flow }: Token): boolean {
  return kind === 'key' && !hasColon && !flow;
}

/** Enter at the end of `- key: value` leads below the dash, though what follows mostly belongs to the same item. */
function missingIndent(text: string, lineStart: number, { column }: Token): string {
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

/** A key with its colon, and an anchor or a tag in front of the value. */
const KEY = /^(?:"[^"]*"|'[^']*'|[^\s'"{[][^:]*):(?:[ \t]+(?:[&!]\S*[ \t]+)*|$)/;

/** `  - key: value`, up to the cursor and behind it. */
function blockToken(text: string, lineStart: number, offset: number): Token {
  const before = text.slice(lineStart, offset);
  const lead = /^\s*(?:- +)*(?:-$)?/.exec(before)?.[0] ?? '';
  const key = KEY.exec(before.slice(lead.length))?.[0];
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
function findWord(node: YamlNode, path: FieldPath): Pick<TypedPlace, 'kind' | 'path' | 'below'> | undefined {
  if (node.kind === 'scalar') return node.value === WORD ? { kind: 'value', path, below: undefined } : undefined;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      const found = item === undefined ? undefined : findWord(item, [...path, index]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const entry of node.entries) {
    if (entry.key === WORD) return { kind: 'key', path, below: kindOf(entry.value) };
    const found = entry.value === undefined ? undefined : findWord(entry.value, [...path, entry.key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf(value: YamlNode | undefined): YamlNode['kind'] | undefined {
  return value?.kind === 'scalar' && value.text === '' ? undefined : value?.kind;
}

/** The keys that the mapping at a place has, with the one that is being typed. */
export function presentKeys({ document, path }: TypedPlace): ReadonlySet<string> {
  const node = findNode(document.root, path);
  return new Set(node?.kind === 'mapping' ? node.entries.map(({ key }) => key) : []);
}

/** The scalars of the list that the typed item is in, without that item. */
export function presentItems({ document, path }: TypedPlace): ReadonlySet<string> {
  const list = typeof path.at(-1) === 'number' ? findNode(document.root, path.slice(0, -1)) : undefined;
  const items = list?.kind === 'sequence' ? list.items : [];
  return new Set(items.flatMap((item) => (item?.kind === 'scalar' && !isTyped(item.text) ? [item.text] : [])));
}

/** Whether a scalar is the one that is being typed. */
export function isTyped(text: string): boolean {
  return text === WORD;
}
