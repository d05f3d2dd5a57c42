import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InlayHint, InlayHintRefreshRequest } from 'vscode-languageserver-protocol/node';
import type { Settings } from '../../server/src/lsp/protocol.ts';
import { LspClient } from '../support/lsp-client.ts';

const URI = 'untitled:cart.yaml';
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  selector: { app: cart }
  ports:
    - port: 80
`;
const ALL = { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } };

let client: LspClient;

beforeEach(() => {
  client = LspClient.start();
});

afterEach(() => {
  client.process.kill();
});

async function start(settings: Settings, options: object = {}): Promise<void> {
  await client.initialize(undefined, { initializationOptions: { settings }, ...options });
  await client.open(URI, SERVICE);
}

async function hintsIn(range: object): Promise<readonly InlayHint[]> {
  return await client.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri: URI }, range });
}

async function configure(kubeNetlens: Settings): Promise<void> {
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { kubeNetlens } });
}

test('shows none unless they are turned on, and follows the setting', async () => {
  await start({});
  expect(await hintsIn(ALL)).toEqual([]);
  await configure({ inlayHints: { enabled: true } });
  expect(await hintsIn(ALL)).toHaveLength(2);
  await configure({ inlayHints: { enabled: false } });
  expect(await hintsIn(ALL)).toEqual([]);
});

test('puts them behind the values, and only into the lines that are asked for', async () => {
  await start({ inlayHints: { enabled: true } });
  const hints = await hintsIn(ALL);
  expect(hints.map(({ position, label }) => [position.line, position.character, label])).toEqual([
    [3, 5, 'type ClusterIP · IPv4'],
    [6, 14, '→ targetPort 80 · TCP'],
  ]);
  expect(hints.every(({ paddingLeft }) => paddingLeft)).toBe(true);
  const lower = { start: { line: 5, character: 0 }, end: { line: 7, character: 0 } };
  expect((await hintsIn(lower)).map(({ position }) => position.line)).toEqual([6]);
});

test('asks a client that can do so to ask again when something changed', async () => {
  let asked = 0;
  client.connection.onRequest(InlayHintRefreshRequest.type, () => {
    asked++;
    client.wake();
  });
  const capabilities = { workspace: { inlayHint: { refreshSupport: true } } };
  await start({ inlayHints: { enabled: true } }, { capabilities });
  await client.until(() => asked > 0);
  const before = asked;
  await configure({ inlayHints: { enabled: false } });
  await client.until(() => asked > before);
});

test('survives ranges outside of the file, and files that it does not know', async () => {
  await start({ inlayHints: { enabled: true } });
  const far = { line: 1e6, character: 1e6 };
  expect(await hintsIn({ start: far, end: far })).toEqual([]);
  expect(await hintsIn({ start: { line: -1, character: -1 }, end: far })).toHaveLength(2);
  const params = { textDocument: { uri: 'file:///nowhere.yaml' }, range: ALL };
  expect(await client.connection.sendRequest('textDocument/inlayHint', params)).toEqual([]);
});
