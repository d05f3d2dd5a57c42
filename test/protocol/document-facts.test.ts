/** What a client says about files beside their text. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol/node';
import {
  ChangedNotification,
  type CheckedElsewhere,
  CheckedElsewhereNotification,
  CommittedNotification,
  FindFilesRequest,
  type Settings,
  StatusRequest,
} from '../../server/src/lsp/protocol.ts';
import { LspClient } from '../support/lsp-client.ts';

const FOLDER = 'vscode-vfs://github/shop';
const uri = `${FOLDER}/cart.yaml`;
const CART = `apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { version: 1.10 } }
spec:
  type: ExternalName
  externalName: cart.example.com
`;
const WRONG_TYPE = 'api/service/wrong-type';

let client: LspClient;
let changes: number;

beforeEach(async () => {
  client = LspClient.start();
  changes = 0;
  client.connection.onRequest(FindFilesRequest, () => []);
  client.connection.onNotification(ChangedNotification, () => {
    changes++;
  });
  await client.initialize(FOLDER, { initializationOptions: { providesFiles: true } });
  for (let state = ''; state !== 'ready'; ) ({ state } = await client.connection.sendRequest(StatusRequest, { uri }));
  await client.open(uri, CART);
  await untilWrongType('shown');
});

afterEach(() => {
  client.process.kill();
});

async function untilWrongType(state: 'shown' | 'hidden'): Promise<void> {
  await client.until(() => {
    const published = client.latest(uri);
    return published !== undefined && published.some(({ code }) => code === WRONG_TYPE) === (state === 'shown');
  });
}

/** How many changes the server has told of, once it has answered everything that was said before. */
async function changesNow(): Promise<number> {
  await client.connection.sendRequest(StatusRequest, { uri });
  return changes;
}

describe('what is committed of a file', () => {
  async function commit(text: string | null): Promise<number> {
    const before = await changesNow();
    await client.connection.sendNotification(CommittedNotification, { uri, text });
    return (await changesNow()) - before;
  }

  test('changes answers if it is another, and only then', async () => {
    const steps = [CART, CART, CART.replace('ExternalName', 'ClusterIP'), null, null, 'broken: ['];
    const counts: number[] = [];
    for (const text of steps) counts.push(await commit(text));
    expect(counts).toEqual([1, 0, 1, 1, 0, 1]);
    expect(await client.stop()).toBe(0);
  });
});

describe('schema checks', () => {
  async function configure(schemaChecks?: Settings['schemaChecks']): Promise<void> {
    const kubeNetlens = schemaChecks === undefined ? {} : { schemaChecks };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { kubeNetlens } });
  }

  async function elsewhere(...value: readonly CheckedElsewhere[]): Promise<void> {
    await client.connection.sendNotification(CheckedElsewhereNotification, { uri, elsewhere: value });
  }

  /** The names of fields that are offered below `spec`. */
  async function fieldNames(): Promise<readonly string[]> {
    const params = { textDocument: { uri }, position: { line: 6, character: 2 } };
    const items = (await client.connection.sendRequest('textDocument/completion', params)) as { label: string }[];
    return items.map(({ label }) => label);
  }

  test('are left to whoever else makes them, as long as it does', async () => {
    await elsewhere('yaml', 'schema');
    await untilWrongType('hidden');
    await elsewhere();
    await untilWrongType('shown');
  });

  test('offer no fix for what is not shown', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const titles = async () =>
      ((await client.connection.sendRequest('textDocument/codeAction', params)) as CodeAction[]).map(
        ({ title }) => title,
      );
    expect(await titles()).toContain('Write "1.10" in quotes');
    await elsewhere('yaml', 'schema');
    expect(await titles()).not.toContain('Write "1.10" in quotes');
  });

  test('are made always or never if the settings say so', async () => {
    await configure('never');
    await untilWrongType('hidden');
    await elsewhere('yaml', 'schema');
    await configure('always');
    await untilWrongType('shown');
    await configure('auto');
    await untilWrongType('hidden');
    await elsewhere();
    await configure();
    await untilWrongType('shown');
  });

  test('may be left to somebody else who completes nothing, or the other way round', async () => {
    const text = `${CART}  \n`;
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text }],
    });
    expect(await fieldNames()).toContain('ports');
    await elsewhere('yaml', 'schema');
    await untilWrongType('hidden');
    expect(await fieldNames()).toContain('ports');
    await elsewhere('completion');
    await untilWrongType('shown');
    expect(await fieldNames()).not.toContain('ports');
    await configure('always');
    expect(await fieldNames()).toContain('ports');
    await configure('never');
    await elsewhere();
    expect(await fieldNames()).not.toContain('ports');
  });

  test('of the YAML itself are left to whoever makes them, unless the settings say always', async () => {
    const isBroken = () => client.latest(uri)?.some(({ code }) => code === 'yaml/syntax');
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: `${CART}  ports: [` }],
    });
    await client.until(() => isBroken() === true);
    await elsewhere('yaml');
    await client.until(() => isBroken() === false);
    await configure('always');
    await client.until(() => isBroken() === true);
    await configure('never');
    await client.until(() => isBroken() === false);
    await elsewhere('schema');
    await client.until(() => isBroken() === true);
  });
});
