import * as vscode from 'vscode';
import { withSetting } from './editing.ts';
import { waitForCodes, withManifest } from './manifests.ts';
import { test } from './tests.ts';

/** A Service whose label is a number, which the schema of Kubernetes does not allow. */
const CART = `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: suite
  labels:
    version: 1.10
spec:
  type: ExternalName
  externalName: cart.example.com
`;

const WRONG_TYPE = 'api/service/wrong-type';

export const schemaChecks = [
  test('wrong types are shown, unless the settings say never', () =>
    withManifest('suite/types-never.yaml', CART, async (document) => {
      await waitForCodes(document, WRONG_TYPE);
      await withSetting('kubeNetlens.schemaChecks', 'never', () => waitForCodes(document));
      await waitForCodes(document, WRONG_TYPE);
    })),
];

/** In a VS Code that has the YAML extension, or what stands in for it. */
export const besideYaml = [
  test('wrong types are left to the YAML extension where it has a schema of Kubernetes for the file', () =>
    withManifest('suite/types-kubernetes.yaml', CART, async (document) => {
      await waitForCodes(document, WRONG_TYPE);
      await withSetting('yaml.schemas', { kubernetes: ['/suite/*.yaml'] }, () => waitForCodes(document));
      await waitForCodes(document, WRONG_TYPE);
    })),

  test('wrong types are shown where the YAML extension is told to show nothing', () =>
    withManifest('suite/types-off.yaml', CART, (document) =>
      withSetting('yaml.schemas', { kubernetes: ['/suite/*.yaml'] }, async () => {
        await waitForCodes(document);
        await withSetting('yaml.completion', false, () => waitForCodes(document));
        await withSetting('yaml.validate', false, () => waitForCodes(document, WRONG_TYPE));
      }),
    )),

  test('what is no YAML is left to the YAML extension too, unless that shows nothing', () =>
    withManifest('suite/no-yaml.yaml', CART, async (document) => {
      await waitForCodes(document, WRONG_TYPE);
      await insertLine(document, 'status: {');
      await waitForCodes(document);
      await withSetting('yaml.validate', false, () => waitForCodes(document, 'yaml/syntax'));
    })),

  test('wrong types are always shown if the settings say so', () =>
    withManifest(
      'suite/types-always.yaml',
      `# yaml-language-server: $schema=service.json\n${CART}`,
      async (document) => {
        await waitForCodes(document);
        await withSetting('kubeNetlens.schemaChecks', 'always', () => waitForCodes(document, WRONG_TYPE));
      },
    )),

  test('other schemas and other files do not count', () =>
    withManifest('suite/types-others.yaml', CART, async (document) => {
      const schemas = { kubernetes: 'other/*.yaml', 'https://example.com/schema.json': '*.yaml' };
      // The last of these settings hides what the first must not hide.
      await withSetting('yaml.schemas', schemas, () => waitForCodes(document, WRONG_TYPE));
      const url = 'https://example.com/kubernetes/all.json';
      await withSetting('yaml.schemas', { ...schemas, [url]: '*.yaml' }, () => waitForCodes(document));
    })),

  test('a comment at the top of the file names a schema, or none', () =>
    withManifest('suite/types-modeline.yaml', CART, async (document) => {
      await waitForCodes(document, WRONG_TYPE);
      await insertLine(document, '---');
      await insertLine(document, '# yaml-language-server: $schema=https://example.com/service.json');
      await waitForCodes(document);
      await withSetting('yaml.schemas', { kubernetes: '*.yaml' }, async () => {
        await insertLine(document, '# yaml-language-server: $schema=none');
        await waitForCodes(document, WRONG_TYPE);
      });
    })),
];

async function insertLine({ uri }: vscode.TextDocument, line: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), `${line}\n`);
  await vscode.workspace.applyEdit(edit);
}
