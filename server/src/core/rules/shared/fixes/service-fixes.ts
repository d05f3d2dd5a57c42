import type { ApiAnswer, FieldError } from '../../../api/index.ts';
import { apiAnswerTo, ask, type Cluster, manifestOf } from '../../../cluster/index.ts';
import type { Resource } from '../../../manifest/index.ts';
import { isJsonObject, type JsonObject } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import {
  fieldOf,
  fieldsAt,
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

/** What can be done about fields of a Service that depend on others of it. */
export function serviceFixes(refusal: Refusal): readonly Fix[] {
  const { place, error } = refusal;
  if (place.resource.type !== 'Service' || place.at[0] !== 'spec') return [];
  if (fieldOf(place) === 'ipFamilyPolicy') return dualStackFixes(refusal);
  const isNone = /^none$/i.test(textAt(place) ?? '') && textAt(place) !== 'None';
  if (isNone && /^clusterIPs?$/.test(fieldOf(place))) return replaceFix(place, 'safe', 'None');
  if (error.reason === 'FieldValueDuplicate' && typeof place.at.at(-1) === 'number') return repeatedFixes(place);
  if (ONLY_WITH_SINGLE.has(error.detail)) return singleAddressFixes(refusal);
  return isOfAnotherType(error) ? typeFixes(refusal) : [];
}

const ONLY_WITH_SINGLE = new Set([
  'must be empty when `clusterIP` is not specified',
  'first value must match `clusterIP`',
]);

function isOfAnotherType({ reason, detail }: FieldError): boolean {
  return reason === 'FieldValueForbidden' || detail === 'may only be set for externally-accessible services';
}

/** Fields that only Services of one type have, and which type gets them a sense. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['nodePort', 'NodePort'],
  ['externalTrafficPolicy', 'LoadBalancer'],
  ['loadBalancerSourceRanges', 'LoadBalancer'],
  ['loadBalancerClass', 'LoadBalancer'],
  ['allocateLoadBalancerNodePorts', 'LoadBalancer'],
]);

function typeFixes({ place, cluster }: Refusal): readonly Fix[] {
  const { resource } = place;
  const type = TYPES.get(fieldOf(place));
  const written = placeOf(resource, ['spec', 'type']);
  const isPossible = type !== undefined && fieldsAt(parentOf(written)).type !== 'ExternalName';
  if (!isPossible || !isHarmless(resource, cluster, { type })) return removeFix(place);
  return [...removeFix(place), ...fixOf(written, 'suggested', `Use type ${type}`, writeEdit(written, type))];
}

/** PreferDualStack takes as many families as the cluster has. */
function dualStackFixes({ place, cluster, error }: Refusal): readonly Fix[] {
  if (error.reason !== 'FieldValueInvalid') return [];
  const ipFamilyPolicy = 'PreferDualStack';
  if (!isHarmless(place.resource, cluster, { ipFamilyPolicy })) return [];
  return fixOf(place, 'suggested', `Use ${ipFamilyPolicy}`, writeEdit(place, ipFamilyPolicy));
}

/** Whether the server would say nothing else to the Service with these fields in its spec. */
function isHarmless(resource: Resource, cluster: Cluster, fields: JsonObject): boolean {
  const manifest = manifestOf(resource);
  if (!isJsonObject(manifest)) return false;
  const spec = isJsonObject(manifest.spec) ? manifest.spec : {};
  const before = complaintsOf(apiAnswerTo(cluster, resource));
  const after = complaintsOf(ask(cluster, resource, { ...manifest, spec: { ...spec, ...fields } }));
  return after.length < before.length && after.every((complaint) => before.includes(complaint));
}

function complaintsOf(answer: ApiAnswer | undefined): readonly string[] {
  if (answer === undefined || answer.status === 201) return [];
  return [...answer.errors, ...answer.problems].map(({ message }) => message);
}

function repeatedFixes(place: Place): readonly Fix[] {
  if (fieldOf(place) === 'ports') return samePortFixes(place);
  return fixOf(place, 'suggested', `Remove the second ${textAt(place) ?? ''}`, { op: 'remove', path: place.path });
}

/** Most who write a port twice want it for both protocols. */
function samePortFixes(place: Place): readonly Fix[] {
  const { port, protocol = 'TCP' } = fieldsAt(place);
  const taken = itemsAt(parentOf(place)).flatMap((each) => (each.port === port ? [each.protocol ?? 'TCP'] : []));
  const other = placeBelow(place, 'protocol');
  const isFree = protocol === 'TCP' && !taken.includes('UDP');
  return [
    ...(isFree ? fixOf(other, 'suggested', 'Use protocol UDP', writeEdit(other, 'UDP')) : []),
    ...fixOf(place, 'suggested', 'Remove this port', { op: 'remove', path: place.path }),
  ];
}

function singleAddressFixes({ place, cluster }: Refusal): readonly Fix[] {
  const { clusterIPs } = fieldsAt(parentOf(place));
  const clusterIP = Array.isArray(clusterIPs) ? clusterIPs[0] : undefined;
  const single = placeOf(place.resource, ['spec', 'clusterIP']);
  if (typeof clusterIP !== 'string' || !isHarmless(place.resource, cluster, { clusterIP })) return [];
  const verb = single.node === undefined ? 'Add' : 'Write';
  return fixOf(single, 'suggested', `${verb} clusterIP: ${clusterIP}`, writeEdit(single, clusterIP));
}
