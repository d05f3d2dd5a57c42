import { Uri, workspace } from 'vscode';
import { decodeText, IGNORED_DIRECTORIES, MAX_FILE_BYTES } from '../../server/src/lsp/text.ts';

const MANIFESTS = '{**/*.yaml,**/*.yml,**/Kustomization}';
const IGNORED = `**/{${IGNORED_DIRECTORIES.join(',')}}/**`;

/** All files of the workspace that may hold manifests. */
export async function findManifestFiles(): Promise<string[]> {
  const found = await workspace.findFiles(MANIFESTS, IGNORED);
  return found.map((uri) => uri.toString()).sort();
}

/** Their texts in order; null for one that is gone, too large or unreadable. */
export function readFiles(uris: readonly string[]): Promise<(string | null)[]> {
  return Promise.all(uris.map((uri) => readFile(Uri.parse(uri))));
}

async function readFile(uri: Uri): Promise<string | null> {
  try {
    const { size } = await workspace.fs.stat(uri);
    return size > MAX_FILE_BYTES ? null : decodeText(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
