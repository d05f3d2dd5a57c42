import type { CodeLens, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type FileChange, ManifestFile, Snapshot } from '../core/index.ts';
import type { FailureLog } from './failure-log.ts';
import type { FileSource } from './files.ts';
import type { CheckedElsewhere, CheckedElsewhereParams, CommittedParams, Settings } from './protocol.ts';
import type { Scheduler } from './scheduler.ts';

/** How many files are asked for at once. */
const BATCH = 50;

/** What the server knows of one client: its files, open documents and settings. Requests read one snapshot of it. */
export class Session {
  settings: Settings = {};
  /** Whether every file was read once; until then nothing is claimed to be missing. */
  isIndexed = false;
  /** The client carries out our commands, so hovers may offer them. */
  runsCommands = false;
  /** The client has room for words behind every choice of a list. */
  showsLabelDetails = false;
  /** The client asks for lenses again when it is told to. */
  refreshesLenses = false;
  /** The same for inlay hints. */
  refreshesHints = false;
  /** The document that was edited last, whose findings people wait for. */
  lastChanged: string | undefined;
  /** The document that somebody has typed in since the last pause. */
  lastTyped: string | undefined;
  /** Per file, the lenses of its last text that was not broken. */
  readonly lastLenses = new Map<string, CodeLens[]>();
  private current: Snapshot;
  private reading: Promise<unknown> = Promise.resolve();
  private readonly open = new Map<string, TextDocument>();
  /** Files that were read for the first time and are not in the snapshot yet. */
  private readonly arriving = new Map<string, ManifestFile | undefined>();
  /** What another extension does for open files. */
  private readonly checkedElsewhere = new Map<string, readonly CheckedElsewhere[]>();
  private readonly listeners: (() => void)[] = [];

  constructor(
    readonly connection: Connection,
    readonly scheduler: Scheduler,
    readonly failures: FailureLog,
    private readonly files: FileSource,
    private readonly roots: readonly string[],
  ) {
    this.current = Snapshot.empty(roots).withIncomplete('the workspace is still being read');
  }

  get snapshot(): Snapshot {
    return this.current;
  }

  /** Calls back after every change of files or settings. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  openDocument(document: TextDocument): void {
    this.open.set(document.uri, document);
    this.lastChanged = document.uri;
    this.apply([{ uri: document.uri, text: document.getText() }]);
  }

  /** A document that somebody types in. */
  changeDocument(document: TextDocument): void {
    this.lastTyped = document.uri;
    this.openDocument(document);
  }

  get openDocuments(): readonly string[] {
    return [...this.open.keys()];
  }

  findDocument(uri: string): TextDocument | undefined {
    return this.open.get(uri);
  }

  /** From now on the file's own text counts again. */
  async closeDocument(uri: string): Promise<void> {
    this.open.delete(uri);
    await this.reload([uri]);
  }

  setSettings(settings: Settings): void {
    this.settings = settings;
    this.notify();
  }

  /** Remembers the text of a file as last committed; null forgets it. */
  setCommitted({ uri, text }: CommittedParams): void {
    const next = this.current.withCommitted(uri, text ?? undefined);
    if (next === this.current) return;
    this.current = next;
    this.notify();
  }

  setCheckedElsewhere({ uri, elsewhere }: CheckedElsewhereParams): void {
    if (String(this.checkedElsewhere.get(uri) ?? []) === String(elsewhere)) return;
    if (elsewhere.length > 0) this.checkedElsewhere.set(uri, elsewhere);
    else this.checkedElsewhere.delete(uri);
    this.notify();
  }

  /** Whether unknown and wrongly typed fields of a file are ours to show. */
  checksSchema(uri: string): boolean {
    return this.settings.schemaChecks !== 'never' && this.isOurs(uri, 'schema');
  }

  /** Whether names of fields are ours to complete. */
  completesSchema(uri: string): boolean {
    return this.settings.schemaChecks !== 'never' && this.isOurs(uri, 'completion');
  }

  /** Whether it is ours to show what is no YAML to anybody. */
  checksYaml(uri: string): boolean {
    return this.isOurs(uri, 'yaml');
  }

  private isOurs(uri: string, what: CheckedElsewhere): boolean {
    return this.settings.schemaChecks === 'always' || !this.checkedElsewhere.get(uri)?.includes(what);
  }

  /** Reads every file of the workspace, then says so. What could not be read may hold anything. */
  async index(): Promise<void> {
    const failure = await this.readAll().catch(() => 'the files of the workspace cannot be read');
    this.takeArrived();
    this.current = this.current.withIncomplete(failure);
    this.isIndexed = true;
    this.notify();
  }

  /** Whoever asks a new snapshot waits for its sets, so files come into it in few steps, each at least as large as all before. */
  private async readAll(): Promise<undefined> {
    const uris = await this.files.find(this.roots);
    for (let start = 0; start < uris.length; start += BATCH) {
      for (const [uri, file] of await this.read(uris.slice(start, start + BATCH))) this.arriving.set(uri, file);
      if (this.arriving.size >= this.current.files.size) this.takeArrived();
    }
  }

  private takeArrived(): void {
    this.take(this.arriving);
    this.arriving.clear();
  }

  /** Reads files again that were created, changed or deleted outside of the editor; those that cannot be read are gone. */
  async reload(uris: readonly string[]): Promise<void> {
    const gone = new Map(uris.map((uri) => [uri, undefined]));
    this.take(await this.read(uris).catch(() => gone));
    for (const uri of uris) this.arriving.delete(uri);
    this.notify();
  }

  /** A document may have been opened while its file was read: the editor's text wins. */
  private take(files: ReadonlyMap<string, ManifestFile | undefined>): void {
    this.current = this.current.replace(new Map([...files].filter(([uri]) => !this.open.has(uri))));
  }

  /** One reading at a time: of two of the same file the one that began later must also be the one that counts. */
  private read(uris: readonly string[]): Promise<ReadonlyMap<string, ManifestFile | undefined>> {
    const turn = this.reading.then(() => this.readNow(uris));
    this.reading = turn.catch(() => undefined);
    return turn;
  }

  private async readNow(uris: readonly string[]): Promise<ReadonlyMap<string, ManifestFile | undefined>> {
    const wanted = uris.filter((uri) => !this.open.has(uri));
    const texts = await this.files.read(wanted);
    const files = new Map<string, ManifestFile | undefined>();
    for (const [index, uri] of wanted.entries()) files.set(uri, await this.parse(uri, texts[index]));
    return files;
  }

  /** Parses document by document, letting messages in whenever a slice of time is used up. */
  private async parse(uri: string, text: string | undefined): Promise<ManifestFile | undefined> {
    if (text === undefined) return undefined;
    const steps = ManifestFile.parseInSteps(uri, text, this.current.files.get(uri));
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      await this.scheduler.breathe();
    }
  }

  private apply(changes: readonly FileChange[]): void {
    this.current = this.current.apply(changes);
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}
