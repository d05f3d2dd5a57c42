import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('generated files are current (make them with npm run generate)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], {
    encoding: 'utf8',
    timeout: 25_000,
  });
  expect(status, stderr).toBe(0);
});
