import { expect, test } from 'vitest';
import { compareBackends, compareRouting } from './ingress.ts';

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /cart
            pathType: Prefix
            backend: { service: { name: cart, port: { number: 80 } } }
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  ports: [{ name: http, port: 80 }, { name: other, port: 81 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: cart-1, labels: { kubernetes.io/service-name: cart } }
addressType: IPv4
ports: [{ name: other, port: 80 }, { name: http, port: 8080 }]
endpoints:
  - { addresses: [192.0.2.7], conditions: { ready: true } }
  - { addresses: [192.0.2.8], conditions: { ready: false } }
`;

function files(...texts: readonly string[]) {
  return texts.map((text, index) => ({ uri: `${index}.yaml`, text }));
}

const request = { method: 'GET', scheme: 'http', host: 'shop.example.com' };

test('requests: what agrees counts, what differs is said', () => {
  const result = compareRouting(files(INGRESS, SERVICE), [
    { ...request, path: '/cart/items', expect: { status: 200, service: 'cart', ingress: 'shop' } },
    { ...request, path: '/cartoon', expect: { status: 404 } },
    { ...request, path: '/cartoon', expect: { status: 200, service: 'cart' } },
  ]);
  expect(result.agreed).toBe(2);
  expect(result.disagreed).toEqual([
    'GET http://shop.example.com/cartoon : status 200 (got 404), service "cart" (got undefined)',
  ]);
});

test('requests: an annotation that is not followed is named', () => {
  const redirecting = INGRESS.replace(
    'name: shop',
    'name: shop, annotations: { nginx.ingress.kubernetes.io/app-root: /a }',
  );
  const result = compareRouting(files(redirecting), [{ ...request, path: '/', expect: { status: 302 } }]);
  expect(result.unsupported).toEqual([{ count: 1, reason: "ingress-nginx's annotation app-root" }]);
});

test('backends: ports are joined by name, and endpoints that are not serving do not count', () => {
  const k8s = { namespace: 'default', service: 'cart', port: '80' };
  const routers = [
    { rule: '', service: 'right', k8s },
    { rule: '', service: 'wrong', k8s },
  ];
  const services = { right: ['http://192.0.2.7:8080'], wrong: ['http://192.0.2.7:80'] };
  const result = compareBackends(files(INGRESS, SERVICE), { routers, services }, {});
  expect(result.agreed).toBe(1);
  expect(result.disagreed).toEqual(['default/cart:80 : expected http://192.0.2.7:80 (got http://192.0.2.7:8080)']);
});
