import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Case } from './cases.ts';
import { type CaseFile, readManifests } from './netpol.ts';

/** A case with everything that it consists of, so that tests need no folder of recordings. */
export interface PackedCase {
  readonly name: string;
  readonly format: string;
  readonly files: readonly CaseFile[];
  readonly expected: string;
}

/** Cases of NetworkPolicies as compressed JSON. */
export function pack(cases: readonly Case[]): Uint8Array {
  const packed = cases.map(({ name, path, format }): PackedCase => {
    const expected = readFileSync(join(path, 'expected.txt'), 'utf8');
    return { name, format, files: readManifests(join(path, 'manifests')), expected };
  });
  return gzipSync(JSON.stringify(packed), { level: 9 });
}

export function unpack(file: string): readonly PackedCase[] {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as PackedCase[];
}
