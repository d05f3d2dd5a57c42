/** What a person does in the open editor, and what the editor answers. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../poll.ts';

/** Replaces the first occurrence of a text. */
export async function replaceText(document: vscode.TextDocument, text: string, replacement: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), replacement);
  await vscode.workspace.applyEdit(edit);
}

/** Puts the cursor behind the first occurrence of a text. */
export function putCursorBehind(document: vscode.TextDocument, text: string): void {
  const { end } = rangeOf(document, text);
  activeEditor(document).selection = new vscode.Selection(end, end);
}

/** Types key by key, with all that the editor adds, such as the indentation of a new line. */
export async function typeKeys(keys: string): Promise<void> {
  for (const key of keys) await vscode.commands.executeCommand('type', { text: key });
}

/** Opens the list of suggestions and takes the one that is selected: the best for what was typed. */
export async function acceptSuggestion(document: vscode.TextDocument): Promise<void> {
  const before = document.getText();
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await poll('a suggestion', async () => {
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    return document.getText() !== before;
  });
}

/** What is offered at the cursor, as soon as there is something, in the order of the list. */
export async function suggestionsAtCursor(document: vscode.TextDocument): Promise<readonly string[]> {
  return await poll('suggestions', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      activeEditor(document).selection.active,
    );
    // The editor itself offers the words of the file.
    const ours = items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    const inOrder = ours.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    return inOrder.length > 0 && inOrder.map(({ label }) => (typeof label === 'string' ? label : label.label));
  });
}

/** Applies the quick fix with this title to what is marked in a range. */
export async function applyFix({ uri }: vscode.TextDocument, range: vscode.Range, title: string): Promise<void> {
  const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    10,
  );
  const edit = fixes.find((fix) => fix.title === title)?.edit;
  assert.ok(edit, `no fix is called ${title}; there are: ${fixes.map((fix) => fix.title).join(', ') || 'none'}`);
  await vscode.workspace.applyEdit(edit);
}

/** The hover on the first occurrence of a text. */
export async function hoverText(document: vscode.TextDocument, text: string): Promise<string> {
  const position = rangeOf(document, text).start.translate(0, 1);
  return await poll(`a hover on ${text}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value));
    return texts.length > 0 && texts.join('\n');
  });
}

/** Works with a setting of the user, and takes it back. */
export async function withSetting(name: string, value: unknown, work: () => Promise<unknown>): Promise<void> {
  const set = (to: unknown) => vscode.workspace.getConfiguration().update(name, to, vscode.ConfigurationTarget.Global);
  await set(value);
  try {
    await work();
  } finally {
    await set(undefined);
  }
}

function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `the document does not contain ${text}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

function activeEditor(document: vscode.TextDocument): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor?.document === document, `${document.uri} is not in the active editor`);
  return editor;
}
