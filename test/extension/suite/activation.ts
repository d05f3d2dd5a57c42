import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './tests.ts';

const EXTENSION = 'kube-netlens.kube-netlens';

export const activation = [
  test('the folder is trusted, except where the run is about Restricted Mode', () => {
    assert.equal(vscode.workspace.isTrusted, process.env['KUBE_NETLENS_RESTRICTED'] !== '1');
  }),

  test('the extension activates', async () => {
    await activate();
    assert.equal(vscode.extensions.getExtension(EXTENSION)?.isActive, true);
  }),

  test('every command in the manifest is registered', async () => {
    const { packageJSON } = await activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = declaredCommands(packageJSON).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  }),
];

async function activate(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(EXTENSION);
  assert.ok(extension, `${EXTENSION} is not installed`);
  await extension.activate();
  return extension;
}

interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
}

function declaredCommands(manifest: Manifest): string[] {
  return (manifest.contributes?.commands ?? []).map(({ command }) => command);
}
