import { parseAddress, renderAddress } from '../api/index.ts';
import {
  displayName,
  type EndpointAddress,
  type EndpointSliceResource,
  type EndpointSubsetPort,
  type EndpointsResource,
  type IPFamily,
  isHeadless,
  namespaceOf,
  SERVICE_NAME_LABEL,
  type ServiceResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { workloadsOfService } from './select.ts';
import {
  CONTROLLER,
  HEADLESS_LABEL,
  keyOfPorts,
  MANAGER_LABEL,
  MIRRORING,
  type SliceGroup,
  type SliceMember,
  type SlicePort,
  sliceSizes,
} from './slice-groups.ts';

/** What a Service has beside the slices of its Pods: hand-written EndpointSlices, and slices that mirror its Endpoints. */
export function writtenSlices(cluster: Cluster, service: ServiceResource): readonly SliceGroup[] {
  const view = cluster.namespace(namespaceOf(service));
  const endpoints = view.endpoints.findLast(({ name }) => name === service.name);
  const mirrored = endpoints === undefined || !isMirrored(endpoints, service) ? [] : mirroredSlices(endpoints);
  const hasPods = workloadsOfService(cluster, service).length > 0;
  const written = view.slicesOf(service.name).filter(({ labels }) => {
    const manager = labels.get(MANAGER_LABEL);
    // In a dump of a live cluster: what the controllers would make now takes the place of what they made.
    if ((manager === CONTROLLER && hasPods) || (manager === MIRRORING && mirrored.length > 0)) return false;
    // kube-proxy does not see slices with the label of headless Services (KP-2).
    return isHeadless(service.spec) || !labels.has(HEADLESS_LABEL);
  });
  return [...mergeGroups(written.map(handWritten)), ...mirrored];
}

function handWritten(slice: EndpointSliceResource): SliceGroup {
  const { addressType, ports, endpoints } = slice.spec;
  const members = endpoints.map(({ path, writtenServing, nodeName, ...endpoint }): SliceMember => {
    const name = endpoint.addresses[0] ?? 'no address';
    const source = { resource: slice, path };
    const serving = writtenServing ?? true;
    return {
      ...endpoint,
      id: `${displayName(slice)}/${name}`,
      name,
      origin: displayName(slice),
      node: nodeName,
      serving,
      source,
    };
  });
  return {
    addressType,
    ports: ports.map(plainPort),
    labels: slice.labels,
    members,
    sizes: [members.length],
    madeBy: 'hand',
  };
}

function plainPort({ name, port, protocol, appProtocol }: SlicePort): SlicePort {
  return { name, port, protocol, appProtocol };
}

function mergeGroups(groups: readonly SliceGroup[]): readonly SliceGroup[] {
  const merged = new Map<string, SliceGroup>();
  for (const group of groups) {
    const key = `${group.addressType} ${keyOfPorts(group.ports)} ${JSON.stringify([...group.labels].sort())}`;
    const known = merged.get(key);
    const members = [...(known?.members ?? []), ...group.members];
    merged.set(key, { ...group, members, sizes: [...(known?.sizes ?? []), ...group.sizes] });
  }
  return [...merged.values()];
}

/** Endpoints are mirrored unless the Service has a selector, or they say that they are something else (MIR-1 to MIR-4). */
function isMirrored({ labels, annotations }: EndpointsResource, service: ServiceResource): boolean {
  if (service.spec.selector.size > 0) return false;
  if (labels.get('endpointslice.kubernetes.io/skip-mirror') === 'true') return false;
  return !annotations.has('control-plane.alpha.kubernetes.io/leader');
}

/** An address of Endpoints, with whether it is ready for some port. */
interface PortAddress {
  readonly address: EndpointAddress;
  readonly ready: boolean;
}

type AddressesByKey = ReadonlyMap<string, PortAddress>;

/** The most addresses of a subset that are mirrored, and the most in a slice. */
const MIRRORED_PER_SUBSET = 1000;

/**
 * The slices of the mirroring controller (endpointslice.md, section 3): addresses with the same ports together, those of each
 * family in slices of their own.
 */
function mirroredSlices(endpoints: EndpointsResource): readonly SliceGroup[] {
  const labels = new Map([...endpoints.labels, [SERVICE_NAME_LABEL, endpoints.name], [MANAGER_LABEL, MIRRORING]]);
  return repackedSubsets(endpoints).flatMap(({ ports, addresses }) => {
    const kept = [...addresses.filter(({ ready }) => ready), ...addresses.filter(({ ready }) => !ready)];
    const members = kept.slice(0, MIRRORED_PER_SUBSET).flatMap((each) => mirroredMember(endpoints, each));
    return FAMILIES.flatMap((family): readonly SliceGroup[] => {
      const own = members.filter((each) => each.family === family).map((each) => each.member);
      if (own.length === 0) return [];
      const sizes = sliceSizes(own.length, MIRRORED_PER_SUBSET);
      return [{ addressType: family, ports, labels, members: own, sizes, madeBy: 'mirroring' }];
    });
  });
}

const FAMILIES: readonly IPFamily[] = ['IPv4', 'IPv6'];

function mirroredMember(
  resource: EndpointsResource,
  { address, ready }: PortAddress,
): readonly { readonly family: IPFamily; readonly member: SliceMember }[] {
  const parsed = parseAddress(address.ip);
  if (parsed === undefined) return [];
  const text = renderAddress(parsed.family, parsed.value);
  const member = {
    id: `${displayName(resource)}/${text}${address.target}`,
    name: text,
    origin: displayName(resource),
    addresses: [text],
    node: address.nodeName,
    zone: undefined,
    hostname: address.hostname,
    ready,
    // Left out, which counts as true.
    serving: true,
    terminating: false,
    hints: undefined,
    source: { resource, path: address.path },
  };
  return [{ family: parsed.family, member }];
}

/** Ports with the same addresses together (pkg/api/v1/endpoints, RepackSubsets). An address both ready and not is not ready. */
function repackedSubsets({
  subsets,
}: EndpointsResource): readonly { readonly ports: readonly SlicePort[]; readonly addresses: readonly PortAddress[] }[] {
  const first = new Map<string, EndpointAddress>();
  const perPort = new Map<string, { port: EndpointSubsetPort | undefined; addresses: Map<string, PortAddress> }>();
  for (const { ports, addresses, notReadyAddresses } of subsets) {
    for (const port of ports.length === 0 ? [undefined] : ports) {
      const key = port === undefined ? '' : keyOfPorts([port]);
      const entry = perPort.get(key) ?? { port, addresses: new Map<string, PortAddress>() };
      perPort.set(key, entry);
      for (const address of addresses) addAddress(entry.addresses, first, { address, ready: true });
      for (const address of notReadyAddresses) addAddress(entry.addresses, first, { address, ready: false });
    }
  }
  const groups = new Map<string, { ports: SlicePort[]; addresses: AddressesByKey }>();
  for (const { port, addresses } of perPort.values()) {
    const key = JSON.stringify([...addresses].map(([name, { ready }]) => [name, ready]).sort());
    const group = groups.get(key) ?? { ports: [], addresses };
    groups.set(key, group);
    if (port !== undefined && port.port > 0) group.ports.push(plainPort(port));
  }
  return [...groups.values()].map(({ ports, addresses }) => ({ ports, addresses: [...addresses.values()].sort(byIP) }));
}

function addAddress(
  addresses: Map<string, PortAddress>,
  first: Map<string, EndpointAddress>,
  { address, ready }: PortAddress,
): void {
  const key = `${address.ip} ${address.target}`;
  const known = first.get(key) ?? address;
  first.set(key, known);
  if (addresses.get(key)?.ready ?? true) addresses.set(key, { address: known, ready });
}

function byIP(a: PortAddress, b: PortAddress): number {
  return a.address.ip < b.address.ip ? -1 : 1;
}
