import {
  codeLenses,
  complete,
  type DistributionQuery,
  diagnose,
  distributableServices,
  distributionOf,
  type Finding,
  hover,
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
      const written = insert === undefined || insert === `${label}: ` ? '' : ` ${JSON.stringify(insert)}`;
      return `${label}${written}${reason === '' ? '' : ` · ${reason}`}`;
    })
    .join('\n');
}

function lensText(snapshot: Snapshot, { files }: Section): string {
  const lenses = files.flatMap((file) => codeLenses(snapshot, file.uri));
  return lenses.map((lens) => `${line(snapshot, lens)} ${lens.title}`).join('\n');
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
