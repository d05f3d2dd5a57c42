import {
  type ApiAnswer,
  type ApiServer,
  answerJson,
  appliedJson,
  applyManifest,
  applyText,
  codeLenses,
  complete,
  createApiServer,
  diagnose,
  hover,
  inlayHints,
  isJsonObject,
  type Json,
  type JsonObject,
  outcomeOf,
  renderMarkup,
  resolveFix,
  Snapshot,
  storedBy,
  storedJson,
} from '../../server/src/core/index.ts';

/** What is wrong with the answers about something; empty if nothing is. Each check also throws where the library does. */
export type Problems = readonly string[];

function newServer(): ApiServer {
  return createApiServer({ serviceCIDRs: ['10.96.0.0/12', 'fd00:10:96::/108'] });
}

function create(object: Json): ApiAnswer | undefined {
  return newServer().create(object, { namespace: 'default', mode: 'create' });
}

/** Creates an object twice on new servers, and once more as the server stored it. */
export function creationProblems(object: Json): Problems {
  const answer = create(object);
  if (answer === undefined) return [];
  const text = JSON.stringify(answerJson(answer));
  const again = create(object);
  const problems =
    again !== undefined && JSON.stringify(answerJson(again)) === text ? [] : ['another answer each time'];
  return [...problems, ...(answer.status === 201 ? storedProblems(answer.stored) : refusalProblems(answer))];
}

function refusalProblems({ message, errors }: Exclude<ApiAnswer, { status: 201 }>): Problems {
  const silent = errors.filter((error) => error.field === '' && error.message === '');
  return message === '' || silent.length > 0 ? ['refused without a reason'] : [];
}

/** What is stored can be created as it is, except for what the server allows nobody but itself. */
function storedProblems(stored: Parameters<typeof storedJson>[0]): Problems {
  const manifest = withoutPlaceholders(storedJson(stored));
  if (!isJsonObject(manifest) || isJobWithOwnSelector(manifest)) return [];
  const answer = create(manifest);
  if (answer === undefined) return ['the stored object is of no known kind'];
  if (answer.status !== 201) return [`the stored object is refused: ${answer.message}`];
  // A time of the year 1 is printed as null, which is no time at all when it is sent again.
  const withoutNulls = (each: Json) => JSON.stringify(each, (_, value) => (value === null ? undefined : value));
  const [before, after] = [manifest, withoutPlaceholders(storedJson(answer.stored))].map(withoutNulls);
  return before === after ? [] : [`the stored object changes: ${before} becomes ${after}`];
}

/** The server picks the selector of a Job by its uid, and takes it from nobody else. */
function isJobWithOwnSelector({ kind, spec }: JsonObject): boolean {
  return kind === 'Job' && isJsonObject(spec) && spec['manualSelector'] !== true;
}

/** Without what the server picked for a Service, and lists that held nothing else. */
function withoutPlaceholders(object: Json): Json {
  if (!isJsonObject(object) || object['kind'] !== 'Service') return object;
  return { ...object, spec: withoutPicked(object['spec'] ?? null) ?? null };
}

function withoutPicked(value: Json): Json | undefined {
  if (typeof value === 'string') return /^<(allocated|kept)( [^<>]*)?>$/.test(value) ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map(withoutPicked).filter((item) => item !== undefined);
    return items.length === 0 && value.length > 0 ? undefined : items;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, withoutPicked(each)] as const);
  return Object.fromEntries(entries.flatMap(([key, each]) => (each === undefined ? [] : [[key, each]])));
}

/** Applies a manifest, the same again, and a changed one. */
export function changeProblems(from: JsonObject, to: JsonObject): Problems {
  const texts = [changeTexts(from, to), changeTexts(from, to)];
  const problems = texts[0] === texts[1] ? [] : ['another answer each time'];
  return [...problems, ...(texts[0] === '' ? ['applied without a word'] : [])];
}

function changeTexts(from: JsonObject, to: JsonObject): string {
  const server = newServer();
  const created = applyManifest(server, { manifest: from, namespace: 'default', mode: 'create' });
  if (created === undefined) return 'unknown';
  const stored = storedBy(created);
  const request = { namespace: 'default', mode: 'dry-run', ...(stored === undefined ? {} : { stored }) } as const;
  const changed = [from, to].map((manifest) => applyManifest(server, { ...request, manifest }));
  const applied = [created, ...changed].filter((each) => each !== undefined);
  const text = applyText(
    applied.map((each) => outcomeOf(each, 'f.yaml')),
    'dry-run',
  );
  return text === '' ? '' : JSON.stringify([text, applied.map((each) => appliedJson(each, 'f.yaml'))]);
}

/** Opens a text as a manifest and asks everything about it. */
export function textProblems(text: string, offset: number): Problems {
  const [once, again] = [answersAbout(text, offset), answersAbout(text, offset)];
  return once === again ? [] : ['another answer each time'];
}

function answersAbout(text: string, offset: number): string {
  const uri = 'shop/a.yaml';
  const snapshot = Snapshot.empty(['shop']).apply([{ uri, text }]);
  const findings = diagnose(snapshot, uri);
  const fixes = findings.slice(0, 20).flatMap((finding) => finding.fixes);
  const edits = fixes.map((fix) => [fix.title, [...(resolveFix(snapshot, fix) ?? [])]]);
  const found = hover(snapshot, uri, offset);
  const shown = found && renderMarkup(found.markup, { link: ({ label }) => label, button: ({ label }) => label });
  const choices = complete(snapshot, uri, offset)?.choices.map(({ label }) => label);
  const hints = inlayHints(snapshot, uri, { start: 0, end: text.length }).length;
  return JSON.stringify([
    findings.map(({ rule, range, message }) => [rule, range, message]),
    edits,
    shown,
    choices,
    hints,
    codeLenses(snapshot, uri).length,
  ]);
}
