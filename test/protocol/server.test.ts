import { mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type Hover,
  LSPErrorCodes,
  type MarkupContent,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import {
  ChangedNotification,
  FindFilesRequest,
  ReadFilesRequest,
  type Settings,
  StatusRequest,
} from '../../server/src/lsp/protocol.ts';
import { LspClient } from '../support/lsp-client.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ port: 80 }]
`;
const POD = `apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart } }
spec:
  containers: [{ name: cart, image: cart, ports: [{ containerPort: 80 }] }]
`;
const OTHER_POD = POD.replace('name: cart,', 'name: other,').replace('app: cart', 'app: other');

let folder: string;
let client: LspClient;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netlens-protocol-')));
  client = LspClient.start();
});

afterEach(() => {
  client.process.kill();
  rmSync(folder, { recursive: true });
});

function uriOf(name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** Initialises with the folder and waits until every file was read. */
async function start(options: object = {}): Promise<unknown> {
  client.connection.onNotification(ChangedNotification, () => client.wake());
  const result = await client.initialize(pathToFileURL(folder).href, options);
  await ready();
  return result;
}

async function ready(): Promise<void> {
  for (let state = ''; state !== 'ready'; ) {
    ({ state } = await client.connection.sendRequest(StatusRequest, { uri: uriOf('any.yaml') }));
  }
}

function rulesOf(name: string): readonly unknown[] | undefined {
  return client.latest(uriOf(name))?.map((diagnostic) => diagnostic.code);
}

async function untilRules(name: string, ...rules: readonly string[]): Promise<void> {
  await client.until(() => JSON.stringify(rulesOf(name)) === JSON.stringify(rules));
}

/** Replaces the first occurrence of a text of an open document, as an editor reports it. */
async function edit(name: string, text: string, from: string, to: string, version: number): Promise<string> {
  const offset = text.indexOf(from);
  const range = { start: positionAt(text, offset), end: positionAt(text, offset + from.length) };
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: uriOf(name), version },
    contentChanges: [{ range, text: to }],
  });
  return text.replace(from, to);
}

function positionAt(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

async function changeOnDisk(...changes: readonly { name: string; type: number }[]): Promise<void> {
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: changes.map(({ name, type }) => ({ uri: uriOf(name), type })),
  });
}

async function replaceText(name: string, version: number, text: string): Promise<void> {
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: uriOf(name), version },
    contentChanges: [{ text }],
  });
}

const SELECTS_NO_PODS = 'service/selects-no-pods';

describe('the server', () => {
  test('says what it can do, and ends with exit code 0', async () => {
    expect(await start()).toMatchObject({
      serverInfo: { name: 'kube-netlens' },
      capabilities: {
        textDocumentSync: { openClose: true, change: 2 },
        hoverProvider: true,
        codeLensProvider: {},
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
      },
    });
    expect(await client.stop()).toBe(0);
  });

  test('ends with exit code 1 if nobody asked it to shut down', async () => {
    await start();
    const exited = new Promise((done) => client.process.once('exit', done));
    await client.connection.sendNotification('exit');
    expect(await exited).toBe(1);
  });

  test('reads the folder and publishes findings of files that are not open', async () => {
    write('service.yaml', SERVICE.replace('app: cart', 'app: carts'));
    write('pod.yaml', POD);
    await start();
    await untilRules('service.yaml', SELECTS_NO_PODS);
    expect(client.published.at(-1)?.version).toBeUndefined();
  });

  test('follows typing: findings appear and vanish', async () => {
    await start();
    let text = `${SERVICE}---\n${POD}`;
    await client.open(uriOf('shop.yaml'), text);
    await untilRules('shop.yaml');
    text = await edit('shop.yaml', text, 'app: cart', 'app: carts', 2);
    await untilRules('shop.yaml', SELECTS_NO_PODS);
    text = await edit('shop.yaml', text, 'spec:', 'spec: {', 3);
    await untilRules('shop.yaml', 'yaml/syntax');
    text = await edit('shop.yaml', text, 'spec: {', 'spec:', 4);
    await edit('shop.yaml', text, 'app: carts', 'app: cart', 5);
    await untilRules('shop.yaml');
    const last = client.published.at(-1);
    expect([last?.version, last?.diagnostics]).toEqual([5, []]);
  });

  test('while somebody types, what is missing waits for a pause', async () => {
    await start();
    const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec:\n  ports: [{ port: 80 }]\n';
    await client.open(uriOf('shop.yaml'), text);
    await untilRules('shop.yaml');
    await edit('shop.yaml', text, 'ports: [{ port: 80 }]', 'sessionAffinity: Client', 2);
    await untilRules('shop.yaml', 'api/service/session-affinity');
    await untilRules('shop.yaml', 'api/service/ports', 'api/service/session-affinity');
    // What was said before stays while the next word is typed.
    await edit('shop.yaml', text.replace('ports: [{ port: 80 }]', 'sessionAffinity: Client'), 'Client', 'ClientIP', 3);
    await untilRules('shop.yaml', 'api/service/ports');
    expect(client.published.at(-1)?.version).toBe(3);
  });

  test('an edit in one file changes the findings of another', async () => {
    write('service.yaml', SERVICE);
    await start();
    await client.open(uriOf('pod.yaml'), POD);
    await client.open(uriOf('service.yaml'), SERVICE);
    await untilRules('service.yaml');
    const renamed = await edit('pod.yaml', POD, 'app: cart', 'app: basket', 2);
    await untilRules('service.yaml', SELECTS_NO_PODS);
    await edit('pod.yaml', renamed, 'app: basket', 'app: cart', 3);
    await untilRules('service.yaml');
  });

  test('follows files that are created, changed, renamed and deleted outside of the editor', async () => {
    write('service.yaml', SERVICE);
    write('other.yaml', OTHER_POD);
    await start();
    await untilRules('service.yaml', SELECTS_NO_PODS);
    write('pod.yaml', POD);
    await changeOnDisk({ name: 'pod.yaml', type: 1 });
    await untilRules('service.yaml');
    write('pod.yaml', POD.replace('app: cart', 'app: basket'));
    await changeOnDisk({ name: 'pod.yaml', type: 2 });
    await untilRules('service.yaml', SELECTS_NO_PODS);
    renameSync(join(folder, 'service.yaml'), join(folder, 'renamed.yaml'));
    await changeOnDisk({ name: 'service.yaml', type: 3 }, { name: 'renamed.yaml', type: 1 });
    await untilRules('renamed.yaml', SELECTS_NO_PODS);
    await untilRules('service.yaml');
    rmSync(join(folder, 'renamed.yaml'));
    await changeOnDisk({ name: 'renamed.yaml', type: 3 });
    await untilRules('renamed.yaml');
  });

  test('the text of an open document counts, not that of its file, until it is closed', async () => {
    write('service.yaml', SERVICE);
    write('pod.yaml', OTHER_POD);
    await start();
    await untilRules('service.yaml', SELECTS_NO_PODS);
    await client.open(uriOf('pod.yaml'), POD);
    await untilRules('service.yaml');
    await changeOnDisk({ name: 'pod.yaml', type: 2 });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('pod.yaml') } });
    await untilRules('service.yaml', SELECTS_NO_PODS);
  });

  test('takes back what it said of an unsaved document when it is closed', async () => {
    write('pod.yaml', OTHER_POD);
    await start();
    await client.open(uriOf('untitled.yaml'), SERVICE);
    await untilRules('untitled.yaml', SELECTS_NO_PODS);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: uriOf('untitled.yaml') },
    });
    await untilRules('untitled.yaml');
  });

  test('versions never go back under fast typing, and the last answer is the one for the last text', async () => {
    write('pod.yaml', POD);
    await start();
    await client.open(uriOf('service.yaml'), SERVICE);
    const last = 200;
    for (let version = 2; version <= last; version++) {
      const letters = 's'.repeat(version % 3);
      void replaceText('service.yaml', version, SERVICE.replace('app: cart', `app: cart${letters}`));
    }
    await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: uriOf('service.yaml') },
      position: { line: 1, character: 1 },
    });
    await untilRules('service.yaml', SELECTS_NO_PODS);
    await client.until(
      () => client.latest(uriOf('service.yaml'))?.[0]?.message.toString().includes('app=cartss') === true,
    );
    const versions = client.published
      .filter(({ uri }) => uri === uriOf('service.yaml'))
      .flatMap(({ version }) => version ?? []);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(versions.at(-1)).toBe(last);
    expect(await freshDiagnostics('service.yaml', SERVICE.replace('app: cart', 'app: cartss'))).toEqual(
      client.latest(uriOf('service.yaml')),
    );
  });

  /** What a server says that has never seen another text. */
  async function freshDiagnostics(name: string, text: string) {
    write(name, text);
    const fresh = LspClient.start();
    await fresh.initialize(pathToFileURL(folder).href);
    await fresh.until(() => (fresh.latest(uriOf(name))?.length ?? 0) > 0);
    await fresh.stop();
    return fresh.latest(uriOf(name));
  }

  test('answers hovers and lenses, with links to the lines they name', async () => {
    write('pod.yaml', POD);
    await start();
    await client.open(uriOf('service.yaml'), SERVICE);
    const textDocument = { uri: uriOf('service.yaml') };
    const position = { line: 2, character: 19 };
    const hover = (await client.connection.sendRequest('textDocument/hover', { textDocument, position })) as Hover;
    expect(hover.range).toEqual({ start: { line: 2, character: 18 }, end: { line: 2, character: 22 } });
    expect((hover.contents as MarkupContent).value).toContain(`${uriOf('pod.yaml')}#L`);
    expect((hover.contents as MarkupContent).value).not.toContain('command:');
    const lenses = (await client.connection.sendRequest('textDocument/codeLens', { textDocument })) as CodeLens[];
    expect(lenses.length).toBeGreaterThan(0);
    expect(lenses.every(({ command }) => command?.command.startsWith('kubeNetlens.'))).toBe(true);
  });

  test('a quick fix removes the finding it is for', async () => {
    write('pod.yaml', POD);
    await start();
    const text = SERVICE.replace('app: cart', 'app: carts');
    await client.open(uriOf('service.yaml'), text);
    await untilRules('service.yaml', SELECTS_NO_PODS);
    const [diagnostic] = client.latest(uriOf('service.yaml')) ?? [];
    const actions = (await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: uriOf('service.yaml') },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    })) as CodeAction[];
    const edits = actions[0]?.edit?.changes?.[uriOf('service.yaml')] ?? [];
    expect(edits.length).toBeGreaterThan(0);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf('service.yaml'), version: 2 },
      contentChanges: edits.map(({ range, newText }: TextEdit) => ({ range, text: newText })),
    });
    await untilRules('service.yaml');
  });

  test('offers quick fixes to whoever asks for them or for everything, those of the range only', async () => {
    await start();
    const text = `${SERVICE.replace('port: 80', 'port: "80"')}---\n${SERVICE.replace('port: 80', 'port: "81"')}`;
    await client.open(uriOf('service.yaml'), text);
    const titles = async (line: number, only?: readonly string[]) => {
      const position = { line, character: 19 };
      const actions = await client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uriOf('service.yaml') },
        range: { start: position, end: position },
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      });
      return (actions as CodeAction[]).map(({ title }) => title);
    };
    const fixes = await titles(5);
    expect(fixes.length).toBeGreaterThan(0);
    for (const only of [['quickfix'], [''], ['refactor', 'quickfix']]) expect(await titles(5, only)).toEqual(fixes);
    for (const only of [[], ['refactor'], ['source.fixAll'], ['quickfix.other'], ['quick']]) {
      expect(await titles(5, only)).toEqual([]);
    }
    expect(await titles(12)).not.toEqual(fixes);
    expect(await titles(1)).toEqual([]);
  });

  test('offers the quick fixes nearest to where a range with many findings begins', async () => {
    await start();
    const ports = Array.from({ length: 60 }, (_, index) => `    - { name: p${index}, port: "${index + 1}" }\n`);
    const text = SERVICE.slice(0, SERVICE.indexOf('spec:')) + 'spec:\n  ports:\n' + ports.join('');
    await client.open(uriOf('service.yaml'), text);
    const actionsFrom = async (line: number) => {
      const actions = await client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uriOf('service.yaml') },
        range: { start: { line, character: 0 }, end: { line: text.split('\n').length - 1, character: 0 } },
        context: { diagnostics: [] },
      });
      return (actions as CodeAction[]).map(({ diagnostics }) => diagnostics?.[0]?.range.start.line ?? 0);
    };
    const first = text.split('\n').findIndex((line) => line.includes('p0'));
    for (const line of [first, first + 10]) {
      const lines = new Set(await actionsFrom(line));
      expect([...lines]).toEqual(Array.from({ length: 20 }, (_, index) => line + index));
    }
  });

  test('settings change levels and turn rules and lenses off, at start and later', async () => {
    write('pod.yaml', OTHER_POD);
    write('service.yaml', SERVICE);
    const settings: Settings = { rules: { [SELECTS_NO_PODS]: 'hint' } };
    await start({ initializationOptions: { settings } });
    await untilRules('service.yaml', SELECTS_NO_PODS);
    expect(client.latest(uriOf('service.yaml'))?.[0]?.severity).toBe(4);
    await configure({ rules: { [SELECTS_NO_PODS]: 'off' }, codeLens: { enabled: false } });
    await untilRules('service.yaml');
    const params = { textDocument: { uri: uriOf('service.yaml') } };
    expect(await client.connection.sendRequest('textDocument/codeLens', params)).toEqual([]);
    await configure({});
    await untilRules('service.yaml', SELECTS_NO_PODS);
    expect(client.latest(uriOf('service.yaml'))?.[0]?.severity).toBe(2);
  });

  async function configure(kubeNetlens: Settings): Promise<void> {
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { kubeNetlens } });
  }

  test('asks a client for files that provides them, and never the disk', async () => {
    write('pod.yaml', POD);
    const files = new Map<string, string | null>([
      ['vscode-vfs://github/shop/service.yaml', SERVICE],
      ['vscode-vfs://github/shop/pod.yaml', OTHER_POD],
      ['vscode-vfs://github/shop/gone.yaml', null],
    ]);
    client.connection.onRequest(FindFilesRequest, () => [...files.keys()]);
    client.connection.onRequest(ReadFilesRequest, ({ uris }) => uris.map((uri) => files.get(uri) ?? null));
    await client.initialize('vscode-vfs://github/shop', { initializationOptions: { providesFiles: true } });
    await client.until(() => client.latest('vscode-vfs://github/shop/service.yaml')?.length === 1);
    expect(client.published.every(({ uri }) => uri.startsWith('vscode-vfs:'))).toBe(true);
  });

  test('a cancelled request does no harm', async () => {
    await start();
    await client.open(uriOf('service.yaml'), SERVICE);
    await client.connection.sendNotification('$/cancelRequest', { id: 4711 });
    const params = { textDocument: { uri: uriOf('service.yaml') }, position: { line: 1, character: 8 } };
    const cancellation = new CancellationTokenSource();
    const cancelled = client.connection.sendRequest('textDocument/hover', params, cancellation.token);
    cancellation.cancel();
    await cancelled.catch((error) => expect(error.code).toBe(LSPErrorCodes.RequestCancelled));
    expect(await client.connection.sendRequest('textDocument/hover', params)).not.toBeNull();
  });

  test('survives a client that promises files and refuses to give them', async () => {
    const refuse = () => Promise.reject(new Error('no'));
    client.connection.onRequest(FindFilesRequest, refuse);
    client.connection.onRequest(ReadFilesRequest, refuse);
    await client.initialize(pathToFileURL(folder).href, { initializationOptions: { providesFiles: true } });
    await client.open(uriOf('broken.yaml'), SERVICE.replace('spec:', 'spec: {'));
    await untilRules('broken.yaml', 'yaml/syntax');
    await changeOnDisk({ name: 'any.yaml', type: 1 });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('broken.yaml') } });
    await untilRules('broken.yaml');
    expect(await client.stop()).toBe(0);
  });

  test('survives what it cannot understand', async () => {
    await start();
    await client.open(uriOf('service.yaml'), SERVICE);
    const bad = [undefined, null, {}, { textDocument: null }, { textDocument: { uri: 42 } }, [1, 2, 3], 'text'];
    for (const method of [
      'textDocument/hover',
      'textDocument/codeLens',
      'textDocument/inlayHint',
      'textDocument/codeAction',
      'kubeNetlens/status',
      'kubeNetlens/testUrl',
      'no/such',
    ]) {
      for (const params of bad) await client.connection.sendRequest(method, params).catch(() => undefined);
    }
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
      'workspace/didChangeConfiguration',
      '$/no-such',
    ]) {
      for (const params of bad) await client.connection.sendNotification(method, params);
    }
    await replaceText('never-opened.yaml', 1, SERVICE);
    const far = { line: 1e6, character: 1e6 };
    for (const position of [far, { line: -1, character: -1 }]) {
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: uriOf('service.yaml') },
        position,
      });
    }
    await replaceText('service.yaml', 2, SERVICE.replace('spec:', 'spec: {'));
    await untilRules('service.yaml', 'yaml/syntax');
    expect(await client.stop()).toBe(0);
  });

  test('works without a folder', async () => {
    await client.initialize(undefined);
    await client.open('untitled:Untitled-1', SERVICE.replace('spec:', 'spec: {'));
    await client.until(() => client.latest('untitled:Untitled-1')?.[0]?.code === 'yaml/syntax');
  });
});
