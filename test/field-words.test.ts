import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findType } from '../server/src/core/api/schema/schema.ts';
import { fieldsWithWords, findFieldWords, findKeyWords } from '../server/src/core/features/field-words.ts';
import { hover, inlayHints, renderMarkup, Snapshot } from '../server/src/core/index.ts';

const WRITER = { link: ({ label }: { readonly label: string }) => label, button: () => '' };

describe('words on fields', () => {
  test.each(fieldsWithWords().map(([struct, field]) => `${struct}.${field}`))(
    '%s is a field that Kubernetes has',
    (name) => {
      const at = name.lastIndexOf('.');
      expect(findType(name.slice(0, at))?.byName.has(name.slice(at + 1))).toBe(true);
    },
  );

  test('are one short sentence each', () => {
    const sentences = fieldsWithWords().flatMap(([struct, field]) => {
      const words = findFieldWords(struct, field) ?? findKeyWords(struct, field) ?? '';
      return typeof words === 'string' ? [words] : Object.values(words);
    });
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z][^.]*(\.\w[^.]*)*\.$/);
      expect(sentence.length).toBeLessThanOrEqual(150);
    }
  });
});

describe('everywhere in the examples', () => {
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ uri: name, text: readFileSync(join('examples', name), 'utf8') }));
  const snapshot = Snapshot.empty(['']).apply(files);

  test.each(files)('hovers over $uri fit on a screen', ({ uri, text }) => {
    for (const { index } of text.matchAll(/[\w.-]+/g)) {
      const found = hover(snapshot, uri, index);
      const lines = found === undefined ? [] : renderMarkup(found.markup, WRITER).split('\n');
      expect(lines.length).toBeLessThanOrEqual(30);
    }
  });

  test.each(files)('hints of $uri are the same line by line as all at once', ({ uri, text }) => {
    const all = inlayHints(snapshot, uri, { start: 0, end: text.length });
    const starts = [...text.matchAll(/^.*$/gm)].map(({ index, 0: line }) => ({
      start: index,
      end: index + line.length,
    }));
    const offsets = (hints: typeof all) => hints.map(({ offset }) => offset).sort((a, b) => a - b);
    expect(offsets(starts.flatMap((range) => inlayHints(snapshot, uri, range)))).toEqual(offsets(all));
  });
});
