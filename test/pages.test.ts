import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, Snapshot } from '../server/src/core/index.ts';
import { ANSWERS, findingsOf } from './support/answers.ts';
import { checkFixes, snapshotOf } from './support/fix-checks.ts';
import { parsePage, replaceAnswers, type Section } from './support/page.ts';

const CORE = 'server/src/core';
const pages = ['rules', 'features'].flatMap((directory) =>
  readdirSync(join(CORE, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(CORE, directory, name)),
);

describe.each(pages)('%s', (path) => {
  const markdown = readFileSync(path, 'utf8');
  const page = parsePage(markdown, new Set(ANSWERS.keys()));

  test('has examples', () => {
    expect(page.sections.filter((section) => section.files.length > 0)).not.toHaveLength(0);
  });

  if (path.includes('/rules/')) {
    test('shows where the rule fires and where it is silent', () => {
      expect(page.sections.some((section) => section.expected.length > 0)).toBe(true);
      expect(page.sections.some((section) => section.files.length > 0 && section.expected.length === 0)).toBe(true);
    });
  }

  for (const section of page.sections.filter((each) => each.files.length > 0)) {
    test(section.title, () => {
      const snapshot = snapshotOf(section);
      const found = findingsOf(snapshot, section);
      if (path.includes('/rules/') || section.expected.length > 0) {
        expect(found.map((finding) => marker(snapshot, finding)).sort()).toEqual(
          section.expected.map(expectedMarker).sort(),
        );
      }
      for (const finding of found) checkFixes(snapshot, section, finding, found);
    });
  }

  test('its answers are current (rewrite with npx vitest -u)', async () => {
    const answers = page.sections.flatMap((section) =>
      section.answers.map((fence) => {
        const answer = ANSWERS.get(fence.kind);
        return { fence, text: answer?.(snapshotOf(section), section, fence.argument) ?? '' };
      }),
    );
    await expect(replaceAnswers(markdown, answers)).toMatchFileSnapshot(join(process.cwd(), path));
  });
});

function marker(snapshot: Snapshot, finding: Finding): string {
  const line = snapshot.files.get(finding.uri)?.lines.positionAt(finding.range.start).line ?? -1;
  return `${finding.uri}:${line + 1} ${finding.severity}[${finding.rule}]`;
}

function expectedMarker(expected: Section['expected'][number]): string {
  return `${expected.uri}:${expected.line + 1} ${expected.severity}[${expected.rule}]`;
}
