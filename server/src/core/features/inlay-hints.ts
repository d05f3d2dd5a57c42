import { type SchemaType, type StructType, typeAt, typeBelow } from '../api/index.ts';
import { type Cluster, storedObjectOf } from '../cluster/index.ts';
import { apiVersionOf, type Resource } from '../manifest/index.ts';
import { shift, type TextRange } from '../text/text-range.ts';
import type { Snapshot } from '../workspace/index.ts';
import {
  dataAt,
  dataOf,
  findEntry,
  findNode,
  isBroken,
  type Json,
  type YamlEntry,
  type YamlMapping,
  type YamlNode,
} from '../yaml/index.ts';

/** A few words that the editor shows in a line, behind the text up to `offset`. */
export interface InlayHint {
  readonly uri: string;
  readonly offset: number;
  readonly label: string;
}

/**
 * What the API server fills in, behind the values that it belongs to, in a part of a file. Objects that it refuses have no hints,
 * and neither have documents with broken YAML.
 */
export function inlayHints(snapshot: Snapshot, uri: string, range: TextRange): readonly InlayHint[] {
  const cluster = snapshot.clusterOf(uri);
  const file = snapshot.files.get(uri);
  if (cluster === undefined || file === undefined) return [];
  return file.documents
    .filter(
      ({ start, document }) => !isBroken(document) && start <= range.end && range.start <= start + document.text.length,
    )
    .flatMap(({ start, resources }) => {
      const part = shift(range, -start);
      const hints = resources.flatMap((resource) => hintsOf(cluster, resource, part));
      return hints.map(({ offset, label }) => ({ uri, offset: start + offset, label }));
    })
    .filter(({ offset }) => range.start <= offset && offset <= range.end);
}

/** Offsets are relative to the document. */
type Hint = Pick<InlayHint, 'offset' | 'label'>;

function hintsOf(cluster: Cluster, resource: Resource, part: TextRange): readonly Hint[] {
  const node = findNode(resource.document.root, resource.path);
  const type = typeAt(apiVersionOf(resource), resource.kind, []);
  if (node === undefined || type === undefined || !overlaps(node.range, part)) return [];
  const stored = storedObjectOf(cluster, resource);
  return stored === undefined ? [] : hintsIn({ text: resource.document.text, part }, type, node, undefined, stored);
}

function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

interface View {
  /** Of the whole document. */
  readonly text: string;
  readonly part: TextRange;
}

/** The hints in a value. The text behind an alias stands elsewhere, where it has hints of its own. */
function hintsIn(
  view: View,
  type: SchemaType,
  node: YamlNode | undefined,
  entry: YamlEntry | undefined,
  stored: Json | undefined,
): readonly Hint[] {
  if (node === undefined || node.kind === 'scalar' || node.aliased) return [];
  const start = entry?.keyRange.start ?? node.range.start;
  if (!overlaps({ start, end: node.range.end }, view.part)) return [];
  if (node.kind === 'sequence') {
    const item = typeBelow(type, 0);
    if (item === undefined) return [];
    return node.items.flatMap((each, index) => hintsIn(view, item, each, undefined, dataAt(stored, [index])));
  }
  const inner = node.entries.flatMap((each) => {
    const below = each.merged ? undefined : typeBelow(type, each.key);
    return below === undefined ? [] : hintsIn(view, below, each.value, each, dataAt(stored, [each.key]));
  });
  const own = type.kind === 'struct' ? hintOf(view, type, node, entry, stored) : undefined;
  return own === undefined ? inner : [own, ...inner];
}

interface HintRule {
  /** The field behind whose value the hint stands; without one it stands behind the key of the whole mapping. */
  readonly behind?: string;
  /** The fields that it names, each with the words before its value. */
  readonly fields: readonly (readonly [name: string, words: string])[];
}

const PORT: HintRule = { behind: 'port', fields: [['protocol', '']] };

const RULES: ReadonlyMap<string, HintRule> = new Map<string, HintRule>([
  [
    'ServiceSpec',
    {
      fields: [
        ['type', 'type '],
        ['ipFamilies', ''],
      ],
    },
  ],
  [
    'ServicePort',
    {
      behind: 'port',
      fields: [
        ['targetPort', '→ targetPort '],
        ['protocol', ''],
      ],
    },
  ],
  ['NetworkPolicySpec', { fields: [['policyTypes', 'policyTypes ']] }],
  ['NetworkPolicyPort', PORT],
  ['discovery.EndpointPort', PORT],
  ['EndpointPort', PORT],
  [
    'ContainerPort',
    {
      behind: 'containerPort',
      fields: [
        ['protocol', ''],
        ['hostPort', 'hostPort '],
      ],
    },
  ],
]);

function hintOf(
  { text }: View,
  { name: struct }: StructType,
  node: YamlMapping,
  entry: YamlEntry | undefined,
  stored: Json | undefined,
): Hint | undefined {
  const rule = RULES.get(struct);
  if (rule === undefined) return undefined;
  const parts = rule.fields.flatMap(([name, words]) => {
    const value = dataAt(stored, [name]);
    return isLeftOut(node, name) && value !== undefined ? [words + [value].flat().join(', ')] : [];
  });
  if (parts.length === 0) return undefined;
  return { offset: offsetOf(text, rule, node, entry), label: parts.join(' · ') };
}

/** Whether the server has to find a value: zero and an empty text ask for one too. */
function isLeftOut(node: YamlMapping, name: string): boolean {
  const data = dataOf(findEntry(node, name)?.value);
  return data === null || data === '' || data === 0 || (Array.isArray(data) && data.length === 0);
}

/** Where the field is missing, and in a mapping on one line, the end of the mapping. */
function offsetOf(text: string, { behind }: HintRule, node: YamlMapping, entry: YamlEntry | undefined): number {
  if (behind !== undefined) return findEntry(node, behind)?.value?.range.end ?? node.range.end;
  const colon = entry === undefined || node.flow ? -1 : text.indexOf(':', entry.keyRange.end);
  return colon === -1 ? node.range.end : colon + 1;
}
