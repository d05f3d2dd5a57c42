import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptSuggestion, putCursorBehind, suggestionsAtCursor, typeKeys } from './editing.ts';
import { waitForCodes, withManifest } from './manifests.ts';
import { test } from './tests.ts';

/** A Service in front of Pods with two ports, and an Ingress in front of it. What is to be typed is missing. */
const SHOP = `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: suite
spec:
  type:
  selector:
    app: cart
  ports:
    - name: web
      port: 80
      targetPort:
    - name: admin
      port: 81
      targetPort: 9090
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: suite
spec:
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
            - name: metrics
              containerPort: 9090
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cart
  namespace: suite
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name:
          - path: /admin
            pathType: Prefix
            backend:
              service:
                name: cart
                port:
                  name:
`;

/** A Service that ends where its ports are to be typed. */
const BEGUN = `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: suite
spec:
  selector:
    app: cart`;

export const completion = [
  test('a target port is chosen from the ports of the Pods, a type from those that there are', () =>
    withManifest('suite/values.yaml', SHOP, async (document) => {
      putCursorBehind(document, 'port: 80\n      targetPort:');
      await typeKeys(' ');
      assert.deepEqual(await suggestionsAtCursor(document), ['http', '8080', 'metrics', '9090']);
      await typeKeys('m');
      await acceptSuggestion(document);
      assert.match(document.getText(), /\n {6}targetPort: metrics\n {4}- name: admin/);
      putCursorBehind(document, 'type:');
      await typeKeys(' ');
      assert.deepEqual(await suggestionsAtCursor(document), ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']);
    })),

  test('an Ingress chooses from the Services, and from the ports of the one it names', () =>
    withManifest('suite/backends.yaml', SHOP, async (document) => {
      putCursorBehind(document, 'service:\n                name:');
      await typeKeys(' ');
      assert.deepEqual(await suggestionsAtCursor(document), ['cart']);
      await acceptSuggestion(document);
      assert.match(document.getText(), /service:\n {16}name: cart\n {10}- path: \/admin/);
      putCursorBehind(document, 'port:\n                  name:');
      await typeKeys(' ');
      assert.deepEqual(await suggestionsAtCursor(document), ['web', 'admin']);
      await typeKeys('a');
      await acceptSuggestion(document);
      assert.match(document.getText(), /port:\n {18}name: admin\n$/);
    })),

  test('after Enter the fields that are missing are offered, and the list is written with its indentation', () =>
    withManifest('suite/fields.yaml', BEGUN, async (document) => {
      putCursorBehind(document, BEGUN);
      await typeKeys('\n');
      await vscode.commands.executeCommand('outdent');
      await typeKeys('po');
      await acceptSuggestion(document);
      assert.equal(document.getText(), `${BEGUN}\n  ports:\n    - `);
      assert.deepEqual(await suggestionsAtCursor(document), [
        'port',
        'name',
        'protocol',
        'appProtocol',
        'targetPort',
        'nodePort',
      ]);
      await typeKeys('po');
      await acceptSuggestion(document);
      await typeKeys('80\n');
      assert.deepEqual(await suggestionsAtCursor(document), [
        'name',
        'protocol',
        'appProtocol',
        'targetPort',
        'nodePort',
      ]);
      await typeKeys('pr');
      await acceptSuggestion(document);
      await typeKeys('U');
      await acceptSuggestion(document);
      assert.equal(document.getText(), `${BEGUN}\n  ports:\n    - port: 80\n      protocol: UDP`);
      await waitForCodes(document);
    })),
];
