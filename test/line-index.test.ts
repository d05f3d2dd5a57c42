import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ManifestFile } from '../server/src/core/workspace/index.ts';

const text = fc
  .array(fc.constantFrom('a: 1', '---', '\n', '\r\n', '\r', ' ', '# é', '\u{1F600}', '\n---\n'), { maxLength: 40 })
  .map((parts) => parts.join(''));

test('lines and offsets are those that LSP counts, also when some documents stayed', () => {
  fc.assert(
    fc.property(text, text, fc.integer({ min: -2, max: 200 }), (before, after, offset) => {
      const old = ManifestFile.parse('file:///a.yaml', before);
      const { lines } = ManifestFile.parse('file:///a.yaml', after + before, old);
      const reference = TextDocument.create('file:///a.yaml', 'yaml', 1, after + before);
      const position = lines.positionAt(offset);
      expect(lines.lineCount).toBe(reference.lineCount);
      expect(lines.offsetAt(position)).toBe(Math.max(0, Math.min(offset, (after + before).length)));
      // The library counts a position between CR and LF to the line before both.
      expect(position.line).toBe(reference.positionAt(offset).line);
    }),
    { numRuns: 1000, seed: 20261130 },
  );
});
