import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestUrlRequest } from '../../server/src/lsp/protocol.ts';
import { LspClient } from '../support/lsp-client.ts';

const SHOP = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /cart
            pathType: Prefix
            backend:
              service: { name: cart, port: { number: 80 } }
`;
const URI = 'untitled:shop.yaml';

let client: LspClient;

beforeEach(async () => {
  client = LspClient.start();
  await client.initialize(undefined);
  await client.open(URI, SHOP);
});

afterEach(() => {
  client.process.kill();
});

function ask(url: string, uri = URI) {
  return client.connection.sendRequest(TestUrlRequest, { url, uri });
}

test('a URL is followed step by step, each with its place', async () => {
  const { answers } = await ask('https://shop.example.com/cart/items');
  expect(answers.map(({ outcome }) => outcome)).toEqual(['route']);
  const steps = answers[0]?.steps ?? [];
  expect(steps.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'class no class',
    'host shop.example.com',
    'path /cart Prefix',
    'backend default/cart:80',
    'nothing no Service cart in view',
  ]);
  expect(steps.map(({ location }) => location?.range.start.line)).toEqual([undefined, 5, 8, 11, undefined]);
  expect(steps[2]?.location?.uri).toBe(URI);
});

test('half-typed text has an answer, and known URLs to go on with', async () => {
  const { answers, suggestions } = await ask('shop.exam');
  expect(answers.map(({ outcome }) => outcome)).toEqual(['nothing']);
  expect(suggestions).toEqual(['http://shop.example.com/cart']);
});

test('a file that is in no set asks all of them', async () => {
  const { answers } = await ask('shop.example.com/cart', 'untitled:other.yaml');
  expect(answers.map(({ outcome }) => outcome)).toEqual(['route']);
});
