/** Manifests that a test brings along, as files of the open folder. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../poll.ts';

/** Opens a new file with this text in an editor, lets the test work with it, and removes it. */
export async function withManifest(
  path: string,
  text: string,
  work: (document: vscode.TextDocument) => Promise<void>,
): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  const uri = vscode.Uri.joinPath(folder.uri, path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const { document } = await vscode.window.showTextDocument(uri);
  try {
    await work(document);
  } finally {
    await empty(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(uri);
  }
}

/** VS Code keeps a closed document open for extensions for a while; what it says must not outlive its test. */
async function empty(document: vscode.TextDocument): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end),
    '',
  );
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

/** Waits until a document's diagnostics have exactly these codes, and returns them. */
export async function waitForCodes(
  { uri }: vscode.TextDocument,
  ...codes: readonly string[]
): Promise<readonly vscode.Diagnostic[]> {
  return await poll(`the diagnostics [${codes.join(', ')}]`, () => {
    const diagnostics = vscode.languages.getDiagnostics(uri);
    return diagnostics.map(codeOf).sort().join() === [...codes].sort().join() && diagnostics;
  });
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
