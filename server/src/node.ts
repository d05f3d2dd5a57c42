import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { findManifests, isUnreadable, readText } from './disk.ts';
import type { FileSource } from './lsp/files.ts';
import { serve } from './lsp/server.ts';

/** Serves the client at the other end of the transport that the command line names (`--stdio`, `--node-ipc` …). */
export function startServer(): void {
  serve(createConnection(ProposedFeatures.all), {
    yieldToLoop: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    disk,
  });
}

/** For editors whose client cannot hand over files. */
const disk: FileSource = {
  find: async (roots) => {
    const found = await Promise.all(roots.map((root) => findManifests(fileURLToPath(root))));
    return found.flatMap(({ files }) => files.map((file) => pathToFileURL(file).href));
  },
  read: (uris) => Promise.all(uris.map(readUri)),
};

async function readUri(uri: string): Promise<string | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  const content = await readText(fileURLToPath(uri));
  return isUnreadable(content) ? undefined : content.text;
}
