import { ApiAnswers, Cluster } from '../cluster/index.ts';
import type { FieldRef, Resource } from '../manifest/index.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { shift, type TextRange } from '../text/text-range.ts';
import { editTogether, type FieldPart, rangeOfPath, type YamlEdit } from '../yaml/index.ts';
import { CommittedFile } from './committed-file.ts';
import { ManifestFile } from './manifest-file.ts';
import { type ManifestSet, type Partition, partition } from './sets.ts';

/** A file's new text; undefined if the file is gone. */
export interface FileChange {
  readonly uri: string;
  readonly text: string | undefined;
}

/** A range of a file, in offsets. */
export interface Location {
  readonly uri: string;
  readonly range: TextRange;
}

/** What a snapshot is made of. */
interface Known {
  readonly roots: readonly string[];
  readonly files: ReadonlyMap<string, ManifestFile>;
  /** Undefined until somebody asks. */
  readonly partition: Partition | undefined;
  /** Why more files may come. */
  readonly incomplete: string | undefined;
  /** By URI, only of files of which it is known. */
  readonly committed: ReadonlyMap<string, CommittedFile>;
  /** What the API server has answered to objects that later snapshots share. */
  readonly answers: ApiAnswers;
}

/** All files of a workspace at one moment, and the clusters they make. Never changes: `apply` makes the next one. */
export class Snapshot {
  private clusterIndex: ReadonlyMap<string, Cluster> | undefined;
  private clusterCache: Cluster[] | undefined;

  private partition: Partition | undefined;

  private constructor(private readonly known: Known) {
    this.partition = known.partition;
  }

  get files(): ReadonlyMap<string, ManifestFile> {
    return this.known.files;
  }

  /** A workspace without files. `roots` are its folders' URIs without trailing slash; sets never span two of them. */
  static empty(roots: readonly string[]): Snapshot {
    return new Snapshot({
      roots,
      files: new Map(),
      partition: undefined,
      incomplete: undefined,
      committed: new Map(),
      answers: new ApiAnswers(),
    });
  }

  /** The snapshot after these changes; files and documents whose text is the same are shared with this one. */
  apply(changes: readonly FileChange[]): Snapshot {
    const files = new Map<string, ManifestFile | undefined>();
    for (const { uri, text } of changes) {
      const before = files.get(uri) ?? this.files.get(uri);
      files.set(
        uri,
        text === undefined ? undefined : text === before?.text ? before : ManifestFile.parse(uri, text, before),
      );
    }
    return this.replace(files);
  }

  /** The same with files that are parsed already; undefined for one that is gone. */
  replace(changes: ReadonlyMap<string, ManifestFile | undefined>): Snapshot {
    const files = new Map(this.files);
    let regroup = false;
    for (const [uri, file] of changes) {
      const before = files.get(uri);
      if (file === before) continue;
      regroup ||= groupingKey(before) !== groupingKey(file) || this.hasRepeated(file);
      if (file === undefined) files.delete(uri);
      else files.set(uri, file);
    }
    return this.with({ files, partition: regroup ? undefined : this.partition });
  }

  /** Whether a file brings an object that another file brings too. */
  private hasRepeated(file: ManifestFile | undefined): boolean {
    const repeated = this.partition?.repeated;
    if (file === undefined || repeated === undefined || repeated.size === 0) return false;
    return file.identities.some((identity) => repeated.has(identity));
  }

  /** The same files, with a reason why more may come; while there is one, nothing is said to be missing. */
  withIncomplete(reason: string | undefined): Snapshot {
    return this.with({ incomplete: reason });
  }

  /** The same, with the text of a file as last committed: what `Cluster.findStored` reads. Undefined if it is not known (any more). */
  withCommitted(uri: string, text: string | undefined): Snapshot {
    if (this.known.committed.get(uri)?.text === text) return this;
    const committed = new Map(this.known.committed);
    if (text === undefined) committed.delete(uri);
    else committed.set(uri, new CommittedFile(uri, text));
    return this.with({ committed });
  }

  private with(changes: Partial<Known>): Snapshot {
    return new Snapshot({ ...this.known, partition: this.partition, ...changes });
  }

  /** Computed when first asked for, since reading a workspace makes many snapshots that nobody asks. */
  private get parts(): Partition {
    this.partition ??= partition(this.files, this.known.roots);
    return this.partition;
  }

  get sets(): readonly ManifestSet[] {
    return this.parts.sets;
  }

  get clusters(): readonly Cluster[] {
    this.clusterCache ??= this.parts.sets.map((set) => this.clusterFrom(set));
    return this.clusterCache;
  }

  /** The cluster that a file's objects belong to; undefined for files that are left alone. */
  clusterOf(uri: string): Cluster | undefined {
    this.clusterIndex ??= new Map(
      this.parts.sets.flatMap((set, index) => set.uris.map((each) => [each, this.clusters[index] as Cluster] as const)),
    );
    return this.clusterIndex.get(uri);
  }

  /** The set that a file is in. */
  setOf(uri: string): ManifestSet | undefined {
    return this.parts.sets.find((set) => set.uris.includes(uri));
  }

  /** Why a file is left alone, if it is. */
  skipReason(uri: string): string | undefined {
    return this.parts.skipped.get(uri);
  }

  /** Files that are left alone, with the reasons. */
  get skipped(): ReadonlyMap<string, string> {
    return this.parts.skipped;
  }

  /** Where a field's text stands; a missing field is shown by its nearest parent. */
  locate({ resource, path }: FieldRef, part: FieldPart = 'value'): Location {
    const range = rangeOfPath(resource.document, path, part);
    return { uri: resource.uri, range: shift(range, this.startOf(resource)) };
  }

  /** Changes of a resource's document as edits of its file; undefined where one of them cannot be made. */
  edit(resource: FieldRef['resource'], edits: readonly YamlEdit[]): readonly TextEdit[] | undefined {
    const start = this.startOf(resource);
    const changes = editTogether(resource.document, edits);
    return changes?.map(({ range, newText }) => ({ range: shift(range, start), newText }));
  }

  private startOf(resource: FieldRef['resource']): number {
    return this.files.get(resource.uri)?.startOf(resource.document) ?? 0;
  }

  private clusterFrom(set: ManifestSet): Cluster {
    const files = set.uris.flatMap((uri) => this.files.get(uri) ?? []);
    const resources = files.flatMap((file) => file.resources);
    const unread = files.find((file) => file.unreadReason !== undefined)?.unreadReason;
    return new Cluster({
      name: set.name,
      resources,
      settings: set.settings,
      transformedBy: set.transformedBy,
      openReason: this.known.incomplete ?? set.openReason ?? unread,
      stored: this.known.committed.size === 0 ? undefined : () => this.storedIn(set),
      answers: this.known.answers,
    });
  }

  private storedIn(set: ManifestSet): readonly Resource[] {
    return set.uris.flatMap((uri) => this.known.committed.get(uri)?.read(this.files.get(uri)).resources ?? []);
  }
}

/** Everything about a file that decides which set it is in; sets are computed again only when it changes. */
function groupingKey(file: ManifestFile | undefined): string {
  if (file === undefined) return '';
  if (file.role === 'settings' || file.role === 'kustomization') return file.text;
  return `${file.role} ${file.isUntyped}\n${file.identities.join('\n')}`;
}
