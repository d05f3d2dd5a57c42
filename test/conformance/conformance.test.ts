import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compare } from './adapters.ts';
import { findCases } from './cases.ts';
import { compareAnswers } from './netpol.ts';
import { unpack } from './pack.ts';
import { rowsOf } from './table.ts';

describe('who may connect to whom, as recorded from two other evaluators', () => {
  test.each(unpack('test/conformance/data/netpol-worlds.json.gz').map((each) => [each.name, each] as const))(
    '%s',
    (_, { files, expected, format }) => {
      const result = compareAnswers(files, expected, format);
      expect(result.disagreed).toEqual([]);
      expect(result.agreed).toBe(expected.trim().split('\n').length);
    },
  );
});

describe('the runner', () => {
  const root = mkdtempSync(join(tmpdir(), 'conformance-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const pods = ['a', 'b'].map((name) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: x }\n`);
  for (const [name, answer] of Object.entries({ right: 'allowed', wrong: 'blocked' })) {
    write(`netpol/demo-${name}/meta.json`, '{ "format": "probes" }');
    write(`netpol/demo-${name}/manifests/pods.yaml`, pods.join('---\n'));
    write(`netpol/demo-${name}/expected.txt`, `x/a => x/b : TCP 80 : ${answer}\nx/a => x/a : TCP 80 : blocked\n`);
  }
  write('netpol/other-kind/meta.json', '{ "format": "of tomorrow" }');
  write('unheard-of/lines.jsonl', '{}\n{}\n{}\n');

  test('counts what agreed, what did not, and what nothing here understands', () => {
    const rows = rowsOf(findCases(root).map((each) => ({ case: each, result: compare(each) })));
    expect(rows.map(({ reasons: _, aspects: __, ...row }) => row)).toEqual([
      { group: 'netpol/demo', cases: 2, agreed: 1, disagreed: 1, unsupported: 0 },
      { group: 'netpol/other', cases: 1, agreed: 0, disagreed: 0, unsupported: 1 },
      { group: 'unheard-of/lines.jsonl', cases: 1, agreed: 0, disagreed: 0, unsupported: 3 },
    ]);
  });

  test('takes a single case too', () => {
    const [only] = findCases(join(root, 'netpol/demo-wrong'));
    expect(only && compare(only).disagreed).toEqual(['x/a => x/b : TCP 80 : blocked (got allowed)']);
  });
});
