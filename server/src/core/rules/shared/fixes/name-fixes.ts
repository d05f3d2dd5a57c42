import {
  configMapKeyProblems,
  dns1035LabelProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  type FieldError,
  labelValueProblems,
  parseLenientAddress,
  portNameProblems,
  qualifiedNameProblems,
} from '../../../api/index.ts';
import { findNode, type YamlEdit } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import { fixOf, isInMap, type Place, placeOf, textAt, writeEdit } from './fix.ts';

/** A check of names, and how a text is made to pass it. */
interface NameForm {
  readonly problems: (text: string) => readonly string[];
  readonly repair: (text: string) => string;
}

/** The strictest first: what passes it passes the others too. */
const FORMS: readonly NameForm[] = [
  { problems: portNameProblems, repair: (text) => cut(words(text).replaceAll(/-+/g, '-'), 15) },
  { problems: dns1035LabelProblems, repair: (text) => cut(words(text).replace(/^[^a-z]+/, ''), 63) },
  { problems: dnsLabelProblems, repair: (text) => cut(words(text), 63) },
  { problems: dnsSubdomainProblems, repair: (text) => cut(text.split('.').map(words).filter(Boolean).join('.'), 253) },
  { problems: labelValueProblems, repair: (text) => cut(labelCharacters(text), 63) },
  { problems: qualifiedNameProblems, repair: qualified },
  { problems: configMapKeyProblems, repair: (text) => text.replaceAll(/[^-._a-zA-Z0-9]+/g, '-').replace(/^\.\./, '') },
];

/** Lower case, with a hyphen for whatever is neither letter nor digit. */
export function words(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

function labelCharacters(text: string): string {
  return text.replaceAll(/[^-A-Za-z0-9_.]+/g, '-').replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

function qualified(text: string): string {
  const [first = '', ...rest] = text.split('/');
  if (rest.length > 1) return '';
  if (rest.length === 0) return cut(labelCharacters(first), 63);
  const prefix = first.split('.').map(words).filter(Boolean).join('.');
  const name = cut(labelCharacters(rest.join('-')), 63);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function cut(text: string, maximum: number): string {
  return text.slice(0, maximum).replace(/[^A-Za-z0-9]+$/, '');
}

/** A legal name as near as possible to the one that is refused. */
export function nameFixes(place: Place, { detail, at }: Pick<FieldError, 'detail' | 'at'>): readonly Fix[] {
  const value = textAt(place);
  if (value !== undefined && value !== '' && parseLenientAddress(value) === undefined) {
    const repaired = repairedName(value, detail);
    const twins = twinsOf(place).filter((twin) => textAt(twin) === value);
    if (repaired !== undefined)
      return eachFix([place, ...twins], `Write ${repaired}`, (each) => writeEdit(each, repaired));
  }
  const key = String(at.at(-1));
  const renamed = isInMap(place) ? repairedName(key, detail) : undefined;
  if (renamed === undefined || isTaken(place, renamed)) return [];
  return eachFix([place, ...twinsOf(place)], `Use ${renamed}`, ({ path }) => ({ op: 'rename', path, key: renamed }));
}

function eachFix(places: readonly Place[], title: string, edit: (place: Place) => YamlEdit): readonly Fix[] {
  const [first] = places;
  return first?.node === undefined ? [] : fixOf(first, 'suggested', title, ...places.map(edit));
}

/** A label that a workload selects and its Pods have is one label in two places. */
function twinsOf({ resource, at }: Place): readonly Place[] {
  const isSelected = at[1] === 'selector' && at[2] === 'matchLabels' && at.length === 4;
  const isOfPods = at[1] === 'template' && at[3] === 'labels' && at.length === 5;
  if (!isSelected && !isOfPods) return [];
  const other = isSelected ? ['template', 'metadata', 'labels'] : ['selector', 'matchLabels'];
  const twin = placeOf(resource, ['spec', ...other, String(at.at(-1))]);
  return twin.node === undefined ? [] : [twin];
}

function isTaken({ resource, path }: Place, key: string): boolean {
  return findNode(resource.document.root, [...path.slice(0, -1), key]) !== undefined;
}

function repairedName(text: string, detail: string): string | undefined {
  // Several checks share a complaint, as that of too many characters: only one that has no other is meant.
  const form = FORMS.find(({ problems }) => problems(text).includes(detail));
  const repaired = form?.repair(text);
  if (form === undefined) return shortened(text, detail);
  if (repaired === undefined || repaired === '') return undefined;
  return form.problems(repaired).length === 0 ? repaired : undefined;
}

/** Names of some kinds have to be shorter than their form allows, since something is put behind them. */
function shortened(text: string, detail: string): string | undefined {
  const maximum = /^must be no more than (\d+) characters$/.exec(detail)?.[1];
  if (maximum !== undefined) return cut(text, Number(maximum));
  const ofPod = /invalid DNS label: (.*)$/.exec(detail)?.[1];
  return ofPod === undefined ? undefined : cut(words(text), 63 - (ofPod.length - text.length));
}

/** A name that is not taken, of at most `maximum` characters: with a number behind it where it has to differ. */
export function uniqueName(wanted: string, taken: readonly string[], maximum: number): string {
  const base = wanted.replace(/-\d+$/, '');
  const candidates = [cut(wanted, maximum), ...taken.map((_, index) => `${cut(base, maximum - 3)}-${index + 2}`)];
  return candidates.find((name) => !taken.includes(name)) ?? wanted;
}
