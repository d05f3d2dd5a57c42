import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Recorded answers and what they are answers to. */
export interface Case {
  /** The row of the table that it counts in: `netpol/cyclonus`, `apiserver/decode.jsonl`. */
  readonly group: string;
  readonly name: string;
  readonly path: string;
  /** `format` of its meta.json, else what its files are. */
  readonly format: string;
  readonly tags: readonly string[];
}

/** Every case below a directory, which may be a collection, one of its folders, or one case. Nothing is passed over. */
export function findCases(root: string): readonly Case[] {
  return collect(root, root);
}

function collect(path: string, root: string): readonly Case[] {
  if (!statSync(path).isDirectory()) return fileCase(path, root);
  if (existsSync(join(path, 'meta.json'))) return [metaCase(path, root)];
  if (existsSync(join(path, 'dns.json'))) return [folderCase(path, root, 'controlplane')];
  const names = readdirSync(path);
  // Manifests beside one another are one case, unless the directory lists an answer for each of them.
  if (names.some(isManifest) && !names.includes('expected.json')) return [folderCase(path, root, 'manifests')];
  return names
    .sort()
    .filter((name) => name !== 'tools')
    .flatMap((name) => collect(join(path, name), root));
}

function isManifest(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml');
}

function metaCase(path: string, root: string): Case {
  const meta = JSON.parse(readFileSync(join(path, 'meta.json'), 'utf8')) as { format?: string; tags?: string[] };
  const format = meta.format ?? (existsSync(join(path, 'queries.json')) ? 'dns-queries' : 'unknown');
  return { ...folderCase(path, root, format), tags: meta.tags ?? [] };
}

function folderCase(path: string, root: string, format: string): Case {
  const prefix = basename(path).replace(/-.*$/, '');
  const folder = basename(dirname(path));
  return { group: `${folder}/${prefix}`, name: relative(root, path) || basename(path), path, format, tags: [] };
}

/** A file of recorded lines, compressed or not, or one manifest; documentation and what belongs to recorded lines is no case. */
function fileCase(path: string, root: string): readonly Case[] {
  const name = basename(path);
  const folder = basename(dirname(path));
  const common = { name: relative(root, path) || name, path, tags: [] };
  if (/\.jsonl(\.gz)?$/.test(name)) {
    const format = `${folder}/${name.replace(/\.gz$/, '')}`;
    return [{ ...common, group: format, format }];
  }
  if (isManifest(name)) return [{ ...common, group: `${folder}/${name.replace(/-.*$/, '')}`, format: 'manifests' }];
  return [];
}
