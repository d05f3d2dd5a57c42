import { type DecodeProblem, typeAt } from '../../api/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import {
  dataOf,
  type FieldPath,
  findNode,
  isJsonObject,
  type Json,
  type JsonObject,
  type YamlScalar,
} from '../../yaml/index.ts';
import type { Fix } from '../rule.ts';
import { fixOf, type Place, placeOf, removeFix, replaceFix } from './fix.ts';

/** What can be done about a field that is unknown or a value of a wrong type. */
export function fixesOfProblem(resource: Resource, problem: DecodeProblem): readonly Fix[] {
  const place = placeOf(resource, problem.path);
  if (problem.kind === 'unknown-field') return fixesOfUnknown(place);
  return problem.kind === 'wrong-type' ? fixesOfType(place, problem.expected) : [];
}

function fixesOfUnknown(place: Place): readonly Fix[] {
  const backend = oldBackendFix(place);
  if (backend.length > 0) return backend;
  const meant = meantField(place.resource, place.at);
  if (meant === undefined) return removeFix(place);
  const rename = fixOf(place, 'suggested', `Use ${meant}`, { op: 'rename', path: place.path, key: meant });
  return [...rename, ...removeFix(place)];
}

/** The field of the same object that an unknown name most likely stands for: one that is not there yet. */
export function meantField(resource: Resource, at: FieldPath): string | undefined {
  const parent = typeAt(apiVersionOf(resource), resource.kind, at.slice(0, -1));
  const name = String(at.at(-1));
  if (parent?.kind !== 'struct') return undefined;
  const node = findNode(resource.document.root, [...resource.path, ...at.slice(0, -1)]);
  const present = node?.kind === 'mapping' ? node.entries.map(({ key }) => key) : [];
  const candidates = parent.fields.map((field) => field.name).filter((field) => !present.includes(field));
  return candidates.find((field) => field.toLowerCase() === name.toLowerCase()) ?? findMostSimilar(name, candidates);
}

/** `serviceName` and `servicePort` of Ingresses before networking.k8s.io/v1 have become one object. */
function oldBackendFix(place: Place): readonly Fix[] {
  const { resource, at, path } = place;
  const parent = path.slice(0, -1);
  const fields = dataOf(findNode(resource.document.root, parent));
  if (resource.kind !== 'Ingress' || !isOldBackend(fields) || !OLD_BACKEND.includes(String(at.at(-1)))) return [];
  const service = { name: String(fields.serviceName ?? ''), port: backendPort(fields.servicePort ?? 80) };
  return fixOf(place, 'safe', 'Use service.name and service.port', { op: 'set', path: parent, value: { service } });
}

const OLD_BACKEND = ['serviceName', 'servicePort'];

function isOldBackend(fields: Json): fields is JsonObject {
  return isJsonObject(fields) && Object.keys(fields).every((key) => OLD_BACKEND.includes(key));
}

function backendPort(port: Json): { readonly [key: string]: string | number } {
  return typeof port === 'number' ? { number: port } : { name: String(port) };
}

/** A text where a number is wanted, or the other way round. */
function fixesOfType(place: Place, expected: string): readonly Fix[] {
  const { node, resource } = place;
  if (expected.startsWith('list of ') && node !== undefined && typeof place.at.at(-1) === 'string') {
    return fixOf(place, 'suggested', 'Make it a list', { op: 'set', path: place.path, value: [dataOf(node)] });
  }
  if (node?.kind !== 'scalar') return [];
  const written = sourceOf(resource, node);
  if (expected === 'text' && node.style === 'plain') {
    return fixOf(place, 'safe', `Write "${written}" in quotes`, { op: 'replace', path: place.path, value: written });
  }
  if (expected === 'whole number' && /^-?\d{1,15}$/.test(node.text))
    return replaceFix(place, 'safe', Number(node.text));
  if (expected === 'true or false' && /^(true|false)$/i.test(node.text)) {
    return replaceFix(place, 'safe', node.text.toLowerCase() === 'true');
  }
  return [];
}

/** The characters of a scalar as they stand in the file. */
function sourceOf(resource: Resource, node: YamlScalar): string {
  return resource.document.text.slice(node.range.start, node.range.end);
}

/** What YAML made of a value that was written without quotes, where it is another than it looks: `YAML reads yes as true.` */
export function readingOf(resource: Resource, at: FieldPath): string | undefined {
  const { node } = placeOf(resource, at);
  if (node?.kind !== 'scalar' || node.style !== 'plain' || typeof node.value === 'string') return undefined;
  const written = sourceOf(resource, node);
  const read = String(node.value);
  return written === read || written === '' ? undefined : `YAML reads ${written} as ${read}.`;
}
