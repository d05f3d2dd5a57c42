import {
  codeLenses,
  complete,
  type DistributionQuery,
  diagnose,
  distributableServices,
  distributionOf,
  type Finding,
  hover,
  inlayHints,
  renderDistribution,
  renderMarkup,
  type Snapshot,
  serviceKey,
  testUrl,
  type UrlStep,
} from '../../server/src/core/index.ts';
import type { Section } from './page.ts';

/** Computes the text of an answer fence for the workspace of its section. */
export type Answer = (snapshot: Snapshot, section: Section, argument: string) => string;

/** Every kind of answer fence. */
export const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['report', report],
  ['hover', hoverText],
  ['lens', lensText],
  ['inlay', inlayText],
  ['completion', completionText],
  ['distribution', distributionText],
  ['url-test', urlTestText],
]);

/** All findings of a section's files, in order. */
export function findingsOf(snapshot: Snapshot, section: Pick<Section, 'files'>): readonly Finding[] {
  return section.files.flatMap((file) => diagnose(snapshot, file.uri));
}

function report(snapshot: Snapshot, section: Section): string {
  return findingsOf(snapshot, section)
    .map((finding) => renderFinding(snapshot, finding))
    .join('\n');
}

function renderFinding(snapshot: Snapshot, finding: Finding): string {
  const lines = [`${place(snapshot, finding)} ${finding.severity} ${finding.rule}`, `  ${finding.message}`];
  for (const related of finding.related) lines.push(`  ${place(snapshot, related)} ${related.message}`);
  for (const fix of finding.fixes) lines.push(`  fix (${fix.kind}): ${fix.title}`);
  return lines.join('\n');
}

/** `file:line:column`, counted from 1. */
export function place(snapshot: Snapshot, { uri, range }: Pick<Finding, 'uri' | 'range'>): string {
  const position = snapshot.files.get(uri)?.lines.positionAt(range.start);
  return `${uri}:${(position?.line ?? 0) + 1}:${(position?.character ?? 0) + 1}`;
}

/** The hover at `$0`, as Markdown; links name the line they lead to. */
function hoverText(snapshot: Snapshot, { cursor }: Section): string {
  const found = cursor && hover(snapshot, cursor.uri, cursor.offset);
  if (found === undefined) return '(no hover)';
  return renderMarkup(found.markup, {
    link: ({ label, target }) => `[${label}](${line(snapshot, snapshot.locate(target))})`,
    button: ({ label }) => `[${label}]`,
  });
}

/** The choices at `$0`, each with its reason and what it writes beyond its name. */
function completionText(snapshot: Snapshot, { cursor }: Section): string {
  const found = cursor && complete(snapshot, cursor.uri, cursor.offset);
  if (found === undefined) return '(nothing to choose)';
  return found.choices
    .map(({ label, reason, insert }) => {
      const isPlain = insert === undefined || insert === label || insert === `${label}: `;
      const written = isPlain ? '' : ` ${JSON.stringify(insert)}`;
      return `${label}${written}${reason === '' ? '' : ` · ${reason}`}`;
    })
    .join('\n');
}

function lensText(snapshot: Snapshot, { files }: Section): string {
  const lenses = files.flatMap((file) => codeLenses(snapshot, file.uri));
  return lenses.map((lens) => `${line(snapshot, lens)} ${lens.title}`).join('\n');
}

/** The lines that have hints, with the hints in them. The argument: the first and last line to look at, counted from 1; else all. */
function inlayText(snapshot: Snapshot, { files }: Section, argument: string): string {
  return (
    files
      .map(({ uri }) => inlayOf(snapshot, uri, argument))
      .join('\n')
      .trim() || '(no hints)'
  );
}

function inlayOf(snapshot: Snapshot, uri: string, argument: string): string {
  const [first = 1, last = Number.MAX_SAFE_INTEGER] = argument === '' ? [] : argument.split('-').map(Number);
  const { text = '', lines } = snapshot.files.get(uri) ?? {};
  const startOf = (index: number) => lines?.offsetAt({ line: index, character: 0 }) ?? 0;
  const hints = inlayHints(snapshot, uri, { start: startOf(first - 1), end: startOf(last) });
  const shown = text.split('\n').flatMap((line, index) => {
    const own = hints.map(({ offset, label }) => ({ at: offset - startOf(index), label }));
    const inLine = own.filter(({ at }) => 0 <= at && at <= line.length);
    return inLine.length === 0 ? [] : [`${uri}:${index + 1} ${withHints(line, inLine)}`];
  });
  return shown.join('\n');
}

function withHints(line: string, hints: readonly { readonly at: number; readonly label: string }[]): string {
  return [...hints]
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, label }) => `${text.slice(0, at)} «${label}»${text.slice(at)}`, line);
}

/** What becomes of a request for the URL after the fence's name: a line per step, with the line it comes from. */
function urlTestText(snapshot: Snapshot, _section: Section, url: string): string {
  const { answers } = testUrl(snapshot, url);
  if (answers.length === 0) return '(no Ingress)';
  return answers.flatMap(({ steps }) => steps.map((step) => stepText(snapshot, step))).join('\n');
}

function stepText(snapshot: Snapshot, { kind, text, why, source }: UrlStep): string {
  const place = source === undefined ? '' : ` (${line(snapshot, snapshot.locate(source))})`;
  return `${kind.padEnd(8)} ${text}${why === '' ? '' : ` · ${why}`}${place}`;
}

function line(snapshot: Snapshot, location: Pick<Finding, 'uri' | 'range'>): string {
  return place(snapshot, location).replace(/:\d+$/, '');
}

/** The argument: Service, node of the client or `any`, `internal` or `external`. */
function distributionText(snapshot: Snapshot, { files }: Section, argument: string): string {
  const [key, client, traffic] = argument.split(' ');
  const cluster = files.flatMap((file) => snapshot.clusterOf(file.uri) ?? [])[0];
  const service = cluster && distributableServices(cluster).find((each) => serviceKey(each) === key);
  if (cluster === undefined || service === undefined) return `(no Service ${key})`;
  const query: DistributionQuery = {
    port: 0,
    client: client === 'any' ? undefined : client,
    traffic: traffic === 'external' ? 'external' : 'internal',
  };
  return renderDistribution(distributionOf(cluster, service, query));
}
