import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { diagnose, type Finding, type Fix, resolveFix, type Snapshot } from '../../core/index.ts';
import { QUICK_FIX, toDiagnostic, toTextEdit } from '../convert.ts';
import type { Session } from '../session.ts';
import { toDiagnoseOptions } from '../settings.ts';

/** Quick fixes of the findings that the range touches; none if the client asks for actions of other kinds only. */
export function codeActions(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const { snapshot } = session;
  const lines = snapshot.files.get(textDocument.uri)?.lines;
  if (lines === undefined || !isWanted(context.only)) return [];
  const touched = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return diagnose(snapshot, textDocument.uri, { ...toDiagnoseOptions(session), range: touched })
    .filter((finding) => finding.range.start <= touched.end && touched.start <= finding.range.end)
    .flatMap((finding) => finding.fixes.flatMap((fix) => toCodeAction(snapshot, finding, fix)));
}

/** A kind stands for itself and for those below it; the empty one for all. */
function isWanted(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => kind === '' || `${QUICK_FIX}.`.startsWith(`${kind}.`));
}

function toCodeAction(snapshot: Snapshot, finding: Finding, fix: Fix): CodeAction[] {
  const edits = resolveFix(snapshot, fix);
  if (edits === undefined) return [];
  const changes = Object.fromEntries(
    [...edits].map(([uri, fileEdits]) => [uri, fileEdits.map((edit) => toTextEdit(snapshot, uri, edit))]),
  );
  return [
    {
      title: fix.title,
      kind: QUICK_FIX,
      diagnostics: [toDiagnostic(snapshot, finding)],
      isPreferred: fix.kind === 'safe',
      edit: { changes },
    },
  ];
}
