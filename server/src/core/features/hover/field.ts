import { isPlaceholder, typeAt } from '../../api/index.ts';
import { type Cluster, manifestOf, storedObjectOf, storedWithout } from '../../cluster/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { dataAt, type FieldPath, isBroken, isJsonObject, type Json, type JsonObject } from '../../yaml/index.ts';
import { findFieldWords, sentenceFor } from '../field-words.ts';
import { code, join, lines, type Markup, md } from '../markup.ts';
import { allocationWords, assumption, bandNote } from './allocated.ts';
import { type FieldPlace, findPlace } from './field-place.ts';
import type { HoverAnswer } from './hover-context.ts';

/** On a field of networking that no other hover explains: its value, where that comes from, and what it does. */
export const fieldHover: HoverAnswer = ({ cluster, resource, path, field }) => {
  const place = findPlace(apiVersionOf(resource), resource.kind, path);
  if (place !== undefined) return renderField(cluster, resource, place);
  const added = field.part === 'key' ? additions(cluster, resource, path) : [];
  return added.length === 0 ? undefined : md`**${path.at(-1)}** · the server adds ${join(added, ', ')}`;
};

function renderField(cluster: Cluster, resource: Resource, place: FieldPlace): Markup | undefined {
  const { path, name, words, struct } = place;
  const written = dataAt(manifestOf(resource), path);
  const stored = storedOf(cluster, resource);
  const value = (stored && dataAt(stored, path)) ?? written;
  const origin = stored && originNote(cluster, resource, place, stored);
  const sentence = sentenceFor(words, value);
  // Of a word that the field does not take, the server's complaint says it all.
  if (origin === undefined && sentence === undefined) return undefined;
  const shown = valueWords(cluster, value);
  return lines([
    md`**${name}**${shown.length > 0 && ' '}${shown}${origin}`,
    md`${sentence}`,
    bandNote(cluster, resource, `${struct.name}.${name}`, value),
    typeof path.at(-2) === 'number' ? additionsLine(cluster, resource, path.slice(0, -1)) : undefined,
  ]);
}

/** Half-typed YAML says little about what the server would store. */
function storedOf(cluster: Cluster, resource: Resource): JsonObject | undefined {
  return isBroken(resource.document) ? undefined : storedObjectOf(cluster, resource);
}

/** Where the value comes from. What is as written and has no default needs no words. */
function originNote(cluster: Cluster, resource: Resource, place: FieldPlace, stored: JsonObject): Markup | undefined {
  const written = dataAt(manifestOf(resource), place.path);
  const value = dataAt(stored, place.path);
  if (isNothing(written))
    return isPlaceholder(value) || isNothing(value) ? undefined : leftOutNote(cluster, resource, place);
  if (value === undefined) return written === false || written === 0 ? undefined : md` · *the server drops it*`;
  if (!isPlain(value)) return undefined;
  return textOf(value) === textOf(written)
    ? defaultNote(cluster, resource, place, value)
    : md` · ${changeWords(written, value)}`;
}

function leftOutNote(cluster: Cluster, resource: Resource, { path, struct, name }: FieldPlace): Markup {
  const before = dataAt(manifestOf(resource), path.slice(0, -1));
  return md` · left out: ${reasonOf(cluster, `${struct.name}.${name}`, before) ?? 'the default'}`;
}

function changeWords(written: Json | undefined, value: Json): Markup {
  const given = Array.isArray(written) ? written : [];
  const added = Array.isArray(value) && given.length > 0 ? value.slice(given.length) : [];
  return added.length > 0
    ? md`${plainWords(added)} added by the server`
    : md`written as ${plainWords(written ?? null)}`;
}

/** What the server would put here if the field were left out. */
function defaultNote(cluster: Cluster, resource: Resource, { path }: FieldPlace, value: Json): Markup | undefined {
  const stored = storedWithout(cluster, resource, path);
  const fallback = stored && dataAt(stored, path);
  if (fallback === undefined || isNothing(fallback)) return undefined;
  if (textOf(fallback) === textOf(value)) return md` · given, also the default`;
  const isPicked = [fallback].flat().some(isPlaceholder);
  return isPicked ? md` · given; by default the server picks one` : md` · given; default ${plainWords(fallback)}`;
}

/** What the server adds to the mapping at a path, as a line of its own. */
export function additionsLine(cluster: Cluster, resource: Resource, path: FieldPath): Markup | undefined {
  const added = additions(cluster, resource, path);
  return added.length === 0 ? undefined : md`The server adds ${join(added, ', ')}`;
}

/** The fields that the server adds to the mapping at a path, as far as they are about networking. */
function additions(cluster: Cluster, resource: Resource, path: FieldPath): readonly Markup[] {
  const struct = typeAt(apiVersionOf(resource), resource.kind, path);
  const stored = storedOf(cluster, resource);
  const after = stored && dataAt(stored, path);
  if (struct?.kind !== 'struct' || !isJsonObject(after)) return [];
  const before = dataAt(manifestOf(resource), path);
  return struct.fields
    .filter(({ name }) => findFieldWords(struct.name, name) !== undefined && !isRepeated(name, after))
    .filter(({ name }) => isNothing(dataAt(before, [name])) && !isNothing(after[name]))
    .map(({ name }) => additionWords(name, after[name] ?? null, reasonOf(cluster, `${struct.name}.${name}`, before)));
}

function additionWords(name: string, value: Json, reason: string | undefined): Markup {
  const picked = isPlaceholder(value) ? (name === 'clusterIP' ? 'an address of its own' : 'a free port') : undefined;
  const note = picked ?? reason;
  const words = [value].flat().some(isPlaceholder) || !isPlain(value) ? '' : ` ${plainWords(value)}`;
  return md`${name}${words}${note !== undefined && ` (${note})`}`;
}

/** A single address stands in both fields. */
function isRepeated(name: string, { clusterIPs }: JsonObject): boolean {
  return name === 'clusterIPs' && Array.isArray(clusterIPs) && clusterIPs.length === 1;
}

/** Why the server fills in just this, where it is not the same for every object. */
function reasonOf(cluster: Cluster, field: string, written: Json | undefined): string | undefined {
  return REASONS.get(field)?.(isJsonObject(written) ? written : {}, cluster);
}

type Reason = (written: JsonObject, cluster: Cluster) => string | undefined;

const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ['ServicePort.targetPort', () => 'as port'],
  ['ServiceSpec.clusterIPs', ({ clusterIP }) => (clusterIP ? 'as clusterIP' : undefined)],
  ['ServiceSpec.ipFamilies', (spec, cluster) => familyReason(spec, cluster)],
  ['ServiceSpec.ipFamilyPolicy', (spec) => (isHeadlessAlone(spec) ? 'headless without a selector' : undefined)],
  ['NetworkPolicySpec.policyTypes', ({ egress }) => `there are ${isNothing(egress) ? 'no ' : ''}egress rules`],
  ['ContainerPort.hostPort', () => 'as containerPort, because of hostNetwork'],
]);

function familyReason({ clusterIP }: JsonObject, cluster: Cluster): string {
  const isGiven = Boolean(clusterIP) && clusterIP !== 'None';
  return isGiven ? 'as clusterIP' : `as the cluster has them${assumption(cluster, 'serviceCIDRs')}`;
}

function isHeadlessAlone({ clusterIP, selector }: JsonObject): boolean {
  return clusterIP === 'None' && isNothing(selector);
}

function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A scalar, or a list of scalars. */
function isPlain(value: Json): boolean {
  return [value].flat().every((item) => !isJsonObject(item));
}

function textOf(value: Json | undefined): string {
  return [value].flat().join(', ');
}

/** A value in a few words; nothing for one that is a page of its own. */
function valueWords(cluster: Cluster, value: Json | undefined): Markup {
  if (value === undefined || isNothing(value) || !isPlain(value)) return [];
  const items = [value].flat();
  if (!items.some(isPlaceholder)) return md`${plainWords(value)}`;
  return join(
    items.map((item) => allocationWords(cluster, item) ?? md`${code(String(item))}`),
    ' and ',
  );
}

function plainWords(value: Json): string {
  return list([value].flat().map((item) => code(String(item))));
}
