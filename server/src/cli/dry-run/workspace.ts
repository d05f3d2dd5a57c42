import { relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { Snapshot } from '../../core/index.ts';
import { findManifests, findSettingsAbove, isUnreadable, readText, type UnreadablePath } from '../../disk.ts';
import { type FoundObject, objectsOf } from './objects.ts';

/** What a set of manifests holds, in the order in which it is applied. */
export interface Workspace {
  readonly objects: readonly FoundObject[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

/** Reads files and directories; `-` is `input`. */
export async function readWorkspace(paths: readonly string[], input: Readable): Promise<Workspace> {
  const files = paths.filter((path) => path !== '-');
  const found = await Promise.all(files.map(findManifests));
  const settings = await Promise.all(files.map((path) => findSettingsAbove(resolve(path))));
  const names = [...settings.flat(), ...found.flatMap((each) => each.files)];
  const read = await Promise.all(names.map(async (name) => ({ name, content: await readText(name) })));
  const texts = read.flatMap(({ name, content }) =>
    isUnreadable(content) ? [] : [{ uri: toUri(name), text: content.text }],
  );
  const piped = paths.includes('-') ? [{ uri: 'STDIN', text: await readAll(input) }] : [];
  const snapshot = Snapshot.empty(['']).apply([...texts, ...piped]);
  const uris = new Set([...texts, ...piped].map(({ uri }) => uri));
  const named = new Set([...files.map(toUri), ...piped.map(({ uri }) => uri)]);
  const { objects, problems } = objectsOf(snapshot, [...uris], named);
  const unreadable: readonly UnreadablePath[] = [
    ...found.flatMap((each) => each.unreadable),
    ...read.flatMap(({ content }) => (isUnreadable(content) ? [content] : [])),
  ];
  return {
    objects,
    problems: [...unreadable.map(({ path, reason }) => `cannot read ${path}: ${reason}`), ...problems],
  };
}

function toUri(path: string): string {
  const absolute = resolve(path);
  const relativePath = relative(process.cwd(), absolute);
  return (relativePath.startsWith('..') ? absolute : relativePath).split(sep).join('/');
}

async function readAll(input: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
