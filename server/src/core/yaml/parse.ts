import { Composer, type CST, type Document, isScalar, Parser, type YAMLParseError } from 'yaml';
import type { TextRange } from '../text/text-range.ts';
import { Converter, DASH } from './convert.ts';
import { isTooDeep, tokensIn } from './depth.ts';
import { ParsedDocument, type YamlDocument, type YamlProblem } from './document.ts';
import { isJsonText } from './json-text.ts';
import { describeProblem } from './messages.ts';
import { findRefusedLine } from './refused.ts';
import { findRefusedTab } from './tabs.ts';
import { findUnclosed } from './unclosed.ts';
import { unfold } from './unfold.ts';
import { withQuotes } from './unquoted.ts';

/**
 * Parses the text of one document. Never throws: whatever could be read of a broken text is there, with the first problem.
 * Aliases and merge keys are expanded, since Kubernetes' decoder expands them before it looks at fields.
 */
export function parseDocument(text: string): YamlDocument {
  const control = findControlCharacter(text);
  if (control !== undefined) return new ParsedDocument({ text, root: undefined, problems: [control], template: false });
  const { root, errors, atEnd, converter } = readLeniently(withLineFeeds(text));
  const node = converter.convert(root);
  if (converter.tooDeep)
    return new ParsedDocument({ text, root: undefined, problems: [nestedTooDeeply(text)], template: false });
  const refused = findRefusedLine(text) ?? errors[0] ?? converter.refused ?? findRefusedTab(text, node);
  // JSON is not read as YAML, and takes tabs and escapes that go-yaml does not.
  const syntax = refused === undefined || isJsonText(text) ? undefined : refused;
  const problems = [...(syntax === undefined ? atEnd : [explain(text, syntax)]), ...converter.problems];
  const template = text.includes('{{') && (converter.template || errors.length > 0);
  return new ParsedDocument({ text, root: node, problems, template });
}

function explain(text: string, problem: YamlProblem): YamlProblem {
  return problem.correction === undefined ? withQuotes(text, problem) : problem;
}

/** Schema `failsafe` leaves every scalar a string: `resolveScalar` reads them as Kubernetes does. */
const OPTIONS = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  merge: false,
} as const;

/** What ends a line to go-yaml, too: a carriage return by itself, and what Unicode has for it. */
const LINE_ENDS = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** Of the same length. */
function withLineFeeds(text: string): string {
  return text.replace(LINE_ENDS, '\n');
}

/** What the parser made of a text, and what goes on from there. */
interface Reading extends Tree {
  readonly converter: Converter;
}

/**
 * A text that fails is tried again with what go-yaml takes besides: a dash between brackets that is a text, and continuation lines
 * that are not indented.
 */
function readLeniently(text: string): Reading {
  const tree = readTree(text);
  if (tree.errors.length > 0 && UNFOLDABLE.test(text)) {
    const marked = text.replace(LONE_DASH, DASH);
    const attempts = marked === text ? [unfold(text)] : [marked, unfold(marked)];
    for (const attempt of attempts) {
      const lenient = readTree(attempt);
      if (lenient.errors.length === 0) return { ...lenient, converter: new Converter(text, readFolded) };
    }
  }
  return { ...tree, converter: new Converter(text) };
}

/** `[apply, -f, -]`: right before a bracket or comma a dash is no item of a list. */
const LONE_DASH = /(?<=[[{,:\s])-(?=[,\]}])/g;

/** The value of a scalar of several lines whose indentation does not count. */
function readFolded(written: string): string {
  const { root } = readTree(written.replaceAll('\n', '\n '));
  return isScalar(root) && typeof root.value === 'string' ? root.value : written;
}

/** Something that can go on over several lines. */
const UNFOLDABLE = /["'[{]/;

interface Tree {
  readonly root: unknown;
  readonly errors: readonly YamlProblem[];
  /** What is wrong about the end of the document. */
  readonly atEnd: readonly YamlProblem[];
}

function readTree(text: string): Tree {
  try {
    const tokens = [...new Parser().parse(text)];
    if (isTooDeep(tokens, tokensIn)) return unreadable(text);
    const [first, ...rest] = new Composer(OPTIONS).compose(tokens);
    const refused = (first?.errors ?? []).filter(isRefused);
    const unclosed = isOfClosing(refused[0]) ? findUnclosed(tokens) : undefined;
    const errors = unclosed === undefined ? refused.map((error) => problemOf(error, text)) : [unclosed];
    return { root: first?.contents, errors, atEnd: checkEndMarker(tokens, rest) };
  } catch {
    // The parser gives up where nobody has seen it do so yet; the text is then as good as unreadable.
    return unreadable(text);
  }
}

function unreadable(text: string): Tree {
  return { root: undefined, errors: [nestedTooDeeply(text)], atEnd: [] };
}

/** What is wrong about the first line `...`: go-yaml reads one document, and wants something in front of its end. */
function checkEndMarker(tokens: readonly CST.Token[], rest: readonly Document[]): readonly YamlProblem[] {
  const index = tokens.findIndex(({ type }) => type === 'doc-end');
  const marker = tokens[index];
  if (marker === undefined) return [];
  const range = { start: marker.offset, end: marker.offset + 3 };
  if (tokens.slice(0, index).every(isEmpty)) return [{ kind: 'syntax', range, message: NOTHING_ENDS }];
  const hasRest = rest.some(({ contents, errors }) => contents !== null || errors.length > 0);
  return hasRest
    ? [{ kind: 'ignored-document', range, message: REST_IGNORED, correction: { range, newText: '---' } }]
    : [];
}

function isEmpty(token: CST.Token): boolean {
  return token.type !== 'document' || (token.start.length === 0 && token.value === undefined);
}

const NOTHING_ENDS = 'Nothing stands before this end of a document, and kubectl refuses the whole file. Remove it.';

/** sigs.k8s.io/yaml hands on the first document of what it is given. */
const REST_IGNORED =
  'kubectl reads nothing between ... and the next ---: what stands there is not applied, and nothing says so. Write --- to begin another document.';

function nestedTooDeeply(text: string): YamlProblem {
  const message = 'This document is nested too deeply to be read.';
  return { kind: 'syntax', range: { start: 0, end: Math.min(1, text.length) }, message };
}

function isOfClosing(error: YAMLParseError | undefined): boolean {
  return error !== undefined && /^Missing closing |end with a [}\]]$/.test(error.message);
}

/** go-yaml wants no blank in front of a comment, where something in quotes or brackets has ended. */
function isRefused({ message }: YAMLParseError): boolean {
  return !message.startsWith('Comments must be separated from other tokens');
}

function problemOf(error: YAMLParseError, text: string): YamlProblem {
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(Math.max(error.pos[1], start), text.length);
  return {
    kind: 'syntax',
    range: onOneLine(text, { start, end }),
    message: describeProblem(error.code, error.message, lineAt(text, start)),
  };
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end);
}

/** A mark on one line can be read; one over the rest of the file cannot. */
function onOneLine(text: string, range: TextRange): TextRange {
  const lineEnd = text.indexOf('\n', range.start);
  return { start: range.start, end: lineEnd === -1 ? range.end : Math.min(range.end, Math.max(lineEnd, range.start)) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what YAML forbids
const CONTROL_CHARACTER = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/;

function findControlCharacter(text: string): YamlProblem | undefined {
  const start = text.search(CONTROL_CHARACTER);
  if (start === -1) return undefined;
  const code = text.charCodeAt(start).toString(16).padStart(2, '0');
  const message = `YAML does not allow the control character 0x${code}. Remove it, or write it as "\\x${code}" in double quotes.`;
  return { kind: 'syntax', range: { start, end: start + 1 }, message };
}
