/** What the API server would say, while a manifest is written. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../poll.ts';
import { applyFix, hoverText, putCursorBehind, replaceText, typeKeys, withSetting } from './editing.ts';
import { waitForCodes, withManifest } from './manifests.ts';
import { commit, openFile, withRepository } from './repositories.ts';
import { test } from './tests.ts';

/** A Service that the server takes. Nothing else is in its namespace, so that nothing else is said of it. */
const API = `apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: suite
spec:
  type: NodePort
  clusterIP: 10.96.0.20
  ports:
    - name: http
      port: 80
      nodePort: 30001
`;

export const serverAnswers = [
  test('a port name that is not allowed is told while it is typed, and its fix makes it one', () =>
    withManifest('suite/port-name.yaml', API, async (document) => {
      putCursorBehind(document, 'name: http');
      await typeKeys('_');
      await waitForCodes(document, 'api/service/ports-name');
      await typeKeys('API');
      const diagnostic = await poll('the whole name to be marked', () => {
        const [first] = vscode.languages.getDiagnostics(document.uri);
        return first !== undefined && document.getText(first.range) === 'http_API' && first;
      });
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
      assert.match(
        diagnostic.message,
        /^spec\.ports\[0\]\.name: Invalid value: "http_API": a lowercase RFC 1123 label must/,
      );
      await applyFix(document, diagnostic.range, 'Write http-api');
      assert.match(document.getText(), /- name: http-api\n/);
      await waitForCodes(document);
    })),

  test('of a misspelt field the server tells which one is meant, and the fix renames it', () =>
    withManifest('suite/field.yaml', `${API}  slector:\n    app: api\n`, async (document) => {
      const [diagnostic] = await waitForCodes(document, 'api/service/unknown-field');
      assert.ok(diagnostic);
      assert.equal(document.getText(diagnostic.range), 'slector');
      assert.match(diagnostic.message, /unknown field "spec\.slector".*Did you mean selector\?/);
      await applyFix(document, diagnostic.range, 'Use selector');
      assert.match(document.getText(), /\n {2}selector:\n {4}app: api\n/);
    })),

  test('a node port that another file asks for is told, and the fix takes a free one', () =>
    withManifest('suite/taken.yaml', API.replaceAll(/api$/gm, 'other').replace('0.20', '0.21'), async () =>
      withManifest('suite/taker.yaml', API.replace('30001', '30002'), async (document) => {
        await waitForCodes(document);
        await replaceText(document, '30002', '30001');
        const [diagnostic] = await waitForCodes(document, 'service/collision');
        assert.ok(diagnostic);
        assert.equal(document.getText(diagnostic.range), '30001');
        assert.match(diagnostic.message, /^Service suite\/other has node port 30001/);
        await applyFix(document, diagnostic.range, 'Use 30000, which is free');
        await waitForCodes(document);
      }),
    )),

  test('the kind tells what the server will store, and why it refuses an object', () =>
    withManifest('suite/kind.yaml', API, async (document) => {
      const stored = await hoverText(document, 'kind: Service');
      assert.match(stored, /What the server will store/);
      assert.match(stored, /\n\+ {7}protocol: TCP\n\+ {7}targetPort: 80\n/);
      assert.match(stored, /\n\+ {3}clusterIPs: \[10\.96\.0\.20\]\n/);
      await replaceText(document, 'port: 80', 'port: 80000');
      await poll('the reason', async () =>
        /refuses.*\n.*must be between 1 and 65535/.test(await hoverText(document, 'kind: Service')),
      );
    })),

  test('inlay hints tell what the server fills in, if the setting is on', () =>
    withManifest('suite/inlay.yaml', API, async (document) => {
      await waitForHints(document);
      await withSetting('kubeNetlens.inlayHints.enabled', true, () =>
        waitForHints(document, 'spec: «IPv4»', 'port: 80 «→ targetPort 80 · TCP»'),
      );
      await waitForHints(document);
    })),
];

export const updates = [
  test('a committed address that is changed is told, and the fix goes back to it', () =>
    withRepository(async (folder) => {
      commit(folder, 'api.yaml', API);
      const document = await openFile(folder, 'api.yaml');
      await replaceText(document, '10.96.0.20', '10.96.0.22');
      const [diagnostic] = await waitForCodes(document, 'api/service/update');
      assert.ok(diagnostic);
      assert.equal(document.getText(diagnostic.range), '10.96.0.22');
      assert.match(diagnostic.message, /spec\.clusterIPs?\[0\]: Invalid value: .*may not change once set/);
      await applyFix(document, diagnostic.range, 'Go back to 10.96.0.20');
      assert.equal(document.getText(), API);
      await waitForCodes(document);
    })),

  test('what is committed later counts at once', () =>
    withRepository(async (folder) => {
      commit(folder, 'api.yaml', API);
      const document = await openFile(folder, 'api.yaml');
      await replaceText(document, '10.96.0.20', '10.96.0.22');
      await waitForCodes(document, 'api/service/update');
      await document.save();
      commit(folder, 'api.yaml', document.getText());
      await waitForCodes(document);
    })),
];

/** Waits until the hints of a document are exactly these, each with the text before it in its line. */
async function waitForHints(document: vscode.TextDocument, ...expected: readonly string[]): Promise<void> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  await poll(`the hints [${expected.join(', ')}]`, async () => {
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      all,
    );
    assert.deepEqual(
      hints.map(({ position, label }) => {
        const before = document.lineAt(position.line).text.slice(0, position.character).trim();
        return `${before} «${typeof label === 'string' ? label : label.map(({ value }) => value).join('')}»`;
      }),
      expected,
    );
    return true;
  });
}
