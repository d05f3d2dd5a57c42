import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../poll.ts';
import { hoverText, replaceText, withSetting } from './editing.ts';
import { waitForCodes, withManifest } from './manifests.ts';
import { test } from './tests.ts';

/** A Service in front of three Pods, named in a variable. */
const CART = `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: suite
spec:
  selector:
    app: cart
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: suite
spec:
  replicas: 3
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      containers:
        - name: cart
          image: registry.example.com/cart:1.0
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: SELF
              value: http://cart.suite:80/
`;

/** The same, with a policy that lets them reach nothing but themselves. */
const POLICY = `${CART}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: suite
spec:
  podSelector:
    matchLabels:
      app: cart
  policyTypes: [Egress]
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: cart
`;

/** The same behind an Ingress that names the container's port. */
const INGRESS = `${CART}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cart
  namespace: suite
spec:
  ingressClassName: nginx
  rules:
    - host: suite.example.com
      http:
        paths:
          - path: /cart
            pathType: Prefix
            backend:
              service:
                name: cart
                port:
                  number: 8080
`;

export const answers = [
  test('a Service tells its names, its address and its ports', () =>
    withManifest('suite/hover.yaml', CART, async (document) => {
      const hover = await hoverText(document, 'cart');
      assert.match(hover, /ClusterIP Service in suite → 3 Pods of Deployment cart/);
      assert.match(hover, /`cart\.suite\.svc\.cluster\.local`/);
      assert.match(hover, /from `10\.96\.1\.1` to `10\.111\.255\.254`/);
      assert.match(hover, /\[8080\]\(file:.*hover\.yaml#L34,/);
    })),

  test('a host name in a value leads to its Service', () =>
    withManifest('suite/host.yaml', CART, async (document) => {
      const hover = await hoverText(document, 'cart.suite');
      assert.match(hover, /Service \[suite\/cart\]/);
      assert.match(hover, /name 2 of the search list/);
    })),

  test('a lens counts the Pods of a Service, and follows an edit', () =>
    withManifest('suite/lens.yaml', CART, async (document) => {
      await waitForLens(document, /→ 3 Pods of Deployment cart/);
      await replaceText(document, 'replicas: 3', 'replicas: 5');
      await waitForLens(document, /→ 5 Pods of Deployment cart/);
    })),

  test('while the YAML is broken, the last lenses stay', () =>
    withManifest('suite/broken.yaml', CART, async (document) => {
      await waitForLens(document, /→ 3 Pods/);
      await replaceText(document, '  ports:', '  broken: [\n  ports:');
      await waitForCodes(document, 'yaml/syntax');
      await waitForLens(document, /→ 3 Pods/);
    })),

  test('a policy says whom it lets in, and offers to let DNS out', () =>
    withManifest('suite/policy.yaml', POLICY, async (document) => {
      await waitForCodes(document, 'network-policy/egress-blocks-dns');
      assert.match(await hoverText(document, 'to:'), /lets out to Pods with `app=cart`/);
      await waitForLens(document, /isolates 1 workload/);
    })),

  test('an Ingress path says what it matches and where it leads', () =>
    withManifest('suite/ingress.yaml', INGRESS, async (document) => {
      await waitForCodes(document, 'ingress/backend-port-missing');
      assert.match(await hoverText(document, '/cart\n'), /matches `\/cart`/);
      await waitForLens(document, /test a URL/);
    })),

  test('a rule can be turned off in the settings', () =>
    withManifest('suite/settings.yaml', CART.replace('app: cart', 'app: carts'), async (document) => {
      await waitForCodes(document, 'service/selects-no-pods');
      await withSetting('kubeNetlens.rules', { 'service/selects-no-pods': 'off' }, () => waitForCodes(document));
      await waitForCodes(document, 'service/selects-no-pods');
    })),
];

async function waitForLens({ uri }: vscode.TextDocument, title: RegExp): Promise<void> {
  await poll(`a lens with ${title}`, async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
    const titles = lenses.map((lens) => lens.command?.title ?? '(no command)');
    assert.ok(
      titles.some((each) => title.test(each)),
      `the lenses are: ${titles.join(', ') || 'none'}`,
    );
    return true;
  });
}
