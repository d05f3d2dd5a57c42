import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { checkPaths } from '../../server/src/cli/check.ts';
import { renderText } from '../../server/src/cli/text.ts';
import type { Finding } from '../../server/src/core/index.ts';

/** What one project's manifests gave. */
interface Project {
  readonly name: string;
  readonly files: number;
  readonly leftAlone: number;
  readonly milliseconds: number;
  readonly findings: readonly Finding[];
  readonly text: string;
}

const USAGE = `usage: npm run corpus -- DIR [--list] [--json FILE]
Checks every folder directly under DIR by itself and counts what each rule finds there.
  --list       print each finding
  --json FILE  write the findings to FILE, to compare two versions
`;

const { values, positionals } = parseArgs({
  options: { list: { type: 'boolean', default: false }, json: { type: 'string' } },
  allowPositionals: true,
});
const [directory] = positionals;
if (directory === undefined) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const projects: Project[] = [];
for (const name of foldersOf(directory)) projects.push(await checkProject(directory, name));
if (values.list) for (const { name, text } of projects) process.stdout.write(`== ${name}\n${text}\n`);
process.stdout.write(`${table(projects)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(jsonOf(projects, directory), null, 2)}\n`);

function foldersOf(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function checkProject(parent: string, name: string): Promise<Project> {
  const start = performance.now();
  const result = await checkPaths([join(parent, name)]);
  const milliseconds = performance.now() - start;
  const { snapshot, findings, failures } = result;
  for (const { rule, uri, error } of failures) throw new Error(`${rule} failed on ${uri}`, { cause: error });
  const leftAlone = snapshot.skipped.size;
  return { name, files: snapshot.files.size, leftAlone, milliseconds, findings, text: renderText(result, false) };
}

function jsonOf(all: readonly Project[], parent: string) {
  return all.flatMap(({ name, findings }) =>
    findings.map(({ uri, rule, severity, message }) => {
      const file = relative(join(parent, name), uri).replaceAll('\\', '/');
      return { project: name, file, rule, severity, message };
    }),
  );
}

function table(all: readonly Project[]): string {
  const rows = [['project', 'files', 'left alone', 'ms', 'findings'], ...all.map(rowOf), totalOf(all)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, column) => pad(cell, column, widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function pad(cell: string, column: number, width: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function rowOf({ name, files, leftAlone, milliseconds, findings }: Project): readonly string[] {
  return [name, String(files), String(leftAlone), milliseconds.toFixed(0), countsOf(findings)];
}

function totalOf(all: readonly Project[]): readonly string[] {
  const sum = (of: (project: Project) => number) => all.reduce((total, project) => total + of(project), 0);
  const findings = all.flatMap((project) => project.findings);
  return [
    'all',
    String(sum((project) => project.files)),
    String(sum((project) => project.leftAlone)),
    sum((project) => project.milliseconds).toFixed(0),
    countsOf(findings),
  ];
}

/** `service/selects-no-pods 3, ingress/no-class 2 (hint)`, the most frequent first. */
function countsOf(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    const key = severity === 'hint' || severity === 'information' ? `${rule} (${severity})` : rule;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.map(([rule, number]) => `${rule} ${number}`).join(', ') || '-';
}
