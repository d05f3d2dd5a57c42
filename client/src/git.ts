import { Disposable, type Event, extensions, type TextDocument, type Uri, workspace } from 'vscode';
import { CommittedNotification } from '../../server/src/lsp/protocol.ts';
import { OpenDocuments, type Teller } from './open-documents.ts';

/** What is used of the API of VS Code's own Git extension. */
interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: Event<boolean>;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: Event<Repository>;
  readonly onDidCloseRepository: Event<Repository>;
  getRepository(uri: Uri): Repository | null;
}

interface Repository {
  readonly state: { readonly HEAD: { readonly commit?: string } | undefined; readonly onDidChange: Event<void> };
  show(ref: string, path: string): Promise<string>;
}

/** Tells the server what is committed of the open YAML files. Where there is no Git, it is told nothing. */
export function followCommits(client: Teller): Disposable {
  const commits = new CommittedTexts(() => documents.refresh());
  const documents = new OpenDocuments<string | null>(client, {
    usual: null,
    find: (document) => commits.find(document),
    tell: (uri, text) => client.sendNotification(CommittedNotification, { uri, text }),
  });
  return Disposable.from(documents, commits);
}

/** The texts at HEAD. Git is asked for when the first file is, since starting must not wait for it. */
class CommittedTexts {
  private api: Promise<GitApi | undefined> | undefined;
  private readonly texts = new Map<string, { readonly commit: string; readonly text: Promise<string | null> }>();
  private following: Disposable[] = [];
  private readonly subscriptions = Disposable.from(
    workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.fsPath)),
    // Git may be there later: when the folder is trusted, for one.
    extensions.onDidChange(async () => (await this.api) ?? this.connectAgain()),
  );

  constructor(private readonly onChange: () => void) {}

  /** Null for a file that is new, in no repository, or of which nothing can be known. */
  async find({ uri }: TextDocument): Promise<string | null> {
    // The old side of a comparison has Git's own scheme.
    if (uri.scheme !== 'file') return null;
    this.api ??= this.connect().catch(() => undefined);
    const repository = (await this.api)?.getRepository(uri);
    const commit = repository?.state.HEAD?.commit;
    return repository && commit ? this.textAt(repository, commit, uri.fsPath) : null;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.disconnect();
  }

  /** The state of a repository changes with every save, but its commit rarely. */
  private textAt(repository: Repository, commit: string, path: string): Promise<string | null> {
    const known = this.texts.get(path);
    if (known?.commit === commit) return known.text;
    const text = repository.show(commit, path).catch(() => null);
    this.texts.set(path, { commit, text });
    return text;
  }

  /** In Restricted Mode and on the web the extension is not there; without a git program it is not enabled. */
  private async connect(): Promise<GitApi | undefined> {
    const git = await extensions.getExtension<GitExtension>('vscode.git')?.activate();
    if (git === undefined) return undefined;
    this.following.push(git.onDidChangeEnablement(() => this.connectAgain()));
    if (!git.enabled) return undefined;
    const api = git.getAPI(1);
    for (const repository of api.repositories) this.follow(repository);
    this.following.push(
      api.onDidOpenRepository((repository) => {
        this.follow(repository);
        this.onChange();
      }),
      api.onDidCloseRepository(this.onChange),
    );
    return api;
  }

  private follow({ state }: Repository): void {
    this.following.push(state.onDidChange(this.onChange));
  }

  private connectAgain(): void {
    this.disconnect();
    this.onChange();
  }

  private disconnect(): void {
    for (const each of this.following) each.dispose();
    this.following = [];
    this.texts.clear();
    this.api = undefined;
  }
}
