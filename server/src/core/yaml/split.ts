import type { TextRange } from '../text/text-range.ts';

/**
 * Cuts a file into the texts of its documents, as kubectl does before any YAML is read: at each line that begins with `---`
 * (apimachinery, util/yaml/decoder.go, YAMLReader). The pieces cover the whole text, in order.
 */
export function splitDocuments(text: string): TextRange[] {
  const pieces: TextRange[] = [];
  let start = 0;
  for (let cut = nextCut(text, 0); cut !== -1; cut = nextCut(text, cut)) {
    pieces.push({ start, end: cut });
    start = cut;
  }
  pieces.push({ start, end: text.length });
  return pieces;
}

/** Where the next line begins that is a separator. */
function nextCut(text: string, from: number): number {
  const lineFeed = text.indexOf('\n---', from);
  return lineFeed === -1 ? -1 : lineFeed + 1;
}
