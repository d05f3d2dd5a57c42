import { parseLenientCidr, renderAddress } from '../../../api/index.ts';
import type { Cluster } from '../../../cluster/index.ts';
import { findMostSimilar } from '../../../text/similarity.ts';
import { isJsonObject } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import {
  fieldOf,
  fieldsAt,
  fixOf,
  inline,
  itemsAt,
  type Place,
  parentOf,
  placeBelow,
  placeOf,
  type Refusal,
  replaceFix,
  textAt,
} from './fix.ts';

/** What can be done about fields of a Pod or its template that must fit others of it. */
export function podFixes({ place, error, cluster }: Refusal): readonly Fix[] {
  const { at } = place;
  if (error.detail === 'must match `containerPort` when `hostNetwork` is true') return hostPortFixes(place);
  if (error.reason === 'FieldValueRequired' && DNS_FIELDS.has(fieldOf(place))) return nameserverFixes(place, cluster);
  return error.reason === 'FieldValueNotFound' && at.at(-3) === 'volumeMounts' ? volumeFixes(place) : [];
}

/** On the node's network a container listens on the node's own port. */
function hostPortFixes(place: Place): readonly Fix[] {
  const { containerPort } = fieldsAt(parentOf(place));
  return typeof containerPort === 'number' ? replaceFix(place, 'suggested', containerPort) : [];
}

const DNS_FIELDS = new Set(['dnsConfig', 'nameservers']);

/** A Pod that asks nobody by itself may ask the cluster's DNS, which customarily has the tenth address of Services. */
function nameserverFixes(place: Place, { settings }: Cluster): readonly Fix[] {
  const cidr = parseLenientCidr(settings.serviceCIDRs[0] ?? '')?.range;
  if (cidr === undefined) return [];
  const servers = [renderAddress(cidr.family, cidr.first + 10n)];
  const value = fieldOf(place) === 'dnsConfig' ? { nameservers: servers } : servers;
  const op = place.node === undefined ? 'insert' : 'set';
  return fixOf(place, 'suggested', `Add ${fieldOf(place)}: ${inline(value)}`, { op, path: place.path, value });
}

/**
 * The volume that is called nearly so; else an empty one of the name. Where the object claims volumes, its data are to be kept: an
 * empty one would lose them with the Pod.
 */
function volumeFixes(place: Place): readonly Fix[] {
  const name = textAt(place);
  if (name === undefined) return [];
  const container = place.at.findIndex((step) => /ontainers$/.test(String(step)));
  const volumes = placeBelow(placeOf(place.resource, place.at.slice(0, container)), 'volumes');
  const claims = claimNames(place);
  const meant = findMostSimilar(name, [...itemsAt(volumes).map((volume) => String(volume.name ?? '')), ...claims]);
  const volume = { name, emptyDir: {} };
  const use = meant === undefined ? [] : replaceFix(place, 'suggested', meant);
  if (claims.length > 0) return use;
  return [
    ...use,
    ...fixOf(volumes, 'suggested', `Add an empty volume ${name}`, { op: 'append', path: volumes.path, value: volume }),
  ];
}

/** The volumes that a StatefulSet claims for each of its Pods, which these mount by name. */
function claimNames({ resource }: Place): readonly string[] {
  const claims = itemsAt(placeOf(resource, ['spec', 'volumeClaimTemplates']));
  return claims.map(({ metadata }) => (isJsonObject(metadata) ? String(metadata.name ?? '') : ''));
}
