import { type SchemaType, typeAt } from '../../../api/index.ts';
import { apiVersionOf, type Resource } from '../../../manifest/index.ts';
import { findMostSimilar } from '../../../text/similarity.ts';
import {
  type FieldPath,
  isJsonObject,
  type Json,
  type JsonObject,
  renderPath,
  type YamlNode,
  type YamlValue,
} from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import { homeOf, placeInHome, renderHome } from './field-homes.ts';
import { fieldsAt, fixOf, itemsAt, type Place, parentOf, placeBelow, placeOf, removeFix, valueAt } from './fix.ts';

/** What was most likely meant by a field that Kubernetes does not know, in words, and what can be done. */
export interface Reading {
  readonly note: string | undefined;
  readonly fixes: readonly Fix[];
}

export function readUnknownField(resource: Resource, at: FieldPath): Reading {
  const place = placeOf(resource, at);
  const special = readOldBackend(place) ?? readBareLabels(place) ?? readSinglePort(place) ?? readNeedlessSpec(place);
  if (special !== undefined) return special;
  const meant = meantField(place);
  const home = homeOf(resource, at);
  const isUsable = meant !== undefined && !meant.isThere && fits(meant.type, place.node);
  if (meant !== undefined && isUsable) return readMisspelt(place, meant.name);
  if (home !== undefined) return readMisplaced(place, home);
  const note = meant && `Did you mean ${meant.name}?${meant.isThere ? ' It is there too.' : ''}`;
  return { note, fixes: removeFix(place) };
}

function readMisspelt(place: Place, name: string): Reading {
  const rename = fixOf(place, 'suggested', `Use ${name}`, { op: 'rename', path: place.path, key: name });
  return { note: `Did you mean ${name}?`, fixes: rename };
}

function readMisplaced(place: Place, home: readonly string[]): Reading {
  const moves = moveFixes(place, home);
  const fixes = moves.length === 0 ? removeFix(place) : moves;
  return { note: `${place.at.at(-1)} is a field of ${renderHome(home, place.resource.kind)}.`, fixes };
}

/** Kinds whose fields stand beside metadata, where nearly all others have a spec. */
function readNeedlessSpec(place: Place): Reading | undefined {
  const { resource, at, path } = place;
  const root = typeAt(apiVersionOf(resource), resource.kind, []);
  if (at.join('.') !== 'spec' || root?.kind !== 'struct' || root.byName.has('spec')) return undefined;
  const own = root.fields.map(({ name }) => name).filter((name) => !EVERYWHERE.has(name));
  const note = `${withArticle(resource.kind)} has no spec: ${inWords(own)} at the top.`;
  const fields = Object.entries(fieldsAt(place));
  const isMovable = fields.every(([name]) => own.includes(name) && placeOf(resource, [name]).node === undefined);
  if (fields.length === 0 || !isMovable) return { note, fixes: removeFix(place) };
  const inserts = fields.map(
    ([name, value]) =>
      ({ op: 'insert', path: [...resource.path, name], value: value as YamlValue, from: [...path, name] }) as const,
  );
  return { note, fixes: fixOf(place, 'suggested', 'Move its fields to the top', ...inserts, { op: 'remove', path }) };
}

const EVERYWHERE = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function withArticle(kind: string): string {
  return `${/^[AEIOU]/.test(kind) ? 'An' : 'A'} ${kind}`;
}

/** `addressType, endpoints and ports stand`. */
function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length === 1 ? `${last} stands` : `${names.slice(0, -1).join(', ')} and ${last} stand`;
}

interface MeantField {
  readonly name: string;
  /** Whether the object has that field besides. */
  readonly isThere: boolean;
  readonly type: SchemaType;
}

/** The field of the same object that an unknown name most likely stands for, one that is not there yet if possible. */
function meantField(place: Place): MeantField | undefined {
  const { resource, at } = place;
  const parent = typeAt(apiVersionOf(resource), resource.kind, at.slice(0, -1));
  if (parent?.kind !== 'struct') return undefined;
  const names = parent.fields.map((field) => field.name);
  const { node } = parentOf(place);
  const present = new Set(node?.kind === 'mapping' ? node.entries.map(({ key }) => key) : []);
  const isThere = (name: string) => present.has(name);
  const absent = names.filter((each) => !isThere(each));
  const written = String(at.at(-1));
  const same = names.find((each) => each.toLowerCase() === written.toLowerCase());
  const known = CONFUSIONS.get(`${parent.goName}.${written}`);
  const name = same ?? known ?? findMostSimilar(written, absent) ?? findMostSimilar(written, names);
  const type = name === undefined ? undefined : parent.byName.get(name)?.type;
  return name === undefined || type === undefined ? undefined : { name, type, isThere: isThere(name) };
}

/** What the field is called elsewhere, and what it is called here. */
const CONFUSIONS: ReadonlyMap<string, string> = new Map([
  ['SecretVolumeSource.name', 'secretName'],
  ['ConfigMapVolumeSource.configMapName', 'name'],
  ['ConfigMapVolumeSource.configMap', 'name'],
  ['PersistentVolumeClaimVolumeSource.name', 'claimName'],
  ['SecretKeySelector.secretName', 'name'],
  ['ConfigMapKeySelector.configMapName', 'name'],
  ['SecretEnvSource.secretName', 'name'],
  ['ConfigMapEnvSource.configMapName', 'name'],
  ['ContainerPort.port', 'containerPort'],
  ['ServicePort.containerPort', 'targetPort'],
  ['IngressServiceBackend.serviceName', 'name'],
  ['EnvVar.key', 'name'],
]);

/** A port by itself where a list of ports belongs. */
function readSinglePort(place: Place): Reading | undefined {
  const { resource, at, path } = place;
  const parent = typeAt(apiVersionOf(resource), resource.kind, at.slice(0, -1));
  const name = parent?.kind === 'struct' ? SINGLE_PORTS.get(parent.goName) : undefined;
  const port = valueAt(place);
  if (name === undefined || !['port', name].includes(String(at.at(-1))) || typeof port !== 'number') return undefined;
  const note = 'Ports stand in the list ports.';
  if (placeBelow(parentOf(place), 'ports').node !== undefined) return { note, fixes: removeFix(place) };
  const edits = [
    { op: 'rename', path, key: 'ports' },
    { op: 'set', path, value: [{ [name]: port }] },
  ] as const;
  return { note, fixes: fixOf(place, 'suggested', `Write ports: [{ ${name}: ${port} }]`, ...edits) };
}

/** Objects with a list of ports, and what the number is called in it. */
const SINGLE_PORTS: ReadonlyMap<string, string> = new Map([
  ['Container', 'containerPort'],
  ['ServiceSpec', 'port'],
]);

/** Whether a value has the shape that a type wants, as far as one sees without looking into it. */
function fits(type: SchemaType, node: YamlNode | undefined): boolean {
  if (type.kind === 'pointer') return fits(type.to, node);
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return true;
  if (type.kind === 'list') return node.kind === 'sequence' && node.items.every((item) => fits(type.item, item));
  if (type.kind === 'map' || type.kind === 'struct') return node.kind === 'mapping';
  if (node.kind !== 'scalar') return false;
  return typesOf(type).includes(typeof node.value);
}

function typesOf(type: SchemaType): readonly string[] {
  if (type.kind === 'scalar') return [type.base === 'string' ? 'string' : type.base === 'bool' ? 'boolean' : 'number'];
  const isEither = type.kind === 'special' && (type.name === 'IntOrString' || type.name === 'Quantity');
  return isEither ? ['number', 'string'] : ['string'];
}

/** Moves a field to the one object that it belongs to. */
function moveFixes(place: Place, home: readonly string[]): readonly Fix[] {
  const { resource, at, node } = place;
  const parent = parentOf(place);
  const name = String(at.at(-1));
  const target = placeInHome(home, (path) => itemsAt(placeOf(resource, path)).length);
  if (target === undefined || node === undefined || placeOf(resource, [...target, name]).node !== undefined) return [];
  const type = typeAt(apiVersionOf(resource), resource.kind, [...target, name]);
  if (type === undefined || !fits(type, node)) return [];
  const value = valueAt(place) as YamlValue;
  const isBelow = parent.at.every((step, index) => step === target[index]);
  const below = target.slice(parent.at.length);
  const title = `Move ${name} to ${isBelow ? renderPath(below) : renderHome(home, resource.kind)}`;
  const insert = { op: 'insert', path: [...resource.path, ...target, name], value, from: place.path } as const;
  if (Object.keys(fieldsAt(parent)).length > 1) {
    return fixOf(place, 'suggested', title, insert, { op: 'remove', path: place.path });
  }
  // A parent that holds nothing else would go with the field.
  if (!isBelow) return [];
  const nested = [...below, name].reduceRight<YamlValue>((inner, step) => ({ [step]: inner }), value);
  return fixOf(place, 'suggested', title, { op: 'set', path: parent.path, value: nested });
}

/** `serviceName` and `servicePort` of Ingresses before networking.k8s.io/v1 have become one object. */
function readOldBackend(place: Place): Reading | undefined {
  if (place.resource.kind === 'Ingress' && place.at.join('.') === 'spec.backend') return readOldDefault(place);
  const parent = parentOf(place);
  const fields = fieldsAt(parent);
  if (place.resource.kind !== 'Ingress' || !OLD_BACKEND.includes(String(place.at.at(-1)))) return undefined;
  const note = 'Since networking.k8s.io/v1 a backend has service.name and service.port.';
  if (!Object.keys(fields).every((key) => OLD_BACKEND.includes(key))) return { note, fixes: removeFix(place) };
  const isInService = parent.at.at(-1) === 'service';
  const value = isInService ? serviceOf(fields) : { service: serviceOf(fields) };
  const edit = { op: 'set', path: parent.path, value } as const;
  return { note, fixes: fixOf(place, 'safe', 'Use service.name and service.port', edit) };
}

/** `spec.backend` has got another name besides. */
function readOldDefault(place: Place): Reading {
  const fields = fieldsAt(place);
  const rename = { op: 'rename', path: place.path, key: 'defaultBackend' } as const;
  const isOld = OLD_BACKEND.some((name) => fields[name] !== undefined);
  const edits = isOld
    ? [rename, { op: 'set', path: place.path, value: { service: serviceOf(fields) } } as const]
    : [rename];
  return {
    note: 'Since networking.k8s.io/v1 it is defaultBackend.',
    fixes: fixOf(place, 'safe', 'Use defaultBackend', ...edits),
  };
}

function serviceOf({ serviceName, servicePort }: JsonObject): YamlValue {
  return { name: String(serviceName ?? ''), port: backendPort(servicePort ?? 80) };
}

const OLD_BACKEND = ['serviceName', 'servicePort'];

function backendPort(port: Json): { readonly [key: string]: string | number } {
  return typeof port === 'number' ? { number: port } : { name: String(port) };
}

/** Labels directly in a selector that has more than labels, where those of a Service are enough. */
function readBareLabels(place: Place): Reading | undefined {
  const selector = parentOf(place);
  const type = typeAt(apiVersionOf(place.resource), place.resource.kind, selector.at);
  if (type?.kind !== 'struct' || type.goName !== 'LabelSelector') return undefined;
  const labels = bareLabels(fieldsAt(selector));
  const name = String(place.at.at(-1));
  if (labels[name] === undefined || findMostSimilar(name, [...type.byName.keys()]) !== undefined) return undefined;
  const edit = { op: 'set', path: selector.path, value: { matchLabels: labels } } as const;
  const hasOthers = Object.keys(fieldsAt(selector)).length > Object.keys(labels).length;
  return {
    note: 'In this kind of selector labels stand under matchLabels.',
    fixes: hasOthers ? [] : fixOf(place, 'safe', 'Put the labels under matchLabels', edit),
  };
}

function bareLabels(fields: JsonObject): { readonly [key: string]: string } {
  const labels = Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(labels.filter(([, value]) => !isJsonObject(value)));
}
