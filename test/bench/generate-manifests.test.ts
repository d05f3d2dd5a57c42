import { describe, expect, test } from 'vitest';
import { diagnose, Snapshot } from '../../server/src/core/index.ts';
import { generateFile, generateWorkspace } from '../support/generate-manifests.ts';

describe('generated manifests', () => {
  test.each([1, 50, 420, 421, 422])('%i documents fit together', (count) => {
    const snapshot = Snapshot.empty(['shop']).apply([{ uri: 'shop/all.yaml', text: generateFile(count) }]);
    expect(snapshot.files.get('shop/all.yaml')?.resources).toHaveLength(count);
    expect(diagnose(snapshot, 'shop/all.yaml')).toEqual([]);
  });

  test('are about as large as people write them, and of every kind', () => {
    const files = generateWorkspace(400, 10);
    const size = files.reduce((sum, { text }) => sum + text.length, 0) / 400;
    expect(size).toBeGreaterThan(2000);
    expect(size).toBeLessThan(3000);
    const kinds = ['Namespace', 'Deployment', 'StatefulSet', 'Service', 'Ingress', 'NetworkPolicy', 'ConfigMap'];
    for (const kind of kinds) expect(files.some(({ text }) => text.includes(`kind: ${kind}\n`))).toBe(true);
  });

  test('are the same for the same seed and others for another', () => {
    expect(generateWorkspace(30, 10, 7)).toEqual(generateWorkspace(30, 10, 7));
    expect(generateWorkspace(30, 10, 8)).not.toEqual(generateWorkspace(30, 10, 7));
  });
});
