import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/** A client of the real server, over stdio, as an editor is one. */
export class LspClient {
  readonly connection: ProtocolConnection;
  /** Everything that was published, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(readonly process: ChildProcess) {
    const { stdin, stdout } = process;
    if (stdin === null || stdout === null) throw new Error('The server has no pipes.');
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      this.wake();
    });
  }

  /** Starts `dist/cli.mjs lsp --stdio`, built first if it is not there. */
  static start(): LspClient {
    if (!existsSync('dist/cli.mjs')) execFileSync(process.execPath, ['scripts/build.mjs']);
    const client = new LspClient(
      spawn(process.execPath, [resolve('dist/cli.mjs'), 'lsp', '--stdio'], { stdio: 'pipe' }),
    );
    client.process.once('exit', () => client.wake());
    client.connection.listen();
    return client;
  }

  /** The server's capabilities and what else it answers to `initialize`. */
  async initialize(folder: string | undefined, options: object = {}): Promise<unknown> {
    const workspaceFolders = folder === undefined ? null : [{ uri: folder, name: 'workspace' }];
    const result = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder ?? null,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      workspaceFolders,
      ...options,
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  async open(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
  }

  /** What was published last for a file; undefined before anything was. */
  latest(uri: string): readonly Diagnostic[] | undefined {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics;
  }

  /** Settles as soon as the condition holds, looking again whenever the server says something; fails if the server ends. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.process.exitCode !== null) throw new Error(`The server ended with ${this.process.exitCode}.`);
      await new Promise<void>((done) => this.waiting.add(done));
    }
  }

  /** Says goodbye as the protocol asks, and gives the exit code. */
  async stop(): Promise<number | null> {
    const exited = new Promise<number | null>((done) => this.process.once('exit', done));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return await exited;
  }

  /** Lets everyone who waits look again. */
  wake(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const done of waiting) done();
  }
}
