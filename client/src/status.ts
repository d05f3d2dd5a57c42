import { type Disposable, type Event, MarkdownString, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { StatusRequest, type StatusResult } from '../../server/src/lsp/protocol.ts';

/** Shows which set of manifests the open file belongs to: `NetLens: shop (12 files)`. `onChange` says that answers may be others. */
export function createStatusItem(client: BaseLanguageClient, onChange: Event<void>): Disposable {
  const item = window.createStatusBarItem('kubeNetlens.set', StatusBarAlignment.Left, 0);
  item.name = 'Kubernetes NetLens';
  const update = () => refresh(client, item);
  const changed = onChange(update);
  const switched = window.onDidChangeActiveTextEditor(update);
  return {
    dispose() {
      changed.dispose();
      switched.dispose();
      item.dispose();
    },
  };
}

async function refresh(client: BaseLanguageClient, item: StatusBarItem): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== 'yaml' || !client.isRunning()) return item.hide();
  const status = await client.sendRequest(StatusRequest, { uri: document.uri.toString() });
  if (window.activeTextEditor?.document !== document) return;
  item.text = textOf(status);
  item.tooltip = new MarkdownString(tooltipOf(status));
  if (status.set === undefined && status.skipped === undefined) item.hide();
  else item.show();
}

function textOf({ state, set, skipped }: StatusResult): string {
  if (state === 'indexing') return '$(loading~spin) NetLens';
  if (set === undefined) return skipped === undefined ? 'NetLens' : 'NetLens: not rendered';
  return `NetLens: ${set.name} (${set.files} ${set.files === 1 ? 'file' : 'files'})`;
}

function tooltipOf({ set, skipped, sets, skippedFiles }: StatusResult): string {
  const lines = [
    set === undefined
      ? `This file is left alone: ${skipped ?? 'it holds no manifest'}.`
      : `Applied together: ${set.reason}.`,
    set?.open === undefined ? '' : `Nothing is said to be missing here, since ${set.open}.`,
    `${sets} ${sets === 1 ? 'set' : 'sets'} in this workspace, ${skippedFiles} ${skippedFiles === 1 ? 'file' : 'files'} not rendered yet.`,
    'Clusters can be named in `.kube-netlens.yaml`.',
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}
