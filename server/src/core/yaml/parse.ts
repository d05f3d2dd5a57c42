import { Composer, Parser, type YAMLParseError } from 'yaml';
import type { TextRange } from '../text/text-range.ts';
import { Converter } from './convert.ts';
import { isTooDeep } from './depth.ts';
import type { YamlDocument, YamlProblem } from './document.ts';
import { describeProblem } from './messages.ts';
import { unfold } from './unfold.ts';
import { withQuotes } from './unquoted.ts';

/**
 * Parses the text of one document. Never throws: whatever could be read of a broken text is there, with the first problem.
 * Aliases and merge keys are expanded, since Kubernetes' decoder expands them before it looks at fields.
 */
export function parseDocument(text: string): YamlDocument {
  const control = findControlCharacter(text);
  if (control !== undefined) return { text, root: undefined, problems: [control], template: false };
  const converter = new Converter();
  const { root, errors } = readLeniently(text);
  const node = converter.convert(root);
  if (converter.tooDeep) return { text, root: undefined, problems: [nestedTooDeeply(text)], template: false };
  const syntax = errors[0] ?? converter.badAlias;
  const problems = [...(syntax === undefined ? [] : [withQuotes(text, syntax)]), ...converter.problems];
  const template = text.includes('{{') && (converter.template || errors.length > 0);
  return { text, root: node, problems, template };
}

/** Schema `failsafe` leaves every scalar a string: `resolvePlain` reads them as Kubernetes does. */
const OPTIONS = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  merge: false,
} as const;

/** A text that fails is tried once more with its continuation lines unfolded, which go-yaml does not need indented. */
function readLeniently(text: string): Tree {
  const tree = readTree(text);
  if (tree.errors.length === 0 || !UNFOLDABLE.test(text)) return tree;
  const unfolded = readTree(unfold(text));
  return unfolded.errors.length === 0 ? unfolded : tree;
}

/** Something that can go on over several lines. */
const UNFOLDABLE = /["'[{]/;

interface Tree {
  readonly root: unknown;
  readonly errors: readonly YamlProblem[];
}

function readTree(text: string): Tree {
  try {
    const tokens = [...new Parser().parse(text)];
    if (isTooDeep(tokens)) return { root: undefined, errors: [nestedTooDeeply(text)] };
    const documents = [...new Composer(OPTIONS).compose(tokens)];
    const filled = documents.find((document) => document.contents !== null) ?? documents[0];
    const errors = documents.flatMap((document) => document.errors).map((error) => problemOf(error, text));
    return { root: filled?.contents, errors };
  } catch {
    // The parser gives up where nobody has seen it do so yet; the text is then as good as unreadable.
    return { root: undefined, errors: [nestedTooDeeply(text)] };
  }
}

function nestedTooDeeply(text: string): YamlProblem {
  const message = 'This document is nested too deeply to be read.';
  return { kind: 'syntax', range: { start: 0, end: Math.min(1, text.length) }, message };
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
