import { Composer, type CST, isScalar, Parser, type YAMLParseError } from 'yaml';
import type { TextRange } from '../text/text-range.ts';
import { Converter } from './convert.ts';
import { isTooDeep } from './depth.ts';
import type { YamlDocument, YamlProblem } from './document.ts';
import { describeProblem } from './messages.ts';
import { findRefusedLine } from './refused.ts';
import { findRefusedTab } from './tabs.ts';
import { unfold } from './unfold.ts';
import { withQuotes } from './unquoted.ts';

/**
 * Parses the text of one document. Never throws: whatever could be read of a broken text is there, with the first problem.
 * Aliases and merge keys are expanded, since Kubernetes' decoder expands them before it looks at fields.
 */
export function parseDocument(text: string): YamlDocument {
  const control = findControlCharacter(text);
  if (control !== undefined) return { text, root: undefined, problems: [control], template: false };
  const { root, errors, ignored, converter } = readLeniently(withLineFeeds(text));
  const node = converter.convert(root);
  if (converter.tooDeep) return { text, root: undefined, problems: [nestedTooDeeply(text)], template: false };
  const syntax = findRefusedLine(text) ?? errors[0] ?? converter.refused ?? findRefusedTab(text, node);
  const problems = [
    ...(syntax === undefined ? [] : [syntax.correction === undefined ? withQuotes(text, syntax) : syntax]),
    ...converter.problems,
    ...ignored,
  ];
  const template = text.includes('{{') && (converter.template || errors.length > 0);
  return { text, root: node, problems, template };
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

/** To go-yaml a carriage return ends a line by itself too. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** What the parser made of a text, and what goes on from there. */
interface Reading extends Tree {
  readonly converter: Converter;
}

/** A text that fails is tried once more with its continuation lines unfolded, which go-yaml does not need indented. */
function readLeniently(text: string): Reading {
  const tree = readTree(text);
  if (tree.errors.length > 0 && UNFOLDABLE.test(text)) {
    const unfolded = readTree(unfold(text));
    if (unfolded.errors.length === 0) return { ...unfolded, converter: new Converter(text, readFolded) };
  }
  return { ...tree, converter: new Converter(text) };
}

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
  readonly ignored: readonly YamlProblem[];
}

function readTree(text: string): Tree {
  try {
    const tokens = [...new Parser().parse(text)];
    if (isTooDeep(tokens)) return unreadable(text);
    const [first, ...rest] = new Composer(OPTIONS).compose(tokens);
    const errors = (first?.errors ?? []).filter(isRefused).map((error) => problemOf(error, text));
    const hasRest = rest.some(({ contents, errors }) => contents !== null || errors.length > 0);
    return { root: first?.contents, errors, ignored: hasRest ? findEndMarker(tokens) : [] };
  } catch {
    // The parser gives up where nobody has seen it do so yet; the text is then as good as unreadable.
    return unreadable(text);
  }
}

function unreadable(text: string): Tree {
  return { root: undefined, errors: [nestedTooDeeply(text)], ignored: [] };
}

/** sigs.k8s.io/yaml reads the first document of what kubectl hands it, so the rest behind `...` is lost. */
function findEndMarker(tokens: readonly CST.Token[]): readonly YamlProblem[] {
  const marker = tokens.find((token) => token.type === 'doc-end');
  if (marker === undefined) return [];
  const range = { start: marker.offset, end: marker.offset + 3 };
  const message =
    'kubectl reads nothing between ... and the next ---: what stands there is not applied, and nothing says so. Write --- to begin another document.';
  return [{ kind: 'ignored-document', range, message, correction: { range, newText: '---' } }];
}

function nestedTooDeeply(text: string): YamlProblem {
  const message = 'This document is nested too deeply to be read.';
  return { kind: 'syntax', range: { start: 0, end: Math.min(1, text.length) }, message };
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
