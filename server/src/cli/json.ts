import type { Finding, Snapshot } from '../core/index.ts';
import type { CheckResult } from './check.ts';

/** The findings as one JSON object: `{findings: [{rule, severity, message, file, start, end, related, fixes}]}`; lines and columns count from 1. */
export function renderJson({ snapshot, findings, unreadable }: CheckResult): string {
  const report = { findings: findings.map((finding) => jsonOf(snapshot, finding)), unreadable };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function jsonOf(snapshot: Snapshot, finding: Finding) {
  const { rule, severity, message } = finding;
  return {
    rule,
    severity,
    message,
    ...placeOf(snapshot, finding),
    related: finding.related.map((related) => ({ message: related.message, ...placeOf(snapshot, related) })),
    fixes: finding.fixes.map(({ title, kind }) => ({ title, kind })),
  };
}

function placeOf(snapshot: Snapshot, { uri, range }: Pick<Finding, 'uri' | 'range'>) {
  const lines = snapshot.files.get(uri)?.lines;
  const position = (offset: number) => {
    const { line, character } = lines?.positionAt(offset) ?? { line: 0, character: 0 };
    return { line: line + 1, column: character + 1 };
  };
  return { file: uri, start: position(range.start), end: position(range.end) };
}
