import { type DecodeProblem, type SchemaType, typeAt } from '../../../api/index.ts';
import { apiVersionOf, type Resource } from '../../../manifest/index.ts';
import {
  type FieldPath,
  isJsonObject,
  renderPath,
  resolvePlain,
  type YamlScalar,
  type YamlValue,
} from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import { fieldsAt, fixOf, inline, type Place, parentOf, placeOf, replaceFix, valueAt } from './fix.ts';
import { shorthandOf } from './shorthands.ts';

/** A value of a wrong type, in words: what YAML made of it, if that is not what it looks like, and what the field takes. */
export function describeWrongType(resource: Resource, problem: DecodeProblem): string {
  const place = placeOf(resource, problem.path);
  const wanted = `${renderPath(problem.path)} takes ${wordOf(typeOf(place))}`;
  return `${describeMismatch(place, problem, wanted)} ${problem.message}`;
}

function describeMismatch(place: Place, problem: DecodeProblem, wanted: string): string {
  const reading = readingOf(place);
  const half = halfTypedKey(place);
  const size = sizeProblem(place);
  const [tight] = Object.keys(tightField(place) ?? {});
  if (half !== undefined) return `After ${half} a colon is missing: ${wanted}.`;
  if (tight !== undefined) return `After ${tight}: a blank is missing: ${wanted}.`;
  if (size !== undefined) return `${renderPath(problem.path)}: ${valueAt(place)} is too ${size}.`;
  return reading === undefined
    ? `${wanted}, and this is ${describeFound(place, problem)}.`
    : `${reading}, but ${wanted}.`;
}

/** A word on a line of its own where a mapping belongs: mostly a key that somebody is typing. */
function halfTypedKey(place: Place): string | undefined {
  const { resource, node } = place;
  const isWord = node?.kind === 'scalar' && node.style === 'plain' && /^[A-Za-z][\w./-]*$/.test(node.text);
  if (!isWord || wordOf(typeOf(place)) !== 'a mapping') return undefined;
  const { text } = resource.document;
  const before = text.slice(text.lastIndexOf('\n', node.range.start - 1) + 1, node.range.start);
  return /^[\s-]*$/.test(before) ? sourceOf(resource, node) : undefined;
}

/** `port:80` where a mapping belongs: one text to YAML, for want of a blank. */
function tightField(place: Place): { readonly [key: string]: YamlValue } | undefined {
  const { node } = place;
  const [, name, value] = /^([A-Za-z][\w./-]*):(\S+)$/.exec(node?.kind === 'scalar' ? node.text : '') ?? [];
  if (name === undefined || value === undefined) return undefined;
  const isPlain = node?.kind === 'scalar' && node.style === 'plain';
  const type = typeOf(place);
  if (!isPlain || !hasField(type, name)) return undefined;
  return { [name]: type?.kind === 'map' ? value : resolvePlain(value) };
}

function hasField(type: SchemaType | undefined, name: string): boolean {
  if (type?.kind === 'pointer') return hasField(type.to, name);
  return type?.kind === 'map' || (type?.kind === 'struct' && type.byName.has(name));
}

/** A whole number that its field has no room for. */
function sizeProblem(place: Place): 'large' | 'small' | undefined {
  const value = valueAt(place);
  const type = typeOf(place);
  const isNumber = type?.kind === 'special' ? type.name === 'IntOrString' : type?.kind === 'scalar';
  if (!isNumber || typeof value !== 'number' || !Number.isInteger(value) || isInRange(type, value)) return undefined;
  return value > 0 ? 'large' : 'small';
}

/** Numbers of 64 bits are larger than what is exact here, and than what anybody writes. */
function isInRange(type: SchemaType | undefined, value: number): boolean {
  const bits = type?.kind === 'scalar' && type.base === 'int64' ? 53 : 31;
  return value >= -(2 ** bits) && value < 2 ** bits;
}

function typeOf({ resource, at }: Place): SchemaType | undefined {
  return typeAt(apiVersionOf(resource), resource.kind, at);
}

function wordOf(type: SchemaType | undefined): string {
  switch (type?.kind) {
    case 'scalar':
      return type.base === 'string' ? 'text' : type.base === 'bool' ? 'true or false' : 'a whole number';
    case 'list':
      return 'a list';
    case 'special':
      return type.name === 'IntOrString' ? 'a number or text' : 'text';
    case 'bytes':
      return 'text';
    default:
      return 'a mapping';
  }
}

function describeFound({ node }: Place, { found }: DecodeProblem): string {
  if (node?.kind === 'mapping') return 'a mapping';
  if (node?.kind === 'sequence') return 'a list';
  if (node === undefined || typeof node.value === 'string') return node === undefined ? found : 'text';
  return typeof node.value === 'number' ? `the number ${node.value}` : String(node.value);
}

/** What YAML made of a value that was written without quotes, where it is another than it looks: `YAML reads yes as true`. */
function readingOf({ resource, node }: Place): string | undefined {
  if (node?.kind !== 'scalar' || node.style !== 'plain' || typeof node.value === 'string') return undefined;
  const written = sourceOf(resource, node);
  const read = String(node.value);
  const kind = typeof node.value === 'number' ? 'the number ' : '';
  return written === read || written === '' ? undefined : `YAML reads ${written} as ${kind}${read}`;
}

/** The characters of a scalar as they stand in the file. */
function sourceOf(resource: Resource, node: YamlScalar): string {
  return resource.document.text.slice(node.range.start, node.range.end);
}

/** The value in the type that the field takes, where it is evident. */
export function typeFixes(resource: Resource, at: FieldPath): readonly Fix[] {
  const place = placeOf(resource, at);
  const type = typeOf(place);
  if (place.node?.kind === 'mapping' && at.at(-1) === 'matchLabels') return unwrapFixes(place);
  if (type?.kind === 'list') return listFixes(place, type.item);
  if (type?.kind === 'struct' || type?.kind === 'pointer' || type?.kind === 'map') return structFixes(place, type);
  return place.node?.kind === 'scalar' && type?.kind === 'scalar' ? scalarFixes(place, place.node, type.base) : [];
}

function scalarFixes(place: Place, node: YamlScalar, base: string): readonly Fix[] {
  if (base === 'string') {
    const written = sourceOf(place.resource, node);
    if (node.style !== 'plain' || written === '') return [];
    return fixOf(place, 'safe', `Write "${written}" in quotes`, { op: 'replace', path: place.path, value: written });
  }
  if (base !== 'bool') return numberFixes(place, node);
  const meant = BOOLEANS.get(node.text.toLowerCase());
  return meant === undefined ? [] : replaceFix(place, 'safe', meant);
}

function numberFixes(place: Place, { text }: YamlScalar): readonly Fix[] {
  const value = Number(text);
  return /^-?\d{1,15}$/.test(text) && isInRange(typeOf(place), value) ? replaceFix(place, 'safe', value) : [];
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['1', true],
  ['0', false],
]);

/** One item where a list of such belongs, or names and values where a list of pairs does. */
function listFixes(place: Place, item: SchemaType): readonly Fix[] {
  const value = valueAt(place);
  const make = (title: string, list: readonly YamlValue[]) =>
    fixOf(place, 'suggested', title, { op: 'set', path: place.path, value: list });
  if (typeof place.at.at(-1) !== 'string' || value === null) return [];
  if (item.kind === 'scalar') {
    const isItem = item.base === 'string' && typeof value === 'string';
    return isItem ? make('Make it a list', wordsOf(place, value)) : [];
  }
  const shorthand = shorthandOf(item, value);
  if (shorthand !== undefined) return make(`Write - ${inner(shorthand)}`, [shorthand]);
  if (item.kind !== 'struct' || !isJsonObject(value)) return [];
  const names = Object.keys(value);
  if (names.every((name) => item.byName.has(name))) return make('Make it a list', [value as YamlValue]);
  if (!item.byName.has('name') || !item.byName.has('value')) return [];
  const pairs = Object.entries(value).map(([name, given]) => ({ name, value: given as YamlValue }));
  const isPlain = pairs.every((pair) => typeof pair.value === 'string');
  return isPlain ? make('Make it a list of name and value', pairs) : [];
}

/** The words of a command, which is given to no shell unless it names one. */
function wordsOf(place: Place, text: string): readonly string[] {
  const field = place.at.at(-1);
  if (field !== 'command' && field !== 'args') return [text];
  if (!/["'\\|&;<>$`*]/.test(text)) return text.trim().split(/\s+/);
  return field === 'command' ? ['sh', '-c', text] : [text];
}

/** A plain value where an object with that in a field belongs. */
function structFixes(place: Place, type: SchemaType): readonly Fix[] {
  const value = tightField(place) ?? shorthandOf(type, valueAt(place));
  if (value === undefined) return [];
  return fixOf(place, 'safe', `Write ${inner(value)}`, { op: 'set', path: place.path, value });
}

/** The fields of an object as one would write them on a line. */
function inner(fields: { readonly [key: string]: YamlValue }): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${inline(value)}`)
    .join(', ');
}

/** A Service selects by labels alone, without the `matchLabels` of other selectors. */
function unwrapFixes(place: Place): readonly Fix[] {
  const selector = parentOf(place);
  if (Object.keys(fieldsAt(selector)).length !== 1) return [];
  const edit = { op: 'set', path: selector.path, value: fieldsAt(place) as YamlValue } as const;
  return fixOf(place, 'safe', 'Write the labels without matchLabels', edit);
}
