import { bandsOfCidr, bandsOfPorts, familyOfPicked, isPlaceholder, type PortBands } from '../../api/index.ts';
import { addressesOf, type Cluster, parseCidr, type ServiceAddress } from '../../cluster/index.ts';
import type { IPFamily, Resource } from '../../manifest/index.ts';
import { code, lines, type Markup, md } from '../markup.ts';

/** Where a value comes from that the server picks; undefined for a value that is known. */
export function allocationWords(cluster: Cluster, value: unknown): Markup | undefined {
  if (!isPlaceholder(value)) return undefined;
  const family = familyOfPicked(value);
  return family === undefined ? portWords(cluster) : addressWords(cluster, family);
}

/** `assigned on creation, from 10.96.1.1 to 10.111.255.254`. */
export function addressWords(cluster: Cluster, family: IPFamily): Markup {
  const cidr = cluster.settings.serviceCIDRs.find((each) => parseCidr(each)?.family === family);
  const bands = cidr === undefined ? undefined : bandsOfCidr(cidr);
  if (bands === undefined) return md`assigned on creation`;
  const { first, last } = bands.dynamic;
  return md`assigned on creation, from ${code(first)} to ${code(last)}${assumption(cluster, 'serviceCIDRs')}`;
}

function portWords(cluster: Cluster): Markup {
  const bands = bandsOfPorts(cluster.settings.nodePortRange);
  if (bands === undefined) return md`assigned on creation`;
  const { first, last } = bands.dynamic;
  return md`a free port from ${code(first)} to ${code(last)}${assumption(cluster, 'nodePortRange')}`;
}

type RangeSetting = 'serviceCIDRs' | 'nodePortRange';

/** `, assumed: 10.96.0.0/12` where the settings do not say which range the cluster has. */
export function assumption({ settings }: Cluster, key: RangeSetting): string {
  if (settings.given.has(key)) return '';
  const { first, last } = settings.nodePortRange;
  return `, assumed: ${code(key === 'nodePortRange' ? `${first}-${last}` : settings.serviceCIDRs.join(', '))}`;
}

type Band = Extract<ServiceAddress, { kind: 'given' }>['band'];

const ADDRESS_BANDS: Readonly<Record<Band, string>> = {
  static: 'static band: never assigned to another Service while others are free',
  dynamic: 'dynamic band: it may be taken by another Service before this one is created',
  outside: '*in no service CIDR of this cluster, so the API server refuses it*',
};

const PORT_BANDS: Readonly<Record<Band, string>> = {
  ...ADDRESS_BANDS,
  outside: '*not in the range of node ports of this cluster, so the API server refuses it*',
};

/** How safe an address is that a Service asks for itself. */
export function addressBandWords(cluster: Cluster, band: Band): Markup {
  return md`${ADDRESS_BANDS[band]}${assumption(cluster, 'serviceCIDRs')}`;
}

/** The same for the value of a field, if it is an address or a node port of a Service. */
export function bandNote(cluster: Cluster, resource: Resource, field: string, value: unknown): Markup | undefined {
  if (resource.type !== 'Service') return undefined;
  if (field === 'ServiceSpec.clusterIP' || field === 'ServiceSpec.clusterIPs') {
    const given = addressesOf(cluster, resource).flatMap((each) => (each.kind === 'given' ? [each] : []));
    const isMany = field === 'ServiceSpec.clusterIPs';
    return lines(
      (isMany ? given : given.slice(0, 1)).map(
        ({ address, band }) => md`${isMany && `${code(address)}: `}${addressBandWords(cluster, band)}`,
      ),
    );
  }
  const bands = bandsOfPorts(cluster.settings.nodePortRange);
  if (field !== 'ServicePort.nodePort' || typeof value !== 'number' || bands === undefined) return undefined;
  return md`${PORT_BANDS[bandOfPort(bands, value)]}${assumption(cluster, 'nodePortRange')}`;
}

function bandOfPort(bands: PortBands, port: number): Band {
  if (bands.static !== undefined && bands.static.first <= port && port <= bands.static.last) return 'static';
  return bands.dynamic.first <= port && port <= bands.dynamic.last ? 'dynamic' : 'outside';
}
