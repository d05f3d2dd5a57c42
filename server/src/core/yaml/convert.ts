import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { TextRange } from '../text/text-range.ts';
import { MAX_DEPTH } from './depth.ts';
import type { YamlProblem } from './document.ts';
import { describeProblem } from './messages.ts';
import type { ScalarStyle, YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts';
import { resolvePlain } from './scalar.ts';

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
