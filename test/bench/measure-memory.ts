import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Snapshot } from '../../server/src/core/index.ts';
import { generateWorkspace } from '../support/generate-manifests.ts';
import type { Measurement } from './table.ts';

/** What a document of a workspace takes up in memory: its text, what was read of it, and the indexes over all of them. */
export function measureMemory(documents: number): readonly Measurement[] {
  const files = generateWorkspace(documents, 10);
  const characters = files.reduce((sum, { text }) => sum + text.length, 0) / documents;
  const before = heapInUse();
  const snapshot = Snapshot.empty(['bench']).apply(files.map(({ path, text }) => ({ uri: `bench/${path}`, text })));
  const clusters = snapshot.clusters.length;
  const bytes = (heapInUse() - before) / documents;
  const note = `${characters.toFixed(0)} characters each, ${clusters} set`;
  return [{ name: 'heap per document', value: bytes / 1000, unit: 'KB', note }];
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
