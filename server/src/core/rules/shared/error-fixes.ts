import { type FieldError, parseLenientAddress } from '../../api/index.ts';
import { type Cluster, claimIndexOf } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import type { Fix } from '../rule.ts';
import { addressFixes, singleAddressFixes } from './address-fixes.ts';
import { fixOf, type Place, placeOf, removeFix, replaceFix, textAt } from './fix.ts';
import { nameFixes } from './name-fixes.ts';
import { requiredFixes } from './required-fixes.ts';
import { selectorFixes } from './selector-fixes.ts';

/** What can be done about a value that the server refuses. */
export function fixesOfError(resource: Resource, error: FieldError, cluster: Cluster): readonly Fix[] {
  const place = placeOf(resource, error.at);
  if (error.dependsOn !== undefined) return freeFixes(place, cluster);
  switch (error.reason) {
    case 'FieldValueNotSupported':
      return supportedFixes(place, error.supported ?? []);
    case 'FieldValueRequired':
      return requiredFixes(place);
    case 'FieldValueForbidden':
      return isRemovable(place) ? removeFix(place) : [];
    case 'FieldValueDuplicate':
      return duplicateFixes(place);
    case 'FieldValueInvalid':
      return invalidFixes(place, error);
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

/** The value that was most likely meant: the same in another case, or the most similar. */
function supportedFixes(place: Place, supported: readonly string[]): readonly Fix[] {
  const text = textAt(place) ?? '';
  const meant =
    supported.find((each) => each.toLowerCase() === text.toLowerCase()) ??
    findMostSimilar(text, supported, 0.4) ??
    (supported.length === 1 ? supported[0] : undefined);
  return meant === undefined ? [] : replaceFix(place, 'suggested', meant);
}

function invalidFixes(place: Place, error: FieldError): readonly Fix[] {
  const field = String(error.at.at(-1));
  if (ONLY_WITH_OTHERS.has(field)) return removeFix(place);
  const candidates = [
    () => selectorFixes(place),
    () => portNumberFixes(place, field),
    () => nameFixes(place, error),
    () => addressFixes(place),
    () => (isCidrField(error) ? singleAddressFixes(place) : []),
  ];
  for (const candidate of candidates) {
    const fixes = candidate();
    if (fixes.length > 0) return fixes;
  }
  return [];
}

/** Fields that are refused as such where the Service is not of the type that has them. */
const ONLY_WITH_OTHERS = new Set(['externalTrafficPolicy', 'healthCheckNodePort', 'endPort']);

/** `targetPort: "8080"` is looked up as a name; the number was meant. */
function portNumberFixes(place: Place, field: string): readonly Fix[] {
  const text = textAt(place);
  if (!/port$/i.test(field) || text === undefined || !/^[1-9]\d{0,4}$/.test(text)) return [];
  return replaceFix(place, 'safe', Number(text));
}

function isCidrField({ at }: FieldError): boolean {
  return at.some((step) => step === 'cidr' || step === 'except' || step === 'loadBalancerSourceRanges');
}

/** A second thing of one name gets a number behind it. */
function duplicateFixes(place: Place): readonly Fix[] {
  const text = textAt(place);
  return text === undefined || place.at.at(-1) !== 'name'
    ? []
    : replaceFix(place, 'suggested', `${text.slice(0, 13)}-2`);
}

/** What is forbidden as a whole, such as a peer with two kinds of selectors, is not removed as a whole. */
function isRemovable({ at, node }: Place): boolean {
  return typeof at.at(-1) === 'string' && at[0] === 'spec' && at.length > 1 && node !== undefined;
}
