import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EndpointsControls, EndpointsRequest } from '../../server/src/lsp/protocol.ts';
import { LspClient } from '../support/lsp-client.ts';

const CART = `apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ name: http, port: 80, targetPort: web }, { name: metrics, port: 9090 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers: [{ name: cart, ports: [{ name: web, containerPort: 8080 }] }]
`;
const URI = 'untitled:cart.yaml';
const CONTROLS: EndpointsControls = {
  service: 'shop/cart',
  port: 0,
  client: '',
  traffic: 'internal',
  family: undefined,
  replicas: undefined,
  zones: undefined,
  nodes: undefined,
};

let client: LspClient;

beforeEach(async () => {
  client = LspClient.start();
  await client.initialize(undefined);
  await client.open(URI, CART);
});

afterEach(() => {
  client.process.kill();
});

/** The view of the Service of the first document, or of the one that the controls name. */
async function view(controls?: Partial<EndpointsControls>) {
  const position = { line: 2, character: 20 };
  const asked = controls === undefined ? { position } : { controls: { ...CONTROLS, ...controls } };
  const answer = await client.connection.sendRequest(EndpointsRequest, { uri: URI, ...asked });
  if (answer.type === 'empty') throw new Error(answer.reason);
  return answer.distribution;
}

test('the Service at the cursor, with everything that the view shows', async () => {
  const shown = await view();
  expect(shown).toMatchObject({ title: 'shop/cart', type: 'ClusterIP', portLabel: 'http 80', place: { line: 2 } });
  expect(shown.services).toEqual([{ value: 'shop/cart', label: 'shop/cart' }]);
  expect(shown.ports.map(({ label }) => label)).toEqual(['http 80', 'metrics 9090']);
  expect(shown.slices).toEqual([{ family: 'IPv4', ports: 'http 8080, metrics 9090', sizes: [3] }]);
  expect(shown.endpoints.map(({ targetPort, state }) => [targetPort, state])).toEqual(Array(3).fill([8080, 'ready']));
  expect(shown.endpoints[0]).toMatchObject({ workload: 'Deployment cart', place: { uri: URI, line: 9 } });
});

test('the workload at the cursor stands for the Service that selects it', async () => {
  const position = { line: 11, character: 0 };
  const answer = await client.connection.sendRequest(EndpointsRequest, { uri: URI, position });
  expect(answer).toMatchObject({ type: 'show', distribution: { title: 'shop/cart' } });
});

test('what is tried out replaces what the manifests say', async () => {
  const shown = await view({ replicas: 4, zones: 2, nodes: 4, client: 'b2', port: 1 });
  expect(shown.controls).toMatchObject({ replicas: 4, zones: 2, nodes: 4, client: 'b2', port: 1 });
  expect(shown.endpoints.map(({ node, zone }) => `${node} ${zone}`)).toEqual(['a1 a', 'b1 b', 'a2 a', 'b2 b']);
  expect(shown.endpoints.map(({ targetPort, share }) => [targetPort, share])).toEqual(Array(4).fill([9090, 0.25]));
});

test('the view follows edits, and stays with the Service of its name', async () => {
  const text = `# a line more\n${CART.replace('replicas: 3', 'replicas: 2')}`;
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: URI, version: 2 },
    contentChanges: [{ text }],
  });
  const shown = await view({});
  expect(shown.endpoints.map(({ share }) => share)).toEqual([0.5, 0.5]);
  expect(shown.place).toMatchObject({ line: 3 });
});

test('where there is no Service, what to do is said', async () => {
  const params = { uri: URI, controls: { ...CONTROLS, service: 'shop/other' } };
  expect(await client.connection.sendRequest(EndpointsRequest, params)).toMatchObject({
    type: 'empty',
    reason: 'Service shop/other is not there any more.',
  });
  const nowhere = { uri: 'untitled:none.yaml', position: { line: 0, character: 0 } };
  expect(await client.connection.sendRequest(EndpointsRequest, nowhere)).toMatchObject({
    type: 'empty',
    reason: 'There is no Service here.',
  });
});
