import { parseAddress, parseCidr, rangeContains, renderAddress } from '../api/index.ts';
import { type IPFamily, isExternalName, isHeadless, type ServiceResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';

/** A run of addresses, both ends included. */
export interface AddressBand {
  readonly first: string;
  readonly last: string;
}

/** How a service CIDR is handed out: automatic assignment takes from `dynamic` first; `static` is left for explicit requests. */
export interface AddressBands {
  readonly static: AddressBand | undefined;
  readonly dynamic: AddressBand;
}

/**
 * The bands of a service CIDR (KEP-3070; pkg/registry/core/service/ipallocator, calculateRangeOffset). Undefined if the text
 * is no CIDR or holds no address that can be assigned.
 */
export function bandsOfCidr(cidr: string): AddressBands | undefined {
  const range = parseCidr(cidr);
  if (range === undefined) return undefined;
  const size = range.last - range.first + 1n;
  const first = range.first + 1n;
  const last = range.family === 'IPv4' ? range.last - 1n : range.last;
  if (last < first) return undefined;
  const offset = size <= 16n ? 0n : clamp(size / 16n, 16n, 256n);
  const band = (from: bigint, to: bigint) => ({
    first: renderAddress(range.family, from),
    last: renderAddress(range.family, to),
  });
  return {
    static: offset === 0n ? undefined : band(first, first + offset - 1n),
    dynamic: band(first + offset, last),
  };
}

function clamp(value: bigint, low: bigint, high: bigint): bigint {
  return value < low ? low : value > high ? high : value;
}

/** One cluster address of a Service. */
export type ServiceAddress =
  | {
      readonly kind: 'given';
      readonly family: IPFamily;
      readonly address: string;
      /** `outside`: in none of the cluster's service CIDRs, so the server refuses it. */
      readonly band: 'static' | 'dynamic' | 'outside';
    }
  | { readonly kind: 'assigned'; readonly family: IPFamily; readonly from: AddressBand };

/** The families of the cluster's Services, the primary first. */
export function clusterFamilies(cluster: Cluster): readonly IPFamily[] {
  const families = cluster.settings.serviceCIDRs.flatMap((cidr) => parseCidr(cidr)?.family ?? []);
  return families.length > 0 ? [...new Set(families)] : ['IPv4'];
}

/**
 * The IP families that the server gives a Service on creation (registry/core/service/storage/alloc.go, initIPFamilyFields).
 * What it would reject is answered as if the offending part were left out.
 */
export function familiesOf(cluster: Cluster, { spec }: ServiceResource): readonly IPFamily[] {
  if (isExternalName(spec)) return [];
  const available = clusterFamilies(cluster);
  const fromAddresses = givenAddresses(spec).flatMap((text) => parseAddress(text)?.family ?? []);
  const asked = spec.ipFamilies.filter((family): family is IPFamily => family === 'IPv4' || family === 'IPv6');
  const families = [...new Set(asked.length > 0 ? asked : fromAddresses)];
  if (families.length === 0) families.push(available[0] ?? 'IPv4');
  const selectorless = isHeadless(spec) && spec.selector.size === 0;
  const policy = spec.ipFamilyPolicy ?? (selectorless ? 'RequireDualStack' : 'SingleStack');
  const isDual = policy !== 'SingleStack' && (available.length > 1 || selectorless);
  if (isDual && families.length === 1) families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
  return families;
}

/** The cluster addresses of a Service, one per family; none if it is headless or an ExternalName. */
export function addressesOf(cluster: Cluster, service: ServiceResource): readonly ServiceAddress[] {
  if (isHeadless(service.spec)) return [];
  const given = givenAddresses(service.spec).flatMap((text) => {
    const parsed = parseAddress(text);
    return parsed === undefined ? [] : [{ text, ...parsed }];
  });
  return familiesOf(cluster, service).flatMap((family): readonly ServiceAddress[] => {
    const own = given.find((address) => address.family === family);
    if (own !== undefined) return [{ kind: 'given', family, address: own.text, band: bandOf(cluster, own) }];
    const bands = cluster.settings.serviceCIDRs
      .filter((cidr) => parseCidr(cidr)?.family === family)
      .map(bandsOfCidr)[0];
    return bands === undefined ? [] : [{ kind: 'assigned', family, from: bands.dynamic }];
  });
}

function givenAddresses(spec: ServiceResource['spec']): readonly string[] {
  return spec.clusterIPs.length > 0 ? spec.clusterIPs : spec.clusterIP === undefined ? [] : [spec.clusterIP];
}

function bandOf(
  cluster: Cluster,
  address: { readonly family: IPFamily; readonly value: bigint },
): 'static' | 'dynamic' | 'outside' {
  const cidr = cluster.settings.serviceCIDRs.find((each) => {
    const range = parseCidr(each);
    return range !== undefined && rangeContains(range, address);
  });
  const bands = cidr === undefined ? undefined : bandsOfCidr(cidr);
  if (bands === undefined) return 'outside';
  const isIn = (band: AddressBand | undefined) =>
    band !== undefined && numberOf(band.first) <= address.value && address.value <= numberOf(band.last);
  if (isIn(bands.static)) return 'static';
  return isIn(bands.dynamic) ? 'dynamic' : 'outside';
}

function numberOf(address: string): bigint {
  return parseAddress(address)?.value ?? 0n;
}
