import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { TextRange } from '../text/text-range.ts';
import { MAX_DEPTH } from './depth.ts';
import type { YamlProblem } from './document.ts';
import { resolveKey } from './key.ts';
import { describeProblem } from './messages.ts';
import type { ScalarStyle, YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts';
import { resolveScalar } from './scalar.ts';

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

/** Makes our nodes of the parser's, with the meaning that go-yaml gives them. One per document. */
export class Converter {
  readonly problems: YamlProblem[] = [];
  template = false;
  /** Through aliases, since what is written was looked at before. */
  tooDeep = false;
  /** The first thing that the parser takes and go-yaml, or JSON behind it, does not. */
  refused: YamlProblem | undefined;
  private readonly anchors = new Map<string, YamlNode>();
  private aliasBudget = MAX_ALIASED_NODES;
  private depth = 0;
  /** How many flow collections (`{ }`, `[ ]`) are open. */
  private flows = 0;

  /** `readFolded` gives the value of a scalar whose lines the parser did not see as lines (`unfold`). */
  constructor(
    private readonly source: string,
    private readonly readFolded?: (written: string) => string,
  ) {}

  convert(node: unknown): YamlNode | undefined {
    const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
    this.depth++;
    if (isFlow) this.flows++;
    const converted = this.convertNode(node);
    if (isFlow) this.flows--;
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
    if (/[^\w-]/.test(anchor)) {
      this.refuse(
        node.range,
        `kubectl takes letters, digits, - and _ in the name of an anchor, and here is &${anchor}.`,
      );
    }
    const marked: T = { ...node, anchored: true };
    this.anchors.set(anchor, marked);
    return marked;
  }

  private scalar(node: Scalar): YamlScalar {
    const style = STYLES[node.type ?? ''] ?? 'plain';
    const range = rangeOf(node);
    const written = this.source.slice(range.start, range.end);
    if (style === 'double' && written.includes('\\/')) this.checkEscapes(written, range.start);
    const isFolded = style !== 'literal' && style !== 'folded' && written.includes('\n');
    const text = this.readFolded && isFolded ? this.readFolded(written) : textOf(node);
    if (style === 'plain' && text.includes('{{')) this.template = true;
    if (style === 'plain' && this.flows > 0) this.checkIndicators(text, range);
    const value = resolveScalar(text, style, node.tag);
    if (value === undefined)
      this.refuse(range, `${text || 'Nothing'} is no ${node.tag}, and kubectl refuses the whole file.`);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.refuse(range, `kubectl cannot send ${text}: JSON has no such number. Quote it if it is a text.`);
    }
    return { kind: 'scalar', range, value: value ?? null, text, style };
  }

  /** YAML 1.1, which go-yaml reads, has no escape for a slash. */
  private checkEscapes(written: string, start: number): void {
    const slash = [...written.matchAll(/\\[\s\S]/g)].find(([pair]) => pair === '\\/');
    if (slash === undefined) return;
    const range = { start: start + slash.index, end: start + slash.index + 2 };
    this.refuse(range, 'kubectl does not know the escape \\/. Write / alone.', '/');
  }

  private refuse(range: TextRange, message: string, newText?: string): void {
    const correction = newText === undefined ? {} : { correction: { range, newText } };
    this.refused ??= { kind: 'syntax', range, message, ...correction };
  }

  private mapping(node: YAMLMap): YamlMapping {
    const entries: YamlEntry[] = [];
    const own = new Set<string>();
    for (const pair of node.items) {
      if (isMergeKey(pair.key)) entries.push(...this.entriesToMerge(pair));
      else {
        const entry = this.entry(pair);
        if (entry === undefined) continue;
        this.checkRepeated(entry, own);
        entries.push(entry);
      }
    }
    return { kind: 'mapping', range: rangeOf(node), flow: node.flow === true, entries: withoutHidden(entries) };
  }

  /** What a merge key brings, at its place among the others, since go-yaml lets the last of equal keys win, wherever it comes from. */
  private entriesToMerge({ key, value }: Pair): readonly YamlEntry[] {
    const merged = entriesOf(this.convert(value));
    if (merged === undefined)
      this.refuse(rangeOf(key as Scalar), 'A merge key (<<) takes a mapping or a list of mappings.');
    return merged ?? [];
  }

  private entry(pair: Pair): YamlEntry | undefined {
    const key = this.keyOf(pair.key);
    if (key === undefined) return undefined;
    if (key.text.includes('{{')) this.template = true;
    if (this.isColonOfText(key)) return { key: `${key.text}:`, keyRange: key.range, value: undefined, merged: false };
    const name = key.style === 'plain' ? resolveKey(key.text, key.value) : key.text;
    if (this.flows > 0) this.checkColon(key);
    if (name === undefined) {
      const message =
        key.text === '' ? 'A key is missing before this colon.' : `A key cannot be ${key.text}. Quote it.`;
      this.refuse(key.range, message);
    }
    return { key: name ?? key.text, keyRange: key.range, value: this.convert(pair.value), merged: false };
  }

  /** Between brackets go-yaml takes for an indicator what others take for text. */
  private checkIndicators(text: string, range: TextRange): void {
    const indicator = text.startsWith(':') ? ':' : '?';
    if (!text.includes(indicator)) return;
    const message = `Between brackets kubectl takes ${indicator} for a part of a mapping. Quote it: "${text}".`;
    this.refuse(range, message, `"${text}"`);
  }

  /** `{a:}` is a text to go-yaml, and here a key. */
  private isColonOfText({ range, style }: YamlScalar): boolean {
    return this.flows > 0 && style === 'plain' && /^:[,\]}]/.test(this.source.slice(range.end, range.end + 2));
  }

  /** Between brackets, too, go-yaml wants a key and its colon on one line, and a blank behind the colon of a plain key. */
  private checkColon({ range, style }: YamlScalar): void {
    const colon = range.end + blanksAt(this.source, range.end);
    if (this.source[colon] !== ':') return;
    if (this.source.slice(range.start, colon).includes('\n')) {
      if (!this.isExplicit(range)) this.refuse(range, 'kubectl wants a key and its colon on one line.');
    } else if (style === 'plain' && colon === range.end && /\S/.test(this.source[colon + 1] ?? ' ')) {
      const place = { start: colon, end: colon + 1 };
      if (!this.isExplicit(range)) this.refuse(place, 'kubectl wants a blank behind the colon of a key.', ': ');
    }
  }

  /** Whether `?` says that a key begins. */
  private isExplicit({ start }: TextRange): boolean {
    return /\?\s*$/.test(this.source.slice(Math.max(0, start - MAX_BLANKS), start));
  }

  private keyOf(key: unknown): YamlScalar | undefined {
    // `{{ .Values.x }}` reads as a mapping whose key is a mapping.
    if (isMap(key) && key.flow) this.template = true;
    const node = this.convert(key);
    if (node?.kind === 'scalar') return node;
    if (node !== undefined) this.refuse(node.range, 'A mapping or list cannot be a key.');
    return undefined;
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
      this.refuse(rangeOf(node), describeProblem('BAD_ALIAS'));
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

/** How far in front of a key its `?` is looked for. */
const MAX_BLANKS = 200;

/** How many blanks and line breaks stand at an offset. */
function blanksAt(text: string, offset: number): number {
  const pattern = /\s*/y;
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Stands for a dash that the parser would take for something else; no text holds it by itself. */
export const DASH = '\uE000';

function textOf({ value }: Scalar): string {
  return typeof value === 'string' ? value.replaceAll(DASH, '-') : '';
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** Of a list, the first that has a key gives its value, so that one comes last. Undefined for what cannot be merged. */
function entriesOf(value: YamlNode | undefined): readonly YamlEntry[] | undefined {
  if (value?.kind === 'mapping') return value.entries.map((entry) => ({ ...entry, merged: true }));
  if (value?.kind !== 'sequence') return undefined;
  const items = value.items.map((item) => (item?.kind === 'mapping' ? entriesOf(item) : undefined));
  return items.includes(undefined) ? undefined : items.reverse().flatMap((entries) => entries ?? []);
}

/** Leaves out what is merged in and has no effect, since a later entry has the same key. */
function withoutHidden(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  if (!entries.some(({ merged }) => merged)) return entries;
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  return entries.filter((entry) => !entry.merged || last.get(entry.key) === entry);
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
