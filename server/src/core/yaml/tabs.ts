import type { YamlProblem } from './document.ts';
import { describeProblem } from './messages.ts';
import type { YamlNode } from './node.ts';

/**
 * The first tab in front of a line's text that go-yaml does not take, though the parser does (goyaml.v2/scannerc.go,
 * yaml_parser_scan_to_next_token and yaml_parser_scan_plain_scalar): on lines that are blank but for it, or hold a comment. It takes tabs in
 * quotes, in blocks of text, between brackets, and after a plain scalar if they stand deeper than the collection it is in.
 */
export function findRefusedTab(text: string, root: YamlNode | undefined): YamlProblem | undefined {
  if (!text.includes('\t')) return undefined;
  let scalars: Scalars | undefined;
  for (const match of text.matchAll(/^( *)\t/gm)) {
    scalars ??= new Scalars(text, root);
    const column = match[1]?.length ?? 0;
    const start = match.index + column;
    if (scalars.takesTab(start, column)) continue;
    return { kind: 'syntax', range: { start, end: start + 1 }, message: describeProblem('TAB_AS_INDENT') };
  }
  return undefined;
}

interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly plain: boolean;
  /** A tab at a column below this one ends the reading. */
  readonly indent: number;
}

/** Where scalars and flow collections stand in a text, in order. */
class Scalars {
  private readonly leaves: Leaf[] = [];
  private readonly flows: Leaf[] = [];

  constructor(
    private readonly text: string,
    root: YamlNode | undefined,
  ) {
    this.collect(root, 0, false);
  }

  takesTab(offset: number, column: number): boolean {
    const last = lastBefore(this.leaves, offset);
    if (last === undefined) return false;
    if (offset < last.end || (last.plain && this.text.slice(last.end, offset).trim() === '')) {
      return !last.plain || column >= last.indent;
    }
    return offset < (lastBefore(this.flows, offset)?.end ?? 0);
  }

  private collect(node: YamlNode | undefined, indent: number, inFlow: boolean): void {
    // What an alias or a merge key shows stands elsewhere.
    if (node === undefined || node.aliased) return;
    if (node.kind === 'scalar') {
      if (node.range.end > node.range.start) this.leaves.push({ ...node.range, plain: node.style === 'plain', indent });
      return;
    }
    if (node.flow && !inFlow) this.flows.push({ ...node.range, plain: false, indent });
    const inner = node.flow ? indent : this.columnOf(node.range.start) + 1;
    const children =
      node.kind === 'sequence' ? node.items : node.entries.map((each) => (each.merged ? undefined : each.value));
    for (const child of children) this.collect(child, inner, inFlow || node.flow);
  }

  private columnOf(offset: number): number {
    return offset - (this.text.lastIndexOf('\n', offset - 1) + 1);
  }
}

function lastBefore(leaves: readonly Leaf[], offset: number): Leaf | undefined {
  let [low, high] = [0, leaves.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((leaves[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return leaves[low - 1];
}
