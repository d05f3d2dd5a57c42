import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { inlayHints } from '../../core/index.ts';
import type { Session } from '../session.ts';

/** The hints of a part of a file, if the client has turned them on. */
export function inlayHintsOf(session: Session, { textDocument: { uri }, range }: InlayHintParams): InlayHint[] {
  const { settings, snapshot } = session;
  const lines = snapshot.files.get(uri)?.lines;
  if (settings.inlayHints?.enabled !== true || lines === undefined) return [];
  const part = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return inlayHints(snapshot, uri, part).map(({ offset, label }) => ({
    position: lines.positionAt(offset),
    label,
    tooltip: 'Filled in by the API server, since the manifest leaves it out.',
    paddingLeft: true,
  }));
}
