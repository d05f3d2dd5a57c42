import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { applyFix, replaceText } from './editing.ts';
import { waitForCodes, withManifest } from './manifests.ts';
import { test } from './tests.ts';

/** A Service that selects app=webs, in a namespace where there is only app=web. */
const WEB = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: suite
spec:
  selector:
    app: webs
  ports:
    - port: 80
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: suite
  labels:
    app: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
`;

/** The Pods that WEB's Service looks for, in a file of their own. */
const WEBS = `apiVersion: v1
kind: Pod
metadata:
  name: webs
  namespace: suite
  labels:
    app: webs
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
`;

export const diagnostics = [
  test('a Service that selects no Pod is marked where it says so', () =>
    withManifest('suite/marked.yaml', WEB, async (document) => {
      const [diagnostic] = await waitForCodes(document, 'service/selects-no-pods');
      assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Warning);
      assert.equal(diagnostic.range.start.line, WEB.split('\n').indexOf('    app: webs'));
    })),

  test('the quick fix of a warning makes it go away', () =>
    withManifest('suite/fixed.yaml', WEB, async (document) => {
      const [diagnostic] = await waitForCodes(document, 'service/selects-no-pods');
      assert.ok(diagnostic);
      await applyFix(document, diagnostic.range, 'Select app=web of Pod web');
      assert.match(document.getText(), /selector:\n {4}app: web\n/);
      await waitForCodes(document);
    })),

  test('a file that is created, renamed or deleted counts at once', () =>
    withManifest('suite/service.yaml', WEB, async (document) => {
      await waitForCodes(document, 'service/selects-no-pods');
      const [created, renamed] = ['pods.yaml', 'renamed.yaml'].map((name) =>
        vscode.Uri.joinPath(document.uri, '..', name),
      );
      assert.ok(created && renamed);
      await vscode.workspace.fs.writeFile(created, new TextEncoder().encode(WEBS));
      await waitForCodes(document);
      await vscode.workspace.fs.rename(created, renamed);
      await vscode.workspace.fs.delete(renamed);
      await waitForCodes(document, 'service/selects-no-pods');
    })),

  test('an edit that mends a manifest takes its warning away', () =>
    withManifest('suite/mended.yaml', WEB, async (document) => {
      await waitForCodes(document, 'service/selects-no-pods');
      await replaceText(document, 'webs', 'web');
      await waitForCodes(document);
    })),
];
