import { styleText } from 'node:util';
import type { Finding, LineIndex, Severity, Snapshot } from '../core/index.ts';
import type { CheckResult } from './check.ts';

const COLORS: Readonly<Record<Severity, 'red' | 'yellow' | 'blue' | 'gray'>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'gray',
};

/** The findings for people, hints left out, which only editors show: place, severity and rule, the message, the source line with a caret, what can be done. */
export function renderText({ snapshot, findings: all }: CheckResult, color: boolean): string {
  const findings = all.filter(({ severity }) => severity !== 'hint');
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const blocks = findings.map((finding) => renderFinding(snapshot, finding, paint));
  return [...blocks, summary(snapshot, findings)].join('\n');
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function renderFinding(snapshot: Snapshot, finding: Finding, paint: Paint): string {
  const lines = snapshot.files.get(finding.uri)?.lines;
  const head = `${paint('bold', place(snapshot, finding))} ${paint(COLORS[finding.severity], finding.severity)} ${finding.rule}`;
  const source = lines === undefined ? [] : excerpt(lines, finding, (text) => paint(COLORS[finding.severity], text));
  const related = finding.related.map((each) => `  -> ${place(snapshot, each)} ${each.message}`);
  const fixes = finding.fixes.map((fix) => `  fix: ${fix.title}`);
  return [head, `  ${finding.message}`, ...source, ...related, ...fixes, ''].join('\n');
}

/** The line of the finding with carets under the marked text, in columns of the terminal. */
function excerpt(lines: LineIndex, { range }: Finding, paint: (text: string) => string): string[] {
  const start = lines.positionAt(range.start);
  const end = lines.positionAt(range.end);
  const text = lines.lineText(start.line);
  const last = end.line === start.line ? end.character : text.length;
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const indent = text.slice(0, start.character).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, Math.min(last, text.length) - start.character));
  return [`  ${number} | ${text}`, `  ${gutter} | ${indent}${paint(carets)}`];
}

function place(snapshot: Snapshot, { uri, range }: Pick<Finding, 'uri' | 'range'>): string {
  const position = snapshot.files.get(uri)?.lines.positionAt(range.start) ?? { line: 0, character: 0 };
  return `${uri}:${position.line + 1}:${position.character + 1}`;
}

function summary(snapshot: Snapshot, findings: readonly Finding[]): string {
  const files = snapshot.sets.reduce((sum, set) => sum + set.uris.length, 0);
  const skipped = snapshot.skipped.size;
  const left =
    skipped === 0 ? '' : `, ${plural(skipped, 'file')} left alone (templates and patches are not rendered yet)`;
  const counts = (['error', 'warning', 'information'] as const)
    .map((severity) => ({ severity, number: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => (severity === 'information' ? `${number} information` : plural(number, severity)));
  return `${counts.length === 0 ? 'Nothing to report' : counts.join(', ')} in ${plural(files, 'file')}${left}.\n`;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
