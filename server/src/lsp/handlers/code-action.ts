import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { diagnose, type Finding, type Fix, resolveFix, type Snapshot } from '../../core/index.ts';
import { QUICK_FIX, toDiagnostic, toTextEdit } from '../convert.ts';
import type { Session } from '../session.ts';
import { toDiagnoseOptions } from '../settings.ts';

/**
 * Quick fixes of the findings that the range touches, of so many as can be tried while somebody waits; none if the client asks for
 * actions of other kinds only.
 */
export function codeActions(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const { snapshot } = session;
  const lines = snapshot.files.get(textDocument.uri)?.lines;
  if (lines === undefined || !isWanted(context.only)) return [];
  const touched = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const findings = diagnose(snapshot, textDocument.uri, { ...toDiagnoseOptions(session), range: touched })
    .filter((finding) => finding.range.start <= touched.end && touched.start <= finding.range.end)
    .filter((finding) => finding.fixes.length > 0);
  return nearest(findings, touched.start).flatMap((finding) =>
    finding.fixes.flatMap((fix) => toCodeAction(snapshot, finding, fix)),
  );
}

/** The findings nearest to an offset: each edit reads its document again, and a request is answered in one go. */
function nearest(findings: readonly Finding[], offset: number): readonly Finding[] {
  const distance = ({ range }: Finding) => Math.max(0, range.start - offset);
  const sorted = [...findings].sort((a, b) => distance(a) - distance(b));
  let read = 0;
  return sorted.slice(0, MOST_FIXED).filter((finding, index) => {
    read += textLengthOf(finding);
    return index < FEWEST_FIXED || read <= MOST_READ;
  });
}

const MOST_FIXED = 20;
/** What stands in one place is fixed in documents of any size. */
const FEWEST_FIXED = 3;
/** Characters that are read in a few tenths of a second. */
const MOST_READ = 300_000;

/** How much text the edits of a finding's fixes read. */
function textLengthOf({ fixes }: Finding): number {
  const lengths = fixes.flatMap(({ edits }) => edits.map(({ resource }) => resource.document.text.length));
  return lengths.reduce((sum, length) => sum + length, 0);
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
