import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, Fix, Snapshot } from '../server/src/core/index.ts';
import {
  type FieldPath,
  findComments,
  findNode,
  isBroken,
  parseDocument,
  type YamlDocument,
  type YamlEdit,
  type YamlNode,
} from '../server/src/core/yaml/index.ts';
import { tokensOf } from '../server/src/core/yaml/tokens.ts';
import { ANSWERS, findingsOf } from './support/answers.ts';
import { COMBINATIONS, combination, dataIn, decorate, documentsIn } from './support/decorate.ts';
import { wantedOf } from './support/edit-model.ts';
import { changesOf, checkAfter, snapshotOf } from './support/fix-checks.ts';
import { type PageFile, parsePage, type Section } from './support/page.ts';

/**
 * Every fix of the rule pages' examples, written in other ways: with comments, anchors, other styles, indents and line ends. Each
 * example is written in one or two of these ways, chosen by its place among the others; FUZZ=72 tries all for all.
 */
const RULES = 'server/src/core/rules';
const ROUNDS = Math.min(Number(process.env.FUZZ ?? 1), COMBINATIONS);

const sections = readdirSync(RULES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .sort()
  .flatMap((path) => {
    const page = parsePage(readFileSync(join(RULES, path), 'utf8'), new Set(ANSWERS.keys()));
    return page.sections.filter(({ expected }) => expected.length > 0).map((section) => ({ path, section }));
  });

/** Without a common divisor with the number of combinations, so that neighbours differ in everything. */
const STRIDE = 29;

/** Ways of writing in which a fix may have no place: part of the text stands for another, or a comment would hide what follows. */
const UNCERTAIN = new Set(['aliases', 'an anchor at every value', 'small collections between brackets']);

const cases = sections.flatMap(({ path, section }, index) =>
  Array.from({ length: ROUNDS }, (_, round) => {
    const ways = combination(index * STRIDE + round);
    return { title: `${path}: ${section.title} (${ways.map(({ name }) => name).join(', ')})`, section, ways };
  }),
);

describe('fixes change what they say and nothing else', () => {
  for (const { title, section, ways } of cases) {
    test(title, () => {
      const files = section.files.map(({ uri, text }) => ({ uri, text: isYaml(uri) ? decorate(text, ways) : text }));
      const mayRefuse = ways.some(({ name }) => UNCERTAIN.has(name));
      checkSection({ ...section, files }, mayRefuse);
    });
  }
});

function isYaml(uri: string): boolean {
  return uri.endsWith('.yaml') && !uri.startsWith('.');
}

function checkSection(section: Section, mayRefuse: boolean): void {
  const snapshot = snapshotOf(section);
  const found = findingsOf(snapshot, section);
  for (const finding of found) {
    for (const fix of finding.fixes) checkFix(snapshot, section, found, finding, fix, mayRefuse);
  }
}

function checkFix(
  snapshot: Snapshot,
  section: Section,
  found: readonly Finding[],
  finding: Finding,
  fix: Fix,
  mayRefuse: boolean,
): void {
  const changes = changesOf(snapshot, fix);
  if (changes === undefined) expect(mayRefuse, `"${fix.title}" can be applied`).toBe(true);
  if (changes === undefined) return;
  checkAfter(findingsOf(snapshot.apply(changes), section), found, finding, fix);
  if (fix.textEdits === undefined) for (const change of changes) checkFile(snapshot, fix, change);
}

/** What a fix makes of a file can be read, holds what it is to hold and nothing else, and has all comments but those of what is gone. */
function checkFile(snapshot: Snapshot, fix: Fix, { uri, text }: PageFile): void {
  const { documents = [], text: before = '' } = snapshot.files.get(uri) ?? {};
  const changed = documents.map(({ document }) => ({ document, edits: editsOf(fix, uri, document) }));
  expect(documentsIn(text).filter((each) => isBroken(parseDocument(each)))).toEqual([]);
  expect(dataIn(text), `after "${fix.title}"`).toEqual(wantedFrom(dataIn(before), changed));
  expect(lostComments(before, text, changed), `lost after "${fix.title}"`).toEqual([]);
  if (before.includes('\r\n')) expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  expect(text.endsWith('\n')).toBe(before.endsWith('\n'));
}

interface ChangedDocument {
  readonly document: YamlDocument;
  readonly edits: readonly YamlEdit[];
}

function editsOf(fix: Fix, uri: string, document: YamlDocument): readonly YamlEdit[] {
  const own = fix.edits.filter(({ resource }) => resource.uri === uri && resource.document === document);
  return own.map(({ edit }) => edit);
}

/** Paths are those of the document before all edits. */
const ORDER = ['set', 'replace', 'append', 'insert', 'remove', 'rename', 'add-document'];

function wantedFrom(data: readonly unknown[], changed: readonly ChangedDocument[]): readonly unknown[] {
  return data.flatMap((before, index) => {
    const edits = [...(changed[index]?.edits ?? [])].sort((a, b) => ORDER.indexOf(a.op) - ORDER.indexOf(b.op));
    const added = edits.flatMap((edit) => (edit.op === 'add-document' ? [edit.value] : []));
    return [edits.reduce(wantedOf, before), ...added];
  });
}

function lostComments(before: string, after: string, changed: readonly ChangedDocument[]): readonly string[] {
  const left = findComments(after)
    .map(({ text }) => text)
    .join('\n');
  const gone = new Set(changed.flatMap(commentsOfRemoved));
  const written = findComments(before).map(({ text }) => text);
  return written.filter((text) => !left.includes(text) && !gone.has(text));
}

/** The comments within what is removed, and behind it on its last line. */
function commentsOfRemoved({ document, edits }: ChangedDocument): readonly string[] {
  const paths = edits.flatMap((edit) => (edit.op === 'remove' ? [edit.path] : []));
  return paths.flatMap((path) => {
    const { start, end } = rangeOfRemoved(document, path);
    return findComments(document.text)
      .filter(({ range }) => start <= range.start && /^[^\n]*$/.test(document.text.slice(end, range.start)))
      .filter(({ range }) => range.start < end || /^[,\s]*$/.test(document.text.slice(end, range.start)))
      .map(({ text }) => text);
  });
}

function rangeOfRemoved(
  { text, root }: Pick<YamlDocument, 'text' | 'root'>,
  path: FieldPath,
): { start: number; end: number } {
  const parent = findNode(root, path.slice(0, -1));
  const children = parent?.kind === 'mapping' ? parent.entries : parent?.kind === 'sequence' ? parent.items : [];
  if (children.length === 1) return rangeOfRemoved({ text, root }, path.slice(0, -1));
  const node = findNode(root, path);
  const entry = parent?.kind === 'mapping' ? parent.entries.find(({ key }) => key === path.at(-1)) : undefined;
  const start = entry?.keyRange.start ?? node?.range.start ?? 0;
  const isItem = parent?.kind === 'sequence' && !parent.flow;
  return { start: isItem ? dashBefore(text, start) : start, end: Math.max(entry?.keyRange.end ?? 0, endOf(node)) };
}

function dashBefore(text: string, offset: number): number {
  return tokensOf(text).findLast(({ type, start }) => type === 'seq-item-ind' && start < offset)?.start ?? offset;
}

function endOf(node: YamlNode | undefined): number {
  if (node === undefined) return 0;
  if (node.kind === 'scalar' || node.flow) return node.range.end;
  if (node.kind === 'sequence') return Math.max(...node.items.map(endOf));
  return Math.max(...node.entries.map(({ keyRange, value }) => Math.max(keyRange.end, endOf(value))));
}
