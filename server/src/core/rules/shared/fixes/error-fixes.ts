import { type FieldError, parseLenientAddress } from '../../../api/index.ts';
import { type Cluster, claimIndexOf } from '../../../cluster/index.ts';
import type { Resource } from '../../../manifest/index.ts';
import { findMostSimilar } from '../../../text/similarity.ts';
import type { Fix } from '../../rule.ts';
import { addressFixes, singleAddressFixes } from './address-fixes.ts';
import {
  fieldOf,
  fixOf,
  itemsAt,
  type Place,
  parentOf,
  placeBelow,
  placeOf,
  type Refusal,
  removeFix,
  replaceFix,
  textAt,
  writeEdit,
} from './fix.ts';
import { hostFixes } from './host-fixes.ts';
import { ingressFixes } from './ingress-fixes.ts';
import { nameFixes, uniqueName, words } from './name-fixes.ts';
import { podFixes } from './pod-fixes.ts';
import { policyFixes } from './policy-fixes.ts';
import { provenFixes } from './proven.ts';
import { requiredFixes } from './required-fixes.ts';
import { selectorFixes } from './selector-fixes.ts';
import { serviceFixes } from './service-fixes.ts';
import { sliceFixes } from './slice-fixes.ts';

/** What can be done about a value that the server refuses, the likeliest first. */
export function fixesOfError(resource: Resource, error: FieldError, cluster: Cluster): readonly Fix[] {
  const refusal = { place: placeOf(resource, error.at), error, cluster };
  for (const candidate of CANDIDATES) {
    const fixes = candidate(refusal);
    if (fixes.length > 0) return provenFixes(fixes, resource, error, cluster);
  }
  return [];
}

/** From what is particular to a field to what can be done about any. */
const CANDIDATES: readonly ((refusal: Refusal) => readonly Fix[])[] = [
  visibleFixes,
  serviceFixes,
  ingressFixes,
  policyFixes,
  sliceFixes,
  podFixes,
  ({ place, error, cluster }) => (error.dependsOn === undefined ? [] : freeFixes(place, cluster)),
  selectorFixes,
  hostFixes,
  fixesByReason,
];

/** Characters that nobody sees came along with something that was copied. */
function visibleFixes({ place }: Refusal): readonly Fix[] {
  const text = textAt(place);
  const visible = text?.replaceAll(INVISIBLE, '');
  if (visible === undefined || visible === '' || visible === text) return [];
  return replaceFix(place, 'suggested', visible).map((fix) => ({ ...fix, title: 'Remove the invisible characters' }));
}

const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;

function fixesByReason({ place, error, cluster }: Refusal): readonly Fix[] {
  switch (error.reason) {
    case 'FieldValueNotSupported':
      return supportedFixes(place, error.supported ?? []);
    case 'FieldValueRequired':
      return requiredFixes(place);
    case 'FieldValueForbidden':
      return isRemovable(place) ? [...removeFix(place), ...deciderFixes(place)] : [];
    case 'FieldValueDuplicate':
      return duplicateFixes(place, cluster);
    case 'FieldValueInvalid':
      return place.node === undefined ? requiredFixes(place) : invalidFixes(place, error);
    default:
      return [];
  }
}

/** An address or a port that the cluster has and nobody asks for. */
export function freeFixes(place: Place, cluster: Cluster): readonly Fix[] {
  const { node } = place;
  if (node?.kind !== 'scalar') return [];
  const isPort = typeof node.value === 'number';
  const family = node.text.includes(':') ? 'IPv6' : 'IPv4';
  const free = isPort ? claimIndexOf(cluster).freePort() : claimIndexOf(cluster).freeAddress(family);
  const isAddress = parseLenientAddress(node.text) !== undefined;
  if (free === undefined || (!isPort && !isAddress)) return [];
  return fixOf(place, 'suggested', `Use ${free}, which is free`, { op: 'replace', path: place.path, value: free });
}

/** Gives the field beside the value under which it is allowed. */
function deciderFixes(place: Place): readonly Fix[] {
  const [name, value] = DECIDERS.get(fieldOf(place)) ?? [];
  if (name === undefined || value === undefined) return [];
  const decider = placeBelow(parentOf(place), name);
  return fixOf(decider, 'suggested', `Use ${name} ${value}`, writeEdit(decider, value));
}

const DECIDERS: ReadonlyMap<string, readonly [name: string, value: string]> = new Map([
  ['rollingUpdate', ['type', 'RollingUpdate']],
  ['sessionAffinityConfig', ['sessionAffinity', 'ClientIP']],
] as const);

/** The value that was most likely meant: the same in another case, or the most similar. */
export function supportedFixes(place: Place, supported: readonly string[]): readonly Fix[] {
  // Of a strategy the server shows the whole object.
  if (place.node?.kind === 'mapping') return supportedFixes(placeBelow(place, 'type'), supported);
  const text = textAt(place);
  if (text === undefined || supported.length === 0) return [];
  if (text === '') return emptyFixes(place);
  const current = supported.filter((each) => !DEPRECATED.has(each));
  const lower = text.toLowerCase();
  const meant =
    current.find((each) => each.toLowerCase() === lower) ??
    current.find((each) => each === OVER.get(lower)) ??
    current.find((each) => text.length > 1 && each.toLowerCase().startsWith(lower)) ??
    findMostSimilar(text, current) ??
    (current.length === 1 ? current[0] : undefined);
  return meant === undefined ? [] : replaceFix(place, 'suggested', meant);
}

/** What is spoken over a protocol is no protocol here. */
const OVER: ReadonlyMap<string, string> = new Map(
  ['http', 'https', 'http2', 'h2c', 'grpc', 'tls', 'ssl', 'ws'].map((name) => [name, 'TCP']),
);

/** A text without content is left out where it may be. */
function emptyFixes(place: Place): readonly Fix[] {
  const fixes = requiredFixes(place);
  return fixes.length === 0 && isRemovable(place) ? removeFix(place) : fixes;
}

/** Values that the server takes and warns of. */
const DEPRECATED = new Set(['PreferClose']);

function invalidFixes(place: Place, error: FieldError): readonly Fix[] {
  const candidates = [
    () => (isNeedless(place, error) ? removeFix(place) : []),
    () => supportedFixes(place, error.supported ?? wordsIn(error.detail)),
    () => portNumberFixes(place),
    () => nameFixes(place, error),
    () => addressFixes(place),
    () => (CIDR_FIELDS.some((field) => error.at.includes(field)) ? singleAddressFixes(place) : []),
  ];
  for (const candidate of candidates) {
    const fixes = candidate();
    if (fixes.length > 0) return fixes;
  }
  return [];
}

function isNeedless(place: Place, { detail }: FieldError): boolean {
  return ONLY_WITH_OTHERS.has(fieldOf(place)) || /^`selector` (not|will be) auto-generated$/.test(detail);
}

/** The values that `must be 'OrderedReady' or 'Parallel'` names. */
function wordsIn(detail: string): readonly string[] {
  return /^must be '\w+'( or '\w+')*$/.test(detail)
    ? [...detail.matchAll(/'(\w+)'/g)].map(([, word = '']) => word)
    : [];
}

/** Fields that are refused as such where another does not say what they need. */
const ONLY_WITH_OTHERS = new Set(['externalTrafficPolicy', 'healthCheckNodePort', 'endPort']);
const CIDR_FIELDS = ['cidr', 'except', 'loadBalancerSourceRanges'];

/** `targetPort: "8080"` is looked up as a name; the number was meant. */
function portNumberFixes(place: Place): readonly Fix[] {
  const text = textAt(place);
  if (!/port$/i.test(fieldOf(place)) || text === undefined || !/^[1-9]\d{0,4}$/.test(text)) return [];
  return replaceFix(place, 'safe', Number(text));
}

/** A second thing of one name gets another name; a port that is asked for twice is left to one of them. */
function duplicateFixes(place: Place, cluster: Cluster): readonly Fix[] {
  const text = textAt(place);
  if (place.at.at(-1) === 'nodePort') return freeFixes(place, cluster);
  if (place.at.at(-1) !== 'name') return [];
  if (text === undefined) return requiredFixes(place);
  if (place.at.includes('hints')) return secondHintFixes(place, text);
  const list = itemsAt(parentOf(place, 2));
  const protocol = list[Number(place.at.at(-2))]?.protocol ?? 'TCP';
  const others = list.filter(({ name }) => name === text).map((other) => String(other.protocol ?? 'TCP'));
  const isOther = place.at.at(-3) === 'ports' && others.filter((each) => each === protocol).length === 1;
  const taken = list.map(({ name }) => String(name ?? ''));
  const base = place.at.at(-3) === 'ports' ? words(text) : text;
  const wanted = isOther ? `${base}-${String(protocol).toLowerCase()}` : `${base}-2`;
  const maximum = place.at.includes('containers') && isOther ? 15 : 63;
  return replaceFix(place, 'suggested', uniqueName(wanted, taken, maximum));
}

/** Zones and nodes are names of what exists: another name would be another zone. */
function secondHintFixes(place: Place, text: string): readonly Fix[] {
  return fixOf(place, 'suggested', `Remove the second ${text}`, { op: 'remove', path: parentOf(place).path });
}

/** What is forbidden as a whole, such as a peer with two kinds of selectors, is not removed as a whole. */
function isRemovable({ at, node }: Place): boolean {
  const isField = typeof at.at(-1) === 'string' && at.length > 1 && node !== undefined;
  return isField && (at[0] === 'spec' || at[1] === 'annotations');
}
