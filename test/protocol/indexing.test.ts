import { afterEach, beforeEach, expect, test } from 'vitest';
import { FindFilesRequest, ReadFilesRequest, StatusRequest } from '../../server/src/lsp/protocol.ts';
import { LspClient } from '../support/lsp-client.ts';

const SHOP = 'vscode-vfs://github/shop';
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  selector: { app: cart }
  ports: [{ port: 80 }]
`;
const POD = `apiVersion: v1
kind: Pod
metadata: { name: cart, labels: { app: cart } }
spec:
  containers: [{ name: cart, ports: [{ containerPort: 80 }] }]
`;
const MISTAKEN = SERVICE.replace('app: cart', 'app: carts');

let client: LspClient;
let files: Map<string, string>;

beforeEach(() => {
  client = LspClient.start();
  files = new Map(Array.from({ length: 500 }, (_, index) => [`${SHOP}/file-${index}.yaml`, `# ${index}\n`]));
  files.set(`${SHOP}/file-0.yaml`, POD);
});

afterEach(() => {
  client.process.kill();
});

/** Starts with a client that hands over the files; `onRead` is called before each answer. */
async function start(onRead: (uris: readonly string[]) => void | Promise<void>): Promise<void> {
  client.connection.onRequest(FindFilesRequest, () => [...files.keys()]);
  client.connection.onRequest(ReadFilesRequest, async ({ uris }) => {
    await onRead(uris);
    return uris.map((uri) => files.get(uri) ?? null);
  });
  await client.initialize(SHOP, { initializationOptions: { providesFiles: true } });
}

test.each([20, 120, 220, 420])(
  'a file that changes after it was read counts with its new text: file %i',
  async (number) => {
    const uri = `${SHOP}/file-${number}.yaml`;
    files.set(uri, SERVICE);
    let isRead = false;
    await start(async (uris) => {
      if (isRead && files.get(uri) === SERVICE) {
        files.set(uri, MISTAKEN);
        await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
      }
      isRead ||= uris.includes(uri);
    });
    await client.until(() => client.latest(uri)?.[0]?.code === 'service/selects-no-pods');
  },
);

test('the text of a document that is opened meanwhile counts, not that of its file', async () => {
  const uri = `${SHOP}/file-220.yaml`;
  files.set(uri, SERVICE);
  let isOpen = false;
  await start(async (uris) => {
    if (!isOpen && uris.includes(`${SHOP}/file-300.yaml`)) {
      isOpen = true;
      await client.open(uri, MISTAKEN);
    }
  });
  await client.until(() => client.latest(uri)?.[0]?.code === 'service/selects-no-pods');
});

test('hovers are answered and nothing is said to be missing while files are read', async () => {
  const uri = `${SHOP}/open.yaml`;
  const answers: unknown[] = [];
  await start(async () => {
    const params = { textDocument: { uri }, position: { line: 1, character: 8 } };
    if (answers.length === 0) await client.open(uri, MISTAKEN);
    answers.push(await client.connection.sendRequest('textDocument/hover', params));
    expect((await client.connection.sendRequest(StatusRequest, { uri })).state).toBe('indexing');
    expect(client.latest(uri) ?? []).toEqual([]);
  });
  await client.until(() => client.latest(uri)?.[0]?.code === 'service/selects-no-pods');
  expect(answers).toHaveLength(10);
  expect(answers.every((answer) => answer !== null)).toBe(true);
});
