import {
  type Cluster,
  isJsonObject,
  type JsonObject,
  manifestOf,
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

/** The objects of files, in order, and what is wrong with the files that cannot be applied as they are. */
export function objectsOf(
  snapshot: Snapshot,
  uris: readonly string[],
): { readonly objects: readonly FoundObject[]; readonly problems: readonly string[] } {
  const objects = uris.flatMap((uri) => objectsIn(snapshot, uri));
  const problems = uris.flatMap((uri) => problemsOf(snapshot, uri));
  return { objects, problems };
}

function objectsIn(snapshot: Snapshot, uri: string): readonly FoundObject[] {
  const file = snapshot.files.get(uri);
  if (file === undefined || snapshot.skipReason(uri) !== undefined) return [];
  // What can be read of a broken document is not what kubectl would send.
  const sound = file.resources.filter(({ document }) => !document.problems.some(({ kind }) => kind === 'syntax'));
  return sound.flatMap((resource) => {
    // In the order of their keys the server meets unknown fields.
    const manifest = sortedJson(manifestOf(resource));
    if (!isJsonObject(manifest)) return [];
    const line = file.lines.positionAt(file.startOf(resource.document)).line + 1;
    const title = `${resource.kind} ${resource.name}`;
    return [{ uri, line, title, manifest, cluster: snapshot.clusterOf(uri) }];
  });
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
