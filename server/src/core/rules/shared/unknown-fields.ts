import { type SchemaType, typeAt } from '../../api/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import {
  type FieldPath,
  isJsonObject,
  type Json,
  type JsonObject,
  type YamlNode,
  type YamlValue,
} from '../../yaml/index.ts';
import type { Fix } from '../rule.ts';
import { homeOf, placeInHome, renderHome } from './field-homes.ts';
import { fieldsAt, fixOf, type Place, parentOf, placeOf, removeFix, valueAt } from './fix.ts';

/** What was most likely meant by a field that Kubernetes does not know, in words, and what can be done. */
export interface Reading {
  readonly note: string | undefined;
  readonly fixes: readonly Fix[];
}

export function readUnknownField(resource: Resource, at: FieldPath): Reading {
  const place = placeOf(resource, at);
  const special = readOldBackend(place) ?? readBareLabels(place);
  if (special !== undefined) return special;
  const meant = meantField(place);
  const home = homeOf(resource, at);
  const isCertain = meant !== undefined && fits(meant.type, place.node);
  if (meant !== undefined && (isCertain || home === undefined)) {
    const { name } = meant;
    const rename = { op: 'rename', path: place.path, key: name } as const;
    const fixes = isCertain ? fixOf(place, 'suggested', `Use ${name}`, rename) : [];
    return { note: `Did you mean ${name}?`, fixes: [...fixes, ...removeFix(place)] };
  }
  if (home === undefined) return { note: undefined, fixes: removeFix(place) };
  const note = `${at.at(-1)} is a field of ${renderHome(home, resource.kind)}.`;
  return { note, fixes: [...moveFixes(place, home), ...removeFix(place)] };
}

interface MeantField {
  readonly name: string;
  readonly type: SchemaType;
}

/** The field of the same object that an unknown name most likely stands for: one that is not there yet. */
function meantField(place: Place): MeantField | undefined {
  const { resource, at } = place;
  const parent = typeAt(apiVersionOf(resource), resource.kind, at.slice(0, -1));
  if (parent?.kind !== 'struct') return undefined;
  const name = String(at.at(-1));
  const present = Object.keys(fieldsAt(parentOf(place)));
  const names = parent.fields.map((field) => field.name).filter((field) => !present.includes(field));
  const meant = names.find((field) => field.toLowerCase() === name.toLowerCase()) ?? findMostSimilar(name, names);
  const type = meant === undefined ? undefined : parent.byName.get(meant)?.type;
  return meant === undefined || type === undefined ? undefined : { name: meant, type };
}

/** Whether a value has the shape that a type wants, as far as one sees without looking into it. */
function fits(type: SchemaType, node: YamlNode | undefined): boolean {
  if (type.kind === 'pointer') return fits(type.to, node);
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return true;
  if (type.kind === 'list') return node.kind === 'sequence' && node.items.every((item) => fits(type.item, item));
  if (type.kind === 'map' || type.kind === 'struct') return node.kind === 'mapping';
  if (node.kind !== 'scalar') return false;
  if (type.kind !== 'scalar') return true;
  const wanted = type.base === 'string' ? 'string' : type.base === 'bool' ? 'boolean' : 'number';
  return typeof node.value === wanted;
}

/** Moves a field to the one object that it belongs to. A parent that held nothing else would go with it. */
function moveFixes(place: Place, home: readonly string[]): readonly Fix[] {
  const { resource, at, node } = place;
  const target = placeInHome(home, (path) => {
    const list = valueAt(placeOf(resource, path));
    return Array.isArray(list) ? list.length : 0;
  });
  if (target === undefined || node === undefined || Object.keys(fieldsAt(parentOf(place))).length < 2) return [];
  const name = String(at.at(-1));
  const to = placeOf(resource, [...target, name]);
  if (to.node !== undefined) return [];
  const title = `Move ${name} to ${renderHome(home, resource.kind)}`;
  return fixOf(
    place,
    'suggested',
    title,
    { op: 'insert', path: to.path, value: valueAt(place) as YamlValue },
    { op: 'remove', path: place.path },
  );
}

/** `serviceName` and `servicePort` of Ingresses before networking.k8s.io/v1 have become one object. */
function readOldBackend(place: Place): Reading | undefined {
  const parent = parentOf(place);
  const fields = fieldsAt(parent);
  if (place.resource.kind !== 'Ingress' || !OLD_BACKEND.includes(String(place.at.at(-1)))) return undefined;
  const note = 'Since networking.k8s.io/v1 a backend has service.name and service.port.';
  if (!Object.keys(fields).every((key) => OLD_BACKEND.includes(key))) return { note, fixes: removeFix(place) };
  const service = { name: String(fields.serviceName ?? ''), port: backendPort(fields.servicePort ?? 80) };
  const edit = { op: 'set', path: parent.path, value: { service } } as const;
  return { note, fixes: fixOf(place, 'safe', 'Use service.name and service.port', edit) };
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
