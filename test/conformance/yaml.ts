import { dataOf, isBroken, type Json, parseDocument, splitDocuments } from '../../server/src/core/yaml/index.ts';
import type { Case } from './cases.ts';
import { differencesIn, type Parts, tally } from './differences.ts';
import { readLines } from './lines.ts';
import type { CaseResult } from './result.ts';

/** A file, and the objects that kubectl's decoder makes of it, or that it gives up. */
interface RecordedFile {
  readonly text: string;
  readonly objects: readonly Json[];
  readonly refused: boolean;
}

const PARTS: Parts<RecordedFile> = {
  verdict: ({ refused }) => refused,
  // Of a file that is refused, how much was read before depends on where kubectl looks first.
  objects: ({ objects, refused }) => (refused ? [] : objects),
};

/** What kubectl reads in damaged manifests. */
export function compareYaml({ path }: Case): CaseResult {
  const lines = readLines<RecordedFile & { readonly id: string }>(path);
  return tally(
    PARTS,
    lines.map((line) => [line.id, differencesIn(PARTS, line, read(line.text))] as const),
  );
}

function read(text: string): RecordedFile {
  const objects: Json[] = [];
  for (const { start, end } of splitDocuments(text)) {
    const document = parseDocument(text.slice(start, end));
    if (isBroken(document)) return { text, objects, refused: true };
    const data = dataOf(document.root);
    if (data !== null) objects.push(data);
  }
  return { text, objects, refused: false };
}
