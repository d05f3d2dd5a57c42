import { parseAllDocuments } from 'yaml';
import { parseDocument, splitDocuments } from '../../server/src/core/index.ts';
import { generateFile } from '../support/generate-manifests.ts';
import { percentile, timed } from './statistics.ts';
import type { Measurement } from './table.ts';

/** How fast text becomes documents, beside the parser it rests on and beside JSON. */
export function measureParse(rounds: number): readonly Measurement[] {
  const text = generateFile(400);
  const json = JSON.stringify(parseAllDocuments(text).map((document) => document.toJS()));
  const speedOf = (work: () => void, size: number) => {
    const times = Array.from({ length: rounds }, () => timed(work));
    return size / 1000 / percentile(times, 0.5);
  };
  const ours = speedOf(() => parseFile(text), text.length);
  const yaml = speedOf(() => void parseAllDocuments(text), text.length);
  const plain = speedOf(() => void JSON.parse(json), json.length);
  return [
    {
      name: 'parse, documents with ranges',
      value: ours,
      unit: 'MB/s',
      note: `${(ours / yaml).toFixed(2)} of yaml, ${(ours / plain).toFixed(3)} of JSON.parse`,
    },
    { name: 'parse, the yaml package', value: yaml, unit: 'MB/s' },
    { name: 'parse, JSON.parse', value: plain, unit: 'MB/s' },
  ];
}

function parseFile(text: string): void {
  for (const { start, end } of splitDocuments(text)) parseDocument(text.slice(start, end));
}
