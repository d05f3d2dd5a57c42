import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-protocol/node';
import { LspClient } from '../support/lsp-client.ts';

const URI = 'untitled:cart.yaml';
const POD = `---
apiVersion: v1
kind: Pod
metadata:
  name: cart
  labels: { version: "1" }
spec:
  containers: [{ name: cart, image: cart:1 }]
`;

/** What VS Code says of itself, and its extension to the server. */
const VSCODE = {
  capabilities: { textDocument: { completion: { completionItem: { labelDetailsSupport: true } } } },
  initializationOptions: { runsCommands: true },
};

let client: LspClient;

beforeEach(() => {
  client = LspClient.start();
});

afterEach(() => {
  client.process.kill();
});

/** What is offered at the end of the last line of a Service's spec. */
async function itemsAfter(spec: string, options?: object): Promise<readonly CompletionItem[]> {
  const service = `apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec:\n${spec}`;
  const lines = service.split('\n');
  await client.initialize(undefined, options);
  await client.open(URI, `${service}\n${POD}`);
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return await client.connection.sendRequest('textDocument/completion', { textDocument: { uri: URI }, position });
}

test('other editors get a choice with its text, its reason and its place in the order, and no command', async () => {
  const [first, ...others] = await itemsAfter('  type: ');
  expect(first).toEqual({
    label: 'ClusterIP',
    kind: 20,
    detail: 'an address inside of the cluster',
    sortText: '00000',
    filterText: 'ClusterIP',
    insertTextMode: 1,
    textEdit: { range: { start: { line: 4, character: 8 }, end: { line: 4, character: 8 } }, newText: 'ClusterIP' },
  });
  expect(others.map(({ sortText }) => sortText)).toEqual(['00001', '00002', '00003']);
});

test('VS Code shows the reason beside the label, and opens the next list behind a field', async () => {
  const items = await itemsAfter('  po', VSCODE);
  expect(items.find(({ label }) => label === 'ports')).toMatchObject({
    labelDetails: { description: 'What clients connect to, and the port of the Pods behind it.' },
    detail: 'What clients connect to, and the port of the Pods behind it.',
    textEdit: {
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 4 } },
      newText: 'ports:\n    - ',
    },
    command: { command: 'editor.action.triggerSuggest' },
  });
});

test('a value behind a quote is compared and written with the quote', async () => {
  expect(await itemsAfter('  selector:\n    version: "')).toMatchObject([
    {
      label: '1',
      filterText: '"1',
      textEdit: { range: { start: { line: 5, character: 13 }, end: { line: 5, character: 14 } }, newText: '"1"' },
    },
  ]);
});
