import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { SETTINGS_NAMES } from './core/index.ts';
import { decodeText, IGNORED_DIRECTORIES, MAX_FILE_BYTES } from './lsp/text.ts';

/** A path that could not be read, and why, in words. */
export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

/** Whether reading gave a reason instead of a text. */
export function isUnreadable(content: { readonly text: string } | UnreadablePath): content is UnreadablePath {
  return 'reason' in content;
}

export interface FoundFiles {
  /** Paths that begin with the one that was asked for. */
  readonly files: readonly string[];
  readonly unreadable: readonly UnreadablePath[];
}

/** Whether a file's name says that it may hold manifests, or says how they belong together. */
export function isManifestName(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml') || name === 'Kustomization';
}

/** The manifests below a directory, or the one file itself. Symbolic links to directories are not followed. */
export async function findManifests(path: string): Promise<FoundFiles> {
  try {
    const info = await stat(path);
    return info.isDirectory() ? await walk(path) : { files: [path], unreadable: [] };
  } catch (error) {
    return { files: [], unreadable: [{ path, reason: reasonOf(error) }] };
  }
}

async function walk(directory: string): Promise<FoundFiles> {
  const files: string[] = [];
  const unreadable: UnreadablePath[] = [];
  const queue = [directory];
  for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
    try {
      for (const entry of await readdir(current, { withFileTypes: true })) {
        const path = join(current, entry.name);
        if (entry.isDirectory() && !IGNORED_DIRECTORIES.includes(entry.name)) queue.push(path);
        else if (!entry.isDirectory() && isManifestName(entry.name)) files.push(path);
      }
    } catch (error) {
      unreadable.push({ path: current, reason: reasonOf(error) });
    }
  }
  return { files: files.sort(), unreadable };
}

/** The text of a file, or why it cannot be read. */
export async function readText(path: string): Promise<{ readonly text: string } | UnreadablePath> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) return { path, reason: `larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB` };
    return { text: decodeText(await readFile(path)) };
  } catch (error) {
    return { path, reason: reasonOf(error) };
  }
}

/** Settings files of the directories above one, up to the root of its Git repository or of the disk. */
export async function findSettingsAbove(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let current = directory; ; current = dirname(current)) {
    const names: readonly string[] = await readdir(current).catch(() => []);
    if (current !== directory)
      found.push(...names.filter((name) => SETTINGS_NAMES.includes(name)).map((name) => join(current, name)));
    if (names.includes('.git') || current === parse(current).root) return found;
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such file or directory';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
