import type { StatusResult } from '../protocol.ts';
import type { Session } from '../session.ts';

/** Which set a file belongs to and why, or why it is left alone. */
export function status({ snapshot, isIndexed }: Session, uri: string): StatusResult {
  const set = snapshot.setOf(uri);
  return {
    state: isIndexed ? 'ready' : 'indexing',
    set: set && {
      name: set.name,
      files: set.uris.length,
      reason: set.reason,
      ...(set.openReason === undefined ? {} : { open: set.openReason }),
    },
    skipped: snapshot.skipReason(uri),
    sets: snapshot.sets.length,
    skippedFiles: snapshot.skipped.size,
  };
}
