import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { diagnose, type Finding, type Fix, resolveFix, type Snapshot } from '../../core/index.ts';
import { QUICK_FIX, toDiagnostic, toTextEdit } from '../convert.ts';
import type { Session } from '../session.ts';
import { toDiagnoseOptions } from '../settings.ts';

/** Quick fixes of the findings that the range touches. */
export function codeActions(session: Session, { textDocument, range }: CodeActionParams): CodeAction[] {
  const { snapshot } = session;
  const lines = snapshot.files.get(textDocument.uri)?.lines;
  if (lines === undefined) return [];
  const start = lines.offsetAt(range.start);
  const end = lines.offsetAt(range.end);
  return diagnose(snapshot, textDocument.uri, toDiagnoseOptions(session))
    .filter((finding) => finding.range.start <= end && start <= finding.range.end)
    .flatMap((finding) => finding.fixes.flatMap((fix) => toCodeAction(snapshot, finding, fix)));
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
