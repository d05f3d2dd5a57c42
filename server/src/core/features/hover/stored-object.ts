import type { ApiAnswer, DecodeProblem, FieldError } from '../../api/index.ts';
import { apiAnswerTo, type Cluster, manifestOf, storedObjectOf } from '../../cluster/index.ts';
import { apiVersionOf, fieldOf, type Resource } from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { type FieldPath, isBroken, isJsonObject, type Json, type JsonObject, renderPath } from '../../yaml/index.ts';
import { code, type Link, lines, link, type Markup, md, paragraphs, text } from '../markup.ts';
import { allocationWords, assumption } from './allocated.ts';
import { findPlace } from './field-place.ts';
import { type HoverAnswer, isPath } from './hover-context.ts';
import { changesOf, type FieldChange, renderDiff } from './stored-diff.ts';

/** On the kind of an object: what the API server adds to it, or why it refuses it. */
export const storedObjectHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (!isPath(path, ['kind']) || isBroken(resource.document)) return undefined;
  const answer = apiAnswerTo(cluster, resource);
  if (answer === undefined) return undefined;
  const warnings = lines(answer.warnings.map(({ message }) => md`The server warns: ${text(message)}`));
  return answer.status === 201
    ? paragraphs([...storedParts(cluster, resource), warnings, lines([transformNote(cluster), cardLine(resource)])])
    : paragraphs([refusal(cluster, resource, answer), warnings, transformNote(cluster) ?? []]);
};

/** That the server may be sent something else than what stands here. */
function transformNote({ transformedBy }: Cluster): Markup | undefined {
  return transformedBy === undefined
    ? undefined
    : md`assumed: as written here, though the kustomization ${text(transformedBy)} may change it first`;
}

const TITLE = '**What the server will store**';

/** So many lines of YAML at most, with the keys around what is added. */
const MOST_LINES = 14;

function storedParts(cluster: Cluster, resource: Resource): readonly Markup[] {
  const manifest = manifestOf(resource);
  const stored = storedObjectOf(cluster, resource);
  if (!isJsonObject(manifest) || stored === undefined) return [];
  const changes = changesOf(withoutServerFields(manifest), withoutServerFields(stored)).filter(
    isWorthTelling(manifest),
  );
  if (changes.length === 0) return [md`${TITLE}: as written`];
  const { lines: diff, left } = renderDiff(manifest, changes, { rank: rankOf(resource), most: MOST_LINES });
  const more = left.length === 0 ? [] : md`… and ${left.length} more: ${list(namesOf(left), 5)}`;
  const origins = lines([...allocations(cluster, changes), classLine(cluster, changes)]);
  return [md`${TITLE}\n\n\`\`\`diff\n${diff.join('\n')}\n\`\`\``, more, origins];
}

/** What every object gets or loses, and what the request says instead of the manifest. */
function withoutServerFields({ apiVersion, kind, metadata = {}, ...rest }: JsonObject): JsonObject {
  if (!isJsonObject(metadata)) return rest;
  const { namespace, uid, resourceVersion, generation, creationTimestamp, selfLink, managedFields, ...given } =
    metadata;
  return { metadata: given, ...rest };
}

/** Every new object has an empty status; that a written one is ignored is worth a line. */
function isWorthTelling(manifest: JsonObject): (change: FieldChange) => boolean {
  return ({ path }) => path[0] !== 'status' || manifest['status'] !== undefined;
}

/** Networking first, then what people set, then what hardly anybody ever looks at. */
function rankOf(resource: Resource): (change: FieldChange) => number {
  return ({ path }) => {
    if (findPlace(apiVersionOf(resource), resource.kind, path) !== undefined) return 0;
    return path.some((step) => NOISE.has(step)) ? 2 : 1;
  };
}

const NOISE: ReadonlySet<unknown> = new Set([
  'defaultMode',
  'failureThreshold',
  'periodSeconds',
  'persistentVolumeClaimRetentionPolicy',
  'podManagementPolicy',
  'preemptionPolicy',
  'priority',
  'progressDeadlineSeconds',
  'resources',
  'revisionHistoryLimit',
  'schedulerName',
  'securityContext',
  'status',
  'successThreshold',
  'terminationGracePeriodSeconds',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'timeoutSeconds',
  'tolerations',
  'volumeClaimTemplates',
]);

/** `revisionHistoryLimit`, 3 × `protocol`. */
function namesOf(changes: readonly FieldChange[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of changes) counts.set(nameOf(path), (counts.get(nameOf(path)) ?? 0) + 1);
  return [...counts].map(([name, number]) => (number === 1 ? code(name) : `${number} × ${code(name)}`));
}

function nameOf(path: FieldPath): string {
  return String(path.findLast((step) => typeof step === 'string'));
}

/** Where the values come from that the server picks: a line for all that come from the same place. */
function allocations(cluster: Cluster, changes: readonly FieldChange[]): readonly Markup[] {
  const names = new Map<string, { readonly words: Markup; readonly fields: Set<string> }>();
  for (const { field, value } of changes.flatMap(leavesOf)) {
    const words = allocationWords(cluster, value);
    if (words === undefined) continue;
    const known = names.get(String(value)) ?? { words, fields: new Set() };
    names.set(String(value), known);
    known.fields.add(field);
  }
  return [...names.values()].map(({ words, fields }) => md`**${[...fields].join(', ')}** ${words}`);
}

/** Which class an Ingress is given that names none. */
function classLine({ ingressClasses }: Cluster, changes: readonly FieldChange[]): Markup | undefined {
  const name = changes.find(({ path }) => path.join('.') === 'spec.ingressClassName')?.stored;
  if (typeof name !== 'string') return undefined;
  const object = ingressClasses.find((each) => each.name === name);
  const source = object && md`: IngressClass ${link(text(name), fieldOf(object, 'metadata', 'name'))}`;
  return md`**ingressClassName** the default of the cluster${source ?? ', as the settings say'}`;
}

interface Leaf {
  readonly field: string;
  readonly value: Json;
}

/** The plain values of a change, each under the name of its field. `clusterIPs` only says again what `clusterIP` says first. */
function leavesOf({ path, stored }: FieldChange): readonly Leaf[] {
  const field = nameOf(path);
  if (!Array.isArray(stored)) return stored === undefined ? [] : [{ field, value: stored }];
  return stored.flatMap((value: Json, index) =>
    field === 'clusterIPs' && index === 0 ? [] : [{ field: `${field}[${index}]`, value }],
  );
}

/** At most so many complaints: the rest are in the editor's list of problems anyway. */
const MOST_ERRORS = 3;

function refusal(cluster: Cluster, resource: Resource, answer: Exclude<ApiAnswer, { status: 201 }>): Markup {
  const complaints = [
    ...answer.problems.map((problem) => problemLine(resource, problem)),
    ...answer.errors.map((error) => errorLine(cluster, resource, error)),
  ];
  const more = complaints.length - MOST_ERRORS;
  return lines([
    md`**The server refuses this ${text(resource.kind)}**`,
    ...(complaints.length === 0 ? [md`- ${text(answer.message)}`] : complaints.slice(0, MOST_ERRORS)),
    more > 0 ? md`and ${more} more` : undefined,
  ]);
}

function errorLine(cluster: Cluster, resource: Resource, { field, at, message, dependsOn }: FieldError): Markup {
  const note = dependsOn === undefined ? '' : assumption(cluster, dependsOn);
  return md`- ${fieldLink(resource, field, at)}: ${text(message)}${note}`;
}

function problemLine(resource: Resource, { kind, path, message }: DecodeProblem): Markup {
  const words = kind === 'unknown-field' ? 'unknown field' : message;
  return md`- ${fieldLink(resource, renderPath(path), path)}: ${text(words)}`;
}

function fieldLink(resource: Resource, field: string, path: FieldPath): Link {
  return link(text(field), fieldOf(resource, ...path));
}

/** What the card at the name of an object tells. */
const CARDS: Partial<Readonly<Record<Resource['type'], string>>> = {
  Service: 'Names, address and Pods',
  Ingress: 'Class and routes',
  NetworkPolicy: 'Whom it isolates and lets through',
};

function cardLine(resource: Resource): Markup | undefined {
  const card = CARDS[resource.type];
  if (card === undefined || resource.name === '') return undefined;
  return md`${card}: at its name, ${link(text(resource.name), fieldOf(resource, 'metadata', 'name'))}`;
}

/** What leads from the card of an object to what is said here. */
export function storedLine(resource: Resource): Markup {
  return md`What the server stores: at its ${link('kind', fieldOf(resource, 'kind'))}`;
}
