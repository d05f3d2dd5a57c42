import { expect } from 'vitest';
import { applyEdits, type Finding, type Fix, resolveFix, Snapshot } from '../../server/src/core/index.ts';
import { findingsOf } from './answers.ts';
import type { PageFile, Section } from './page.ts';

/** The workspace of a section. */
export function snapshotOf({ files, committed }: Pick<Section, 'files' | 'committed'>): Snapshot {
  const snapshot = Snapshot.empty(['']).apply(files);
  return committed.reduce((each, { uri, text }) => each.withCommitted(uri, text), snapshot);
}

/** The files that a fix changes, as they are after it; undefined where it cannot be made. */
export function changesOf(snapshot: Snapshot, fix: Fix): readonly PageFile[] | undefined {
  const edits = resolveFix(snapshot, fix);
  return (
    edits &&
    [...edits].map(([uri, fileEdits]) => ({
      uri,
      text: applyEdits(snapshot.files.get(uri)?.text ?? '', fileEdits),
    }))
  );
}

/** After a fix its finding is gone and nothing new is found. */
export function checkAfter(
  after: readonly Finding[],
  before: readonly Finding[],
  finding: Finding,
  { title }: Pick<Fix, 'title'>,
): void {
  const found = after.map(identity);
  const left = before.filter((each) => each !== finding).map(identity);
  expect(found, `after "${title}" its finding is gone`).not.toContain(identity(finding));
  expect(
    found.filter((each) => !left.includes(each)),
    `"${title}" brings nothing new`,
  ).toEqual([]);
}

/** Applies every fix of a finding by itself. */
export function checkFixes(
  snapshot: Snapshot,
  section: Pick<Section, 'files'>,
  finding: Finding,
  before: readonly Finding[],
): void {
  for (const fix of finding.fixes) {
    const changes = changesOf(snapshot, fix);
    expect(changes, `"${fix.title}" can be applied`).toBeDefined();
    checkAfter(findingsOf(snapshot.apply(changes ?? []), section), before, finding, fix);
  }
}

function identity(finding: Finding): string {
  return `${finding.uri} ${finding.rule} ${finding.message}`;
}
