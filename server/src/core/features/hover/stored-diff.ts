import { dataAt, type FieldPath, isJsonObject, type Json, type JsonObject, renderValue } from '../../yaml/index.ts';

/** A field that is stored otherwise than it is written. */
export interface FieldChange {
  readonly path: FieldPath;
  /** Undefined where the field is left out. */
  readonly written: Json | undefined;
  /** Undefined where the server drops the field. */
  readonly stored: Json | undefined;
}

/**
 * What differs, in the order of the stored object; a value that is added or dropped as a whole is one change. Nothing that comes to
 * the same: empty values where none are, and other spellings of a number.
 */
export function changesOf(
  written: Json | undefined,
  stored: Json | undefined,
  path: FieldPath = [],
): readonly FieldChange[] {
  if (isJsonObject(written) && isJsonObject(stored)) {
    const keys = new Set([...Object.keys(stored), ...Object.keys(written)]);
    return [...keys].flatMap((key) => changesOf(written[key], stored[key], [...path, key]));
  }
  if (isObjectList(written) && isObjectList(stored)) {
    const longest = written.length > stored.length ? written : stored;
    return longest.flatMap((_, index) => changesOf(written[index], stored[index], [...path, index]));
  }
  const change = { path, written: presentOf(written), stored: presentOf(stored) };
  if (JSON.stringify(change.written) === JSON.stringify(change.stored)) return [];
  if (isScalar(written) && String(written) === String(stored)) return [];
  return change.stored === undefined && !written ? [] : [change];
}

function isObjectList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.some((item: Json) => isJsonObject(item));
}

function isScalar(value: Json | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** The value without empty parts; undefined if that leaves nothing. */
function presentOf(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const present = presentOf(inner);
    return present === undefined ? [] : [[key, present] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** How much a change matters: the lower, the earlier it is shown. */
export type Rank = (change: FieldChange) => number;

export interface StoredDiff {
  /** Each with its mark: `+ ` added, `- ` dropped, two blanks for what is around. */
  readonly lines: readonly string[];
  /** What found no room. */
  readonly left: readonly FieldChange[];
}

/** The changes that matter most as lines of YAML, with the keys that lead to them. */
export function renderDiff(
  written: JsonObject,
  changes: readonly FieldChange[],
  { rank, most }: { readonly rank: Rank; readonly most: number },
): StoredDiff {
  const chosen = choose(changes, rank, most);
  return {
    lines: renderLines(
      written,
      changes.filter((change) => chosen.has(change)),
    ),
    left: changes.filter((change) => !chosen.has(change)),
  };
}

/**
 * Of changes that matter equally those nearest to the root come first: they take the fewest lines. Nothing is shown that matters less
 * than something that finds no room.
 */
function choose(changes: readonly FieldChange[], rank: Rank, most: number): ReadonlySet<FieldChange> {
  const byWeight = [...changes].sort((a, b) => rank(a) - rank(b) || a.path.length - b.path.length);
  const chosen = new Set<FieldChange>();
  const parents = new Set<string>();
  let room = most;
  let last = Number.POSITIVE_INFINITY;
  for (const change of byWeight) {
    const missing = parentsOf(change.path).filter((parent) => !parents.has(parent));
    const size = missing.length + ownLines(change).length;
    if (rank(change) > last) break;
    if (size > room) last = rank(change);
    else {
      room -= size;
      chosen.add(change);
      for (const parent of missing) parents.add(parent);
    }
  }
  return chosen;
}

function parentsOf(path: FieldPath): readonly string[] {
  return path.slice(1).map((_, index) => path.slice(0, index + 1).join('\n'));
}

/** Each line is written with its indentation; the first line of a list item takes the item's dash. */
function renderLines(written: JsonObject, changes: readonly FieldChange[]): readonly string[] {
  const lines: string[] = [];
  let open: FieldPath = [];
  let dash = '';
  const add = (mark: string, depth: number, text: string) => {
    const indent = '  '.repeat(depth - dash.length / 2);
    lines.push(`${mark} ${indent}${dash}${text}`);
    dash = '';
  };
  for (const change of changes) {
    const parents = change.path.slice(0, -1);
    for (let length = commonLength(open, parents) + 1; length <= parents.length; length++) {
      const path = parents.slice(0, length);
      const step = path.at(-1);
      if (typeof step === 'string') add(' ', length - 1, `${step}:`);
      else dash = '- ';
      const identity = typeof step === 'number' ? identityOf(dataAt(written, path), change.path[length]) : undefined;
      if (identity !== undefined) add(' ', length, identity);
    }
    for (const { mark, text } of ownLines(change)) add(mark, parents.length, text);
    open = parents;
  }
  return lines;
}

function commonLength(a: FieldPath, b: FieldPath): number {
  const index = b.findIndex((step, position) => a[position] !== step);
  return index === -1 ? b.length : index;
}

/** The line by which people know an item: its name, else its first plain field. */
function identityOf(item: Json | undefined, except: string | number | undefined): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const keys = Object.keys(item).filter((key) => key !== except && isScalar(item[key]));
  const key = keys.includes('name') ? 'name' : keys[0];
  return key === undefined ? undefined : yamlOf(key, item[key] ?? null)[0];
}

interface OwnLine {
  readonly mark: '+' | '-';
  readonly text: string;
}

function ownLines({ path, written, stored }: FieldChange): readonly OwnLine[] {
  const step = path.at(-1) ?? '';
  const dropped = written === undefined ? [] : shortened(yamlOf(step, written), step);
  const added = stored === undefined ? [] : yamlOf(step, stored);
  return [
    ...dropped.map((text): OwnLine => ({ mark: '-', text })),
    ...added.map((text): OwnLine => ({ mark: '+', text })),
  ];
}

/** Of what is dropped the key says enough. */
function shortened(lines: readonly string[], step: string | number): readonly string[] {
  return lines.length === 1 ? lines : [typeof step === 'number' ? '- …' : `${step}: …`];
}

/** Longest line of a value that is written in one line though it has parts. */
const LONGEST = 72;

function yamlOf(step: string | number, value: Json): readonly string[] {
  const flow = renderValue(value, { collectionStyle: 'flow', flowCollectionPadding: false });
  const line = typeof step === 'number' ? `- ${flow}` : `${step}: ${flow}`;
  const isShort = isScalar(value) || (leavesOf(value) < 3 && line.length <= LONGEST);
  const block = renderValue(typeof step === 'number' ? [value] : { [step]: value });
  const lines = isShort && !flow.includes('\n') ? [line] : block.split('\n');
  // A fence must not end early.
  return lines.map((each) => each.replaceAll('```', '…'));
}

function leavesOf(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item: Json) => sum + leavesOf(item), 0);
  return isJsonObject(value) ? leavesOf(Object.values(value)) : 1;
}
