/** What becomes of the rest, and what the client is told, if a rule or other work fails. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  LogMessageNotification,
  type LogMessageParams,
  MessageType,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol/node';
import { check } from '../../server/src/cli/check.ts';
import { FailureLog } from '../../server/src/lsp/failure-log.ts';
import { Scheduler } from '../../server/src/lsp/scheduler.ts';
import { serve } from '../../server/src/lsp/server.ts';

vi.mock('../../server/src/core/rules/registry.generated.ts', async (importActual) => {
  const { RULES } = await importActual<{ RULES: readonly object[] }>();
  const check = () => {
    throw new RangeError('no such thing');
  };
  return { RULES: [{ id: 'test/fails', severity: 'error', resource: 'Service', check }, ...RULES] };
});

const service = (port: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec:\n  ports: [{ port: ${port} }]\n`;

function start() {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
    yieldToLoop: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    delay: () => Promise.resolve(),
    disk: { find: async () => [], read: async (uris) => uris.map(() => undefined) },
  });
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  return client;
}

test('the other rules go on, and the client’s log has it once for each file', async () => {
  const client = start();
  const logged: LogMessageParams[] = [];
  client.onNotification(LogMessageNotification.type, (params) => void logged.push(params));
  const found = new Map<string, (codes: readonly unknown[]) => void>();
  client.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) =>
    found.get(`${uri} ${version}`)?.(diagnostics.map(({ code }) => code)),
  );
  const codesOf = (uri: string, version: number) =>
    new Promise<readonly unknown[]>((done) => found.set(`${uri} ${version}`, done));
  const open = (uri: string, text: string) =>
    client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });

  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders: null });
  await client.sendNotification('initialized', {});
  const first = codesOf('untitled:cart.yaml', 1);
  await open('untitled:cart.yaml', service('http'));
  expect(await first).toEqual(['api/service/wrong-type']);
  const again = codesOf('untitled:cart.yaml', 2);
  await client.sendNotification('textDocument/didChange', {
    textDocument: { uri: 'untitled:cart.yaml', version: 2 },
    contentChanges: [{ text: service('true') }],
  });
  expect(await again).toEqual(['api/service/wrong-type']);
  const other = codesOf('untitled:web.yaml', 1);
  await open('untitled:web.yaml', service('sql'));
  expect(await other).toEqual(['api/service/wrong-type']);
  const textDocument = { uri: 'untitled:cart.yaml' };
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  await client.sendRequest('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });

  expect(logged.map(({ type }) => type)).toEqual([MessageType.Error, MessageType.Error]);
  expect(logged.map(({ message }) => message.split('\n')[0])).toEqual([
    'The rule test/fails failed on untitled:cart.yaml: RangeError: no such thing',
    'The rule test/fails failed on untitled:web.yaml: RangeError: no such thing',
  ]);
  client.dispose();
});

test('work in the background that fails is told, and the next is done', async () => {
  const log: string[] = [];
  const clock = { yieldToLoop: () => Promise.resolve(), now: () => 0, delay: () => Promise.resolve() };
  const scheduler = new Scheduler(clock, new FailureLog((text) => log.push(text.split('\n')[0] ?? '')));
  const next = new Promise<void>((done) => {
    scheduler.restart(async () => {
      setImmediate(() => scheduler.restart(async () => done()));
      throw new RangeError('no such thing');
    });
  });
  await next;
  expect(log).toEqual(['Work in the background failed: RangeError: no such thing']);
});

test('the command line prints what the other rules find, and that one failed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'failing-rule-'));
  await writeFile(join(directory, 'cart.yaml'), service('0'));
  const [printed, complaints]: [string[], string[]] = [[], []];
  const output = {
    out: (text: string) => void printed.push(text),
    err: (text: string) => void complaints.push(text),
    color: false,
  };
  expect(await check([directory], 'text', output)).toBe(2);
  await rm(directory, { recursive: true });
  expect(printed.join('')).toContain('api/service/ports-port');
  expect(complaints).toEqual([
    expect.stringMatching(/^kube-netlens: test\/fails failed on .*cart\.yaml: RangeError: no such thing\n$/),
  ]);
});
