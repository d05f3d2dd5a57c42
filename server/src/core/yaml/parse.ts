import {
  type Alias,
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
} from 'yaml';
import type { TextRange } from '../text/text-range.ts';
import { isTooDeep, MAX_DEPTH } from './depth.ts';
import type { YamlDocument, YamlProblem } from './document.ts';
import { describeProblem } from './messages.ts';
import type { ScalarStyle, YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts';
import { resolvePlain } from './scalar.ts';
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

type Ranged = { range?: [number, number, number] | null | undefined };

function rangeOf(node: Ranged): TextRange {
  return node.range ? { start: node.range[0], end: node.range[1] } : { start: 0, end: 0 };
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Aliases may repeat a tree exponentially often; past this many nodes they are left empty. */
const MAX_ALIASED_NODES = 100_000;

class Converter {
  readonly problems: YamlProblem[] = [];
  template = false;
  /** Through aliases, since what is written was looked at before. */
  tooDeep = false;
  /** The first alias without an anchor before it. */
  badAlias: YamlProblem | undefined;
  private readonly anchors = new Map<string, YamlNode>();
  private aliasBudget = MAX_ALIASED_NODES;
  private depth = 0;

  convert(node: unknown): YamlNode | undefined {
    this.depth++;
    const converted = this.convertNode(node);
    this.depth--;
    return converted;
  }

  private convertNode(node: unknown): YamlNode | undefined {
    if (isScalar(node)) return this.anchored(node.anchor, this.scalar(node));
    if (isMap(node)) return this.anchored(node.anchor, this.mapping(node));
    if (isSeq(node)) return this.anchored(node.anchor, this.sequence(node));
    if (isAlias(node)) return this.alias(node);
    return undefined;
  }

  private anchored<T extends YamlNode>(anchor: string | undefined, node: T): T {
    if (anchor === undefined) return node;
    const marked: T = { ...node, anchored: true };
    this.anchors.set(anchor, marked);
    return marked;
  }

  private scalar(node: Scalar): YamlScalar {
    const style = STYLES[node.type ?? ''] ?? 'plain';
    const text = typeof node.value === 'string' ? node.value : '';
    if (style === 'plain' && text.includes('{{')) this.template = true;
    const value = style !== 'plain' ? text : valueOfPlain(text, node.tag);
    return { kind: 'scalar', range: rangeOf(node), value, text, style };
  }

  private mapping(node: YAMLMap): YamlMapping {
    const own: YamlEntry[] = [];
    const merged: YamlEntry[] = [];
    const seen = new Set<string>();
    for (const pair of node.items) {
      const entry = this.entry(pair);
      if (entry === undefined) continue;
      if (entry.key === '<<') merged.push(...entriesToMerge(entry.value));
      else this.checkRepeated(entry, seen);
      if (entry.key !== '<<') own.push(entry);
    }
    const added = merged.filter(
      (entry, i) => !seen.has(entry.key) && merged.findIndex((e) => e.key === entry.key) === i,
    );
    return { kind: 'mapping', range: rangeOf(node), flow: node.flow === true, entries: [...added, ...own] };
  }

  private entry(pair: Pair): YamlEntry | undefined {
    const key = pair.key;
    if (!isScalar(key)) {
      // `{{ .Values.x }}` reads as a mapping whose key is a mapping.
      if (isMap(key) && key.flow) this.template = true;
      return undefined;
    }
    const text = typeof key.value === 'string' ? key.value : '';
    if (text.includes('{{')) this.template = true;
    return { key: text, keyRange: rangeOf(key), value: this.convert(pair.value), merged: false };
  }

  private checkRepeated(entry: YamlEntry, seen: Set<string>): void {
    if (seen.has(entry.key)) {
      const message = `The key ${entry.key} stands twice in this mapping. kubectl silently takes the last one.`;
      this.problems.push({ kind: 'duplicate-key', range: entry.keyRange, message });
    }
    seen.add(entry.key);
  }

  private sequence(node: YAMLSeq): YamlSequence {
    const items = node.items.map((item) => this.convert(item));
    return { kind: 'sequence', range: rangeOf(node), flow: node.flow === true, items };
  }

  private alias(node: Alias): YamlNode | undefined {
    const target = this.anchors.get(node.source);
    if (target === undefined) {
      this.badAlias ??= { kind: 'syntax', range: rangeOf(node), message: describeProblem('BAD_ALIAS') };
      return undefined;
    }
    this.aliasBudget -= sizeOf(target, this.aliasBudget);
    if (this.aliasBudget <= 0) return undefined;
    if (this.depth + heightOf(target) > MAX_DEPTH) {
      this.tooDeep = true;
      return undefined;
    }
    return { ...target, range: rangeOf(node), aliased: true };
  }
}

function valueOfPlain(text: string, tag: string | undefined): YamlScalar['value'] {
  return tag === 'tag:yaml.org,2002:str' || tag === '!!str' ? text : resolvePlain(text);
}

function entriesToMerge(value: YamlNode | undefined): YamlEntry[] {
  if (value?.kind === 'mapping') return value.entries.map((entry) => ({ ...entry, merged: true }));
  if (value?.kind === 'sequence') return value.items.flatMap((item) => entriesToMerge(item));
  return [];
}

function sizeOf(node: YamlNode | undefined, limit: number): number {
  if (limit <= 0) return 1;
  let size = 1;
  for (const child of childrenOf(node)) {
    size += sizeOf(child, limit - size);
    if (size > limit) break;
  }
  return size;
}

function heightOf(node: YamlNode | undefined): number {
  return childrenOf(node).reduce((height, child) => Math.max(height, 1 + heightOf(child)), 1);
}

function childrenOf(node: YamlNode | undefined): readonly (YamlNode | undefined)[] {
  if (node === undefined || node.kind === 'scalar') return [];
  return node.kind === 'mapping' ? node.entries.map((entry) => entry.value) : node.items;
}
