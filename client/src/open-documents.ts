import { Disposable, type TextDocument, workspace } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';

/** The part of the client that is needed to tell the server something. */
export type Teller = Pick<BaseLanguageClient, 'isRunning' | 'onDidChangeState' | 'sendNotification'>;

/** Something that the client finds out about a document and the server has to know: plain data. */
export interface Fact<T> {
  /** What the server takes for granted: it is told only what differs, and this again when the document is closed. */
  readonly usual: T;
  readonly find: (document: TextDocument) => T | Promise<T>;
  readonly tell: (uri: string, value: T) => Promise<void>;
}

/** Keeps the server informed of a fact about each open YAML document. `refresh` looks again whether anything has changed. */
export class OpenDocuments<T> {
  private readonly told = new Map<string, T>();
  /** Per document the last time that somebody looked; what an earlier look finds comes too late. */
  private readonly looks = new Map<string, symbol>();
  private readonly subscriptions: Disposable;

  constructor(
    private readonly client: Teller,
    private readonly fact: Fact<T>,
  ) {
    this.subscriptions = Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.look(document)),
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
      client.onDidChangeState(({ newState }) => newState === State.Running && this.startAgain()),
    );
    this.refresh();
  }

  refresh(): void {
    for (const document of workspace.textDocuments) void this.look(document);
  }

  async look(document: TextDocument): Promise<void> {
    if (document.languageId !== 'yaml') return;
    const uri = document.uri.toString();
    const look = Symbol(uri);
    this.looks.set(uri, look);
    const value = await this.fact.find(document);
    if (this.looks.get(uri) === look) this.tell(uri, value);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private forget({ uri }: TextDocument): void {
    this.looks.delete(uri.toString());
    this.tell(uri.toString(), this.fact.usual);
  }

  /** A server that was started again knows nothing. */
  private startAgain(): void {
    this.told.clear();
    this.refresh();
  }

  private tell(uri: string, value: T): void {
    const known = this.told.has(uri) ? (this.told.get(uri) as T) : this.fact.usual;
    if (isSame(value, known) || !this.client.isRunning()) return;
    if (isSame(value, this.fact.usual)) this.told.delete(uri);
    else this.told.set(uri, value);
    // A server that is just ending need not know.
    this.fact.tell(uri, value).catch(() => undefined);
  }
}

function isSame<T>(a: T, b: T): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
