import type { IPFamily, ServicePort } from '../manifest/index.ts';
import type { SliceGroup, SliceMember } from './slice-groups.ts';

/** An endpoint of one Service port. */
export interface ServiceEndpoint extends Omit<SliceMember, 'addresses'> {
  /** Undefined for a Pod that is not there yet. */
  readonly address: string | undefined;
  /** Undefined if its slice has no port of that name, so that connections to this port never get to it (ECS-13, KP-7). */
  readonly port: number | undefined;
}

/**
 * What kube-proxy reads from the slices of one address family for a Service port: slice and Service port have the same name and
 * protocol; of an endpoint the first address counts; of the same address and port in several slices one counts, rather one that
 * is not terminating (KP-5, KP-7, KP-8, KP-11). Endpoints without that port come last.
 */
export function endpointsOf(
  groups: readonly SliceGroup[],
  port: Pick<ServicePort, 'name' | 'protocol'>,
  family: IPFamily,
): readonly ServiceEndpoint[] {
  const endpoints = groups
    .filter(({ addressType }) => addressType === family)
    .flatMap((group) => group.members.flatMap((member) => endpointOf(member, portIn(group, port), group)));
  const reached = new Map<string, ServiceEndpoint>();
  for (const endpoint of endpoints.filter((each) => each.port !== undefined)) {
    const key = endpoint.address === undefined ? endpoint.id : `${endpoint.address}:${endpoint.port}`;
    if (!reached.has(key) || !endpoint.terminating) reached.set(key, endpoint);
  }
  const known = new Set([...reached.values()].map(({ id }) => id));
  const others = new Map(endpoints.filter(({ id }) => !known.has(id)).map((each) => [each.id, each]));
  return [...reached.values(), ...others.values()];
}

function portIn({ ports }: SliceGroup, wanted: Pick<ServicePort, 'name' | 'protocol'>): number | undefined {
  return ports.find(({ name, protocol }) => name === wanted.name && protocol === wanted.protocol)?.port || undefined;
}

/** A Pod that is not there yet has no address; an endpoint that is written without one is none. */
function endpointOf(
  { addresses, ...member }: SliceMember,
  port: number | undefined,
  { madeBy }: SliceGroup,
): readonly ServiceEndpoint[] {
  if (addresses.length === 0 && madeBy !== 'controller') return [];
  return [{ ...member, address: addresses[0], port }];
}
