import {
  type Cluster,
  dataOf,
  isBroken,
  isJsonObject,
  type Json,
  type JsonObject,
  type ManifestFile,
  manifestOf,
  type PlacedDocument,
  type Snapshot,
  sortedJson,
} from '../../core/index.ts';

/** An object of a file, as kubectl sends it. */
export interface FoundObject {
  readonly uri: string;
  /** Where it begins in its file, counted from 1. */
  readonly line: number;
  /** `Deployment cart`. */
  readonly title: string;
  readonly manifest: JsonObject;
  /** The cluster that its file belongs to. */
  readonly cluster: Cluster | undefined;
}

/**
 * The objects of files, in order, and what is wrong with the files that cannot be applied as they are. Of files that were `named`,
 * and were not just found in a directory, everything is taken for an object.
 */
export function objectsOf(
  snapshot: Snapshot,
  uris: readonly string[],
  named: ReadonlySet<string>,
): { readonly objects: readonly FoundObject[]; readonly problems: readonly string[] } {
  const objects = uris.flatMap((uri) => objectsIn(snapshot, uri, named.has(uri)));
  const problems = uris.flatMap((uri) => problemsOf(snapshot, uri));
  return { objects, problems };
}

function objectsIn(snapshot: Snapshot, uri: string, isNamed: boolean): readonly FoundObject[] {
  const file = snapshot.files.get(uri);
  if (file === undefined || snapshot.skipReason(uri) !== undefined) return [];
  if (file.role !== 'manifest' && !(isNamed && file.role === 'other')) return [];
  const objects: FoundObject[] = [];
  for (const placed of file.documents) {
    // What can be read of a broken document is not what kubectl would send.
    if (isBroken(placed.document)) continue;
    const untyped = untypedIn(placed, isNamed);
    const manifests = untyped === undefined ? placed.resources.map(manifestOf) : [untyped];
    objects.push(...manifests.flatMap((manifest) => foundObject(snapshot, file, placed, manifest)));
    // What has no type ends kubectl's reading of the file (cli-runtime/pkg/resource/visitor.go, StreamVisitor).
    if (untyped !== undefined) break;
  }
  return objects;
}

/** What of a document has no type. */
function untypedIn({ document, untyped: [first], resources }: PlacedDocument, isNamed: boolean): Json | undefined {
  if (first !== undefined) return dataOf(first.node);
  const isOther = isNamed && resources.length === 0 && document.root?.kind === 'mapping';
  const { apiVersion, kind } = isOther ? (document.data as JsonObject) : {};
  const isTyped = typeof apiVersion === 'string' && typeof kind === 'string';
  return isOther && !isTyped ? document.data : undefined;
}

function foundObject(
  snapshot: Snapshot,
  file: ManifestFile,
  { document, start }: PlacedDocument,
  manifest: Json,
): readonly FoundObject[] {
  // In the order of their keys the server meets unknown fields.
  const sorted = sortedJson(manifest);
  if (!isJsonObject(sorted)) return [];
  const line = file.lines.positionAt(start + (document.root?.range.start ?? 0)).line + 1;
  return [{ uri: file.uri, line, title: titleOf(sorted), manifest: sorted, cluster: snapshot.clusterOf(file.uri) }];
}

function titleOf({ kind, metadata }: JsonObject): string {
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  return [kind, name].filter((text) => typeof text === 'string' && text !== '').join(' ');
}

function problemsOf(snapshot: Snapshot, uri: string): readonly string[] {
  const reason = snapshot.skipReason(uri);
  if (reason !== undefined) return [`${uri} is left alone: ${reason}`];
  const file = snapshot.files.get(uri);
  return (file?.documents ?? []).flatMap(({ document, start }) =>
    document.problems
      .filter(({ kind }) => kind === 'syntax')
      .map(({ message, range }) => {
        const line = (file?.lines.positionAt(start + range.start).line ?? 0) + 1;
        return `error parsing ${uri}: line ${line}: ${message}`;
      }),
  );
}
