import { type AddressBand, bandsOfCidr, parseAddress, parseCidr, rangeContains } from '../api/index.ts';
import { type IPFamily, isExternalName, isHeadless, type ServiceResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';

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
