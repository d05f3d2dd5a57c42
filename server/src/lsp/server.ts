import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FailureLog } from './failure-log.ts';
import { clientFiles, type FileSource } from './files.ts';
import { codeActions } from './handlers/code-action.ts';
import { lensesOf } from './handlers/code-lens.ts';
import { completionsAt } from './handlers/completion.ts';
import { endpointsView } from './handlers/endpoints.ts';
import { hoverAt } from './handlers/hover.ts';
import { inlayHintsOf } from './handlers/inlay-hint.ts';
import { status } from './handlers/status.ts';
import { urlTest } from './handlers/test-url.ts';
import {
  ChangedNotification,
  CheckedElsewhereNotification,
  CommittedNotification,
  EndpointsRequest,
  type InitializationOptions,
  type Settings,
  StatusRequest,
  TestUrlRequest,
} from './protocol.ts';
import { Publisher } from './publisher.ts';
import { type Clock, Scheduler } from './scheduler.ts';
import { Session } from './session.ts';

/** What the server needs of the platform it runs on. */
export interface Host extends Clock {
  /** Reads the disk where the client does not provide files; undefined where there is no disk. */
  readonly disk: FileSource | undefined;
}

/** Answers one client on a connection until it says exit. */
export function serve(connection: Connection, host: Host): void {
  let session: Session | undefined;
  let mayWatch: boolean | undefined;
  connection.onInitialize((params) => {
    session = createSession(connection, host, params);
    mayWatch = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration;
    register(connection, session);
    return CAPABILITIES;
  });
  connection.onInitialized(async () => {
    if (mayWatch) watchFiles(connection);
    await session?.index();
  });
  connection.listen();
}

const CAPABILITIES: InitializeResult = {
  serverInfo: { name: 'kube-netlens' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    codeLensProvider: {},
    inlayHintProvider: true,
    completionProvider: { triggerCharacters: [' ', ':', '-', '"', "'"] },
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    workspace: { workspaceFolders: { supported: true } },
  },
};

function createSession(connection: Connection, host: Host, params: InitializeParams): Session {
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const failures = new FailureLog((text) => connection.console.error(text));
  const scheduler = new Scheduler(host, failures);
  const source = options.providesFiles || host.disk === undefined ? clientFiles(connection) : host.disk;
  const session = new Session(connection, scheduler, failures, source, rootsOf(params));
  if (options.settings !== undefined) session.setSettings(options.settings);
  session.runsCommands = options.runsCommands ?? false;
  session.showsLabelDetails =
    params.capabilities.textDocument?.completion?.completionItem?.labelDetailsSupport ?? false;
  session.refreshesLenses = params.capabilities.workspace?.codeLens?.refreshSupport ?? false;
  session.refreshesHints = params.capabilities.workspace?.inlayHint?.refreshSupport ?? false;
  return session;
}

function rootsOf(params: InitializeParams): readonly string[] {
  const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
  return folders.map((uri) => uri.replace(/\/$/, ''));
}

function register(connection: Connection, session: Session): void {
  new Publisher(session);
  registerDocuments(connection, session);
  connection.onCodeAction((params) => codeActions(session, params));
  connection.onHover((params) => hoverAt(session, params));
  connection.onCompletion((params) => completionsAt(session, params));
  connection.languages.inlayHint.on((params) => inlayHintsOf(session, params));
  connection.onCodeLens(({ textDocument }) => lensesOf(session, textDocument.uri));
  connection.onRequest(StatusRequest, ({ uri }) => status(session, uri));
  connection.onRequest(EndpointsRequest, (params) => endpointsView(session, params));
  connection.onRequest(TestUrlRequest, (params) => urlTest(session, params));
  connection.onDidChangeConfiguration(({ settings }) => session.setSettings((settings?.kubeNetlens ?? {}) as Settings));
  connection.onDidChangeWatchedFiles(({ changes }) => session.reload(changes.map((change) => change.uri)));
  connection.onNotification(CommittedNotification, (params) => session.setCommitted(params));
  connection.onNotification(CheckedElsewhereNotification, (params) => session.setCheckedElsewhere(params));
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
      session.changeDocument(TextDocument.update(document, contentChanges, textDocument.version));
  });
  connection.onDidCloseTextDocument(({ textDocument }) => session.closeDocument(textDocument.uri));
}

/** A client that refuses leaves us with the documents that it opens. */
function watchFiles(connection: Connection): void {
  const watchers = ['**/*.{yaml,yml}', '**/Kustomization'].map((globPattern) => ({ globPattern }));
  connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
}
