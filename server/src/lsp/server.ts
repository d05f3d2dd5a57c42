import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { DiagnosticsPublisher } from './diagnostics.ts';
import { clientFiles, type FileSource } from './files.ts';
import { codeActions } from './handlers/code-action.ts';
import { lensesOf } from './handlers/code-lens.ts';
import { hoverAt } from './handlers/hover.ts';
import { status } from './handlers/status.ts';
import { ChangedNotification, type InitializationOptions, type Settings, StatusRequest } from './protocol.ts';
import { Scheduler, type Yield } from './scheduler.ts';
import { Session } from './session.ts';

/** What the server needs of the platform it runs on. */
export interface Host {
  readonly yieldToLoop: Yield;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Reads the disk where the client does not provide files; undefined where there is no disk. */
  readonly disk: FileSource | undefined;
}

/** Answers one client on a connection until it says exit. */
export function serve(connection: Connection, host: Host): void {
  let session: Session | undefined;
  connection.onInitialize((params) => {
    session = createSession(connection, host, params);
    register(connection, session);
    return CAPABILITIES;
  });
  connection.onInitialized(async () => {
    if (session === undefined) return;
    await watchFiles(connection);
    await session.index(host.yieldToLoop);
  });
  connection.listen();
}

const CAPABILITIES: InitializeResult = {
  serverInfo: { name: 'kube-netlens' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    workspace: { workspaceFolders: { supported: true } },
  },
};

function createSession(connection: Connection, host: Host, params: InitializeParams): Session {
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const scheduler = new Scheduler(host.yieldToLoop, host.now);
  const source = options.providesFiles || host.disk === undefined ? clientFiles(connection) : host.disk;
  const session = new Session(connection, scheduler, source, rootsOf(params));
  if (options.settings !== undefined) session.setSettings(options.settings);
  return session;
}

function rootsOf(params: InitializeParams): readonly string[] {
  const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
  return folders.map((uri) => uri.replace(/\/$/, ''));
}

function register(connection: Connection, session: Session): void {
  new DiagnosticsPublisher(session);
  registerDocuments(connection, session);
  connection.onCodeAction((params) => codeActions(session, params));
  connection.onHover((params) => hoverAt(session, params));
  connection.onCodeLens(({ textDocument }) => lensesOf(session, textDocument.uri));
  connection.onRequest(StatusRequest, ({ uri }) => status(session, uri));
  connection.onDidChangeConfiguration(({ settings }) => session.setSettings((settings?.kubeNetlens ?? {}) as Settings));
  connection.onDidChangeWatchedFiles(({ changes }) => session.reload(changes.map((change) => change.uri)));
  let revision = 0;
  session.onChange(() => void connection.sendNotification(ChangedNotification, { revision: ++revision }));
}

function registerDocuments(connection: Connection, session: Session): void {
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) =>
    session.openDocument(TextDocument.create(uri, languageId, version, text)),
  );
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = session.findDocument(textDocument.uri);
    if (document !== undefined)
      session.openDocument(TextDocument.update(document, contentChanges, textDocument.version));
  });
  connection.onDidCloseTextDocument(({ textDocument }) => session.closeDocument(textDocument.uri));
}

/** Clients that cannot watch simply refuse; open documents still work. */
async function watchFiles(connection: Connection): Promise<void> {
  const watchers = ['**/*.{yaml,yml}', '**/Kustomization'].map((globPattern) => ({ globPattern }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
}
