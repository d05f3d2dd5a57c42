import {
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Location as LspLocation,
  type TextEdit as LspTextEdit,
  type MarkupContent,
  MarkupKind,
  type Range,
} from 'vscode-languageserver';
import {
  type Finding,
  type Location,
  type Markup,
  type MarkupWriter,
  renderMarkup,
  type Severity,
  type Snapshot,
  type TextEdit,
  type TextRange,
} from '../core/index.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Where a rule's page can be read. */
const RULE_PAGES = 'https://github.com/kube-netlens/kube-netlens/blob/main/server/src/core/rules';

export function toRange(snapshot: Snapshot, uri: string, range: TextRange): Range {
  const lines = snapshot.files.get(uri)?.lines;
  const origin = { line: 0, character: 0 };
  return { start: lines?.positionAt(range.start) ?? origin, end: lines?.positionAt(range.end) ?? origin };
}

export function toLocation(snapshot: Snapshot, { uri, range }: Location): LspLocation {
  return { uri, range: toRange(snapshot, uri, range) };
}

export function toDiagnostic(snapshot: Snapshot, finding: Finding): Diagnostic {
  return {
    range: toRange(snapshot, finding.uri, finding.range),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    codeDescription: { href: `${RULE_PAGES}/${finding.page}.md` },
    source: 'NetLens',
    message: finding.message,
    relatedInformation: finding.related.map((related) => ({
      location: toLocation(snapshot, related),
      message: related.message,
    })),
  };
}

export function toTextEdit(snapshot: Snapshot, uri: string, edit: TextEdit): LspTextEdit {
  return { range: toRange(snapshot, uri, edit.range), newText: edit.newText };
}

export const QUICK_FIX = CodeActionKind.QuickFix;

/** Markdown in which links lead to the lines they name; `button` writes what a click starts. */
export function toMarkdown(snapshot: Snapshot, markup: Markup, button: MarkupWriter['button']): MarkupContent {
  const link: MarkupWriter['link'] = ({ label, target }) => {
    const { uri, range } = snapshot.locate(target);
    const { start } = toRange(snapshot, uri, range);
    return `[${label}](${uri}#L${start.line + 1},${start.character + 1})`;
  };
  return { kind: MarkupKind.Markdown, value: renderMarkup(markup, { link, button }) };
}
