/** Repositories that a test brings along, as folders of the open folder. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Lets the test work with a repository without a commit, and removes it. */
export async function withRepository(work: (folder: string) => Promise<void>): Promise<void> {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(workspace, 'no folder is open');
  const folder = realpathSync(mkdtempSync(join(workspace.uri.fsPath, 'repository-')));
  git(folder, 'init', '--quiet');
  try {
    await work(folder);
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true });
  }
}

export async function openFile(folder: string, name: string): Promise<vscode.TextDocument> {
  const { document } = await vscode.window.showTextDocument(vscode.Uri.file(join(folder, name)), { preview: false });
  return document;
}

export function commit(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  git(folder, 'add', name);
  git(folder, '-c', 'user.name=suite', '-c', 'user.email=suite@example.com', 'commit', '--quiet', '--message', name);
}

export function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
}
