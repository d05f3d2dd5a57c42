import {
  type Disposable,
  type ExtensionContext,
  Position,
  Range,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { ChangedNotification, type EndpointsParams, EndpointsRequest } from '../../../server/src/lsp/protocol.ts';
import type { Controls, Place, ToHost, ToPage } from '../../webview/endpoints/messages.ts';

/** Where a Service stands, as a lens gives it. */
export interface ServicePosition {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Opens the endpoint distribution of the Service at a place, or at the cursor, beside the editor. */
export function showEndpoints(context: ExtensionContext, client: BaseLanguageClient, at = cursorPosition()): void {
  if (at === undefined) {
    void window.showInformationMessage('Open a manifest and put the cursor into a Service first.');
    return;
  }
  const scripts = Uri.joinPath(context.extensionUri, 'dist', 'webview');
  const panel = window.createWebviewPanel(
    'kubeNetlens.endpoints',
    'Endpoints',
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, localResourceRoots: [scripts], retainContextWhenHidden: false },
  );
  panel.iconPath = Uri.joinPath(context.extensionUri, 'media', 'icon.png');
  context.subscriptions.push(new EndpointsPanel(panel, client, at));
  panel.webview.html = pageHtml(panel.webview, scripts);
}

function cursorPosition(): ServicePosition | undefined {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'yaml') return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** The host half of one view: it asks the server again after every edit, and tells the page what came of it. */
class EndpointsPanel implements Disposable {
  private controls: Controls | undefined;
  private question = 0;
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly panel: WebviewPanel,
    private readonly client: BaseLanguageClient,
    private readonly at: ServicePosition,
  ) {
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message: ToHost) => this.receive(message)),
      client.onNotification(ChangedNotification, () => this.refresh()),
      panel.onDidDispose(() => this.dispose()),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
    this.panel.dispose();
  }

  private receive(message: ToHost): void {
    if (message.type === 'open') void openPlace(message.place);
    else {
      if (message.type === 'controls') this.controls = message.controls;
      void this.refresh();
    }
  }

  private async refresh(): Promise<void> {
    const own = ++this.question;
    const controls = this.controls;
    const params: EndpointsParams = { ...this.at, ...(controls === undefined ? {} : { controls }) };
    const answer = await this.client.sendRequest(EndpointsRequest, params);
    // A later question is under way, or the view was closed.
    if (own !== this.question || this.subscriptions.length === 0) return;
    if (answer.type === 'show') this.follow(answer.distribution);
    await this.panel.webview.postMessage(answer satisfies ToPage);
  }

  /** From the first answer on the view stays with its Service, wherever that moves in its file. */
  private follow({ title, controls }: { readonly title: string; readonly controls: Controls }): void {
    this.panel.title = `Endpoints of ${title}`;
    this.controls ??= { ...controls, replicas: undefined, zones: undefined, nodes: undefined };
  }
}

async function openPlace({ uri, line, character }: Place): Promise<void> {
  const position = new Position(line, character);
  await window.showTextDocument(Uri.parse(uri), {
    viewColumn: ViewColumn.One,
    selection: new Range(position, position),
  });
}

/** The page allows nothing but its own script and stylesheet. */
function pageHtml(webview: Webview, scripts: Uri): string {
  const nonce = makeNonce();
  const script = webview.asWebviewUri(Uri.joinPath(scripts, 'endpoints.js'));
  const style = webview.asWebviewUri(Uri.joinPath(scripts, 'endpoints.css'));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Endpoint distribution</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
