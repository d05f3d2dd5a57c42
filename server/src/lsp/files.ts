import type { Connection } from 'vscode-languageserver';
import { FindFilesRequest, ReadFilesRequest } from './protocol.ts';

/** Where files come from: the client, or the disk for editors whose client knows nothing of it. */
export interface FileSource {
  /** URIs of all files of these workspace folders that may hold manifests. */
  readonly find: (roots: readonly string[]) => Promise<readonly string[]>;
  /** Texts in the order of the URIs; undefined for a file that is gone or unreadable. */
  readonly read: (uris: readonly string[]) => Promise<readonly (string | undefined)[]>;
}

/** Asks the client, which alone knows virtual file systems. */
export function clientFiles(connection: Connection): FileSource {
  return {
    find: () => connection.sendRequest(FindFilesRequest, {}),
    read: async (uris) => {
      const texts = await connection.sendRequest(ReadFilesRequest, { uris: [...uris] });
      return texts.map((text) => text ?? undefined);
    },
  };
}
