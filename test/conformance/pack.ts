import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** The files of recorded lines that the tests bring along, besides all of `apiserver`. */
const PACKED = ['nodes/ip-parsing.jsonl', 'nodes/allocation-bands.jsonl', 'nodes/label-selectors.jsonl'];

/** Writes what the tests bring along of these cases into a directory: one compressed file for all worlds, and one for each of lines. */
export function pack(cases: readonly Case[], directory: string): void {
  const worlds = cases.filter(({ group }) => group.startsWith('netpol-worlds/'));
  if (worlds.length > 0) write(join(directory, 'netpol-worlds.json.gz'), JSON.stringify(worlds.map(packWorld)));
  for (const { format, path } of cases) {
    const isPacked = format.startsWith('apiserver/') || PACKED.includes(format);
    if (isPacked) write(join(directory, `${format}.gz`), readFileSync(path));
  }
}

function packWorld({ path, format }: Case): PackedCase {
  const expected = readFileSync(join(path, 'expected.txt'), 'utf8');
  return { name: basename(path), format, files: readManifests(join(path, 'manifests')), expected };
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(content, { level: 9 }));
}

export function unpack(file: string): readonly PackedCase[] {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as PackedCase[];
}
