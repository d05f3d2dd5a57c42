import {
  type Disposable,
  type Event,
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
import { type EndpointsParams, EndpointsRequest, type EndpointsResult } from '../../../server/src/lsp/protocol.ts';
import type { Controls, Memory, Place, ToHost, ToPage } from '../../webview/endpoints/messages.ts';

/** Where a Service stands, as a lens gives it. Without a position the view has to know the Service's name. */
export interface ServicePlace {
  readonly uri: string;
  readonly position?: { readonly line: number; readonly character: number };
}

const VIEW_TYPE = 'kubeNetlens.endpoints';

/** The endpoint distribution of one Service: a panel beside the editor, opened once and shown again for other Services. */
export class EndpointsView implements Disposable {
  private panel: EndpointsPanel | undefined;
  private readonly restoring: Disposable;

  constructor(
    private readonly context: ExtensionContext,
    private readonly client: BaseLanguageClient,
    private readonly onChange: Event<void>,
  ) {
    this.restoring = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: { memory?: Memory } | undefined) => {
        const memory = state?.memory;
        if (memory === undefined) panel.dispose();
        else this.fill(panel, { uri: memory.uri }, memory.controls);
      },
    });
  }

  /** The panel stays: VS Code opens it again when it starts anew. */
  dispose(): void {
    this.restoring.dispose();
  }

  /** Shows the Service at a place, or at the cursor. */
  show(at: ServicePlace | undefined = cursorPosition()): void {
    if (at === undefined) {
      void window.showInformationMessage('Open a manifest and put the cursor into a Service first.');
      return;
    }
    if (this.panel !== undefined) {
      this.panel.show(at);
      return;
    }
    const beside = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.fill(window.createWebviewPanel(VIEW_TYPE, 'Endpoints', beside), at, undefined);
  }

  private fill(panel: WebviewPanel, at: ServicePlace, controls: Controls | undefined): void {
    const { extensionUri } = this.context;
    const scripts = Uri.joinPath(extensionUri, 'dist', 'webview');
    this.panel?.dispose();
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.webview.options = { enableScripts: true, localResourceRoots: [scripts] };
    const filled = new EndpointsPanel(panel, this.client, at, controls);
    const following = this.onChange(() => filled.refresh());
    this.panel = filled;
    panel.onDidDispose(() => {
      following.dispose();
      if (this.panel === filled) this.panel = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, scripts);
  }
}

function cursorPosition(): ServicePlace | undefined {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'yaml') return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** The host half of the view: it asks the server again after every edit, and tells the page what came of it. */
class EndpointsPanel implements Disposable {
  private question = 0;
  private isOpen = true;

  constructor(
    private readonly panel: WebviewPanel,
    private readonly client: BaseLanguageClient,
    private at: ServicePlace,
    private controls: Controls | undefined,
  ) {
    panel.webview.onDidReceiveMessage((message: ToHost) => this.receive(message));
    panel.onDidDispose(() => {
      this.isOpen = false;
    });
  }

  dispose(): void {
    this.panel.dispose();
  }

  show(at: ServicePlace): void {
    this.at = at;
    this.controls = undefined;
    this.panel.reveal(undefined, true);
    void this.refresh();
  }

  private receive(message: ToHost): void {
    if (message.type === 'open') void openPlace(message.place, this.panel.viewColumn);
    else {
      if (message.type === 'controls') this.controls = message.controls;
      void this.refresh();
    }
  }

  async refresh(): Promise<void> {
    const own = ++this.question;
    const { at, controls } = this;
    const params: EndpointsParams = { ...at, ...(controls === undefined ? {} : { controls }) };
    const answer = await this.client.sendRequest(EndpointsRequest, params).catch(() => undefined);
    // A later question is under way, or the view was closed, or the server has stopped.
    if (answer === undefined || own !== this.question || !this.isOpen) return;
    await this.panel.webview.postMessage(this.messageFor(answer));
  }

  private messageFor(answer: EndpointsResult): ToPage {
    if (answer.type === 'empty') return answer;
    const { title, controls } = answer.distribution;
    this.panel.title = `Endpoints of ${title}`;
    // From the first answer on the view stays with its Service, wherever that moves in its file.
    this.controls ??= { ...controls, family: undefined, replicas: undefined, zones: undefined, nodes: undefined };
    return { ...answer, memory: { uri: this.at.uri, controls: this.controls } };
  }
}

/** Where the file is shown already, else in another column than the view, so that both are in sight. */
async function openPlace({ uri, line, character }: Place, own: ViewColumn | undefined): Promise<void> {
  const position = new Position(line, character);
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const other = own === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
  await window.showTextDocument(Uri.parse(uri), {
    viewColumn: shown?.viewColumn ?? other,
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
