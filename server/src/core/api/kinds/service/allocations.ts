import type { IPFamily } from '../../../manifest/index.ts';
import { type AddressRange, parseCidr, parseLenientAddress, rangeContains } from '../../ip.ts';
import { DEFAULT_NODE_PORTS, type PortRange, usableAddresses } from './bands.ts';
import { isExternalName, isHeadless, needsHealthCheck } from './facts.ts';
import { familyOfAddress, isPlaceholder, type NodePort, type PortPlaceholder, pickedPort } from './placeholders.ts';
import type { Service } from './types.ts';

/** One thing that a Service has out of a pool. An address that the server picked has no value. */
export type Claim =
  | { readonly kind: 'address'; readonly family: IPFamily; readonly address: bigint | undefined }
  | { readonly kind: 'port'; readonly port: NodePort };

/** What the server says when a pool does not give what was asked of it. */
export type PoolProblem = 'range is full' | 'provided IP is already allocated' | 'provided port is already allocated';

/** The flags of an API server that its pools follow from. */
export interface PoolSettings {
  /** CIDRs of the cluster's Services, those of the primary family first. Texts that are none do not count. */
  readonly serviceCIDRs: readonly string[];
  readonly nodePorts?: PortRange;
}

/**
 * The cluster addresses and node ports of a cluster, and which of them are taken: the one part of the server that remembers
 * (pkg/registry/core/service/ipallocator, portallocator). Starts with the address of the Service `kubernetes`.
 */
export class Allocations {
  readonly cidrs: readonly AddressRange[];
  /** The families of the cluster's Services, the primary first. */
  readonly families: readonly IPFamily[];
  readonly nodePorts: PortRange;
  private readonly addresses: Readonly<Record<IPFamily, Set<bigint>>> = { IPv4: new Set(), IPv6: new Set() };
  private readonly picked: Record<IPFamily, bigint> = { IPv4: 0n, IPv6: 0n };
  private readonly ports = new Set<NodePort>();
  private identity = 0;

  constructor({ serviceCIDRs, nodePorts = DEFAULT_NODE_PORTS }: PoolSettings) {
    this.cidrs = serviceCIDRs.flatMap((cidr) => parseCidr(cidr) ?? []);
    this.families = [...new Set(this.cidrs.map(({ family }) => family))];
    this.nodePorts = nodePorts;
    const primary = this.cidrs[0];
    const first = primary === undefined ? undefined : usableAddresses(primary)?.first;
    if (primary !== undefined && first !== undefined) this.addresses[primary.family].add(first);
  }

  /** Whether any of the CIDRs hands out an address (pkg/api/servicecidr, PrefixContainsIP). */
  handsOut(family: IPFamily, address: bigint): boolean {
    return this.cidrs.some((range) => {
      const usable = usableAddresses(range);
      const isIn = usable !== undefined && usable.first <= address && address <= usable.last;
      return isIn && rangeContains(range, { family, value: address });
    });
  }

  /** Takes an address, which must be one that the CIDRs hand out. */
  takeAddress(family: IPFamily, address: bigint): PoolProblem | undefined {
    const taken = this.addresses[family];
    // Where nothing is free the address is one of those that were picked.
    if (taken.has(address) || this.freeAddresses(family) <= 0n) return 'provided IP is already allocated';
    taken.add(address);
    return undefined;
  }

  /** Takes any address of a family; which one is not known. */
  pickAddress(family: IPFamily): PoolProblem | undefined {
    if (this.freeAddresses(family) <= 0n) return 'range is full';
    this.picked[family] += 1n;
    return undefined;
  }

  private freeAddresses(family: IPFamily): bigint {
    const sizes = this.cidrs
      .filter((range) => range.family === family)
      .flatMap((range) => usableAddresses(range) ?? [])
      .map(({ first, last }) => last - first + 1n);
    const size = sizes.reduce((sum, each) => sum + each, 0n);
    return size - BigInt(this.addresses[family].size) - this.picked[family];
  }

  /** Whether a node port is taken. */
  hasPort(port: NodePort): boolean {
    return this.ports.has(port);
  }

  /** Whether a port is one of the range. */
  isNodePort(port: number): boolean {
    return this.nodePorts.first <= port && port <= this.nodePorts.last;
  }

  /** Takes a port, which must be one of the range. */
  takePort(port: number): PoolProblem | undefined {
    if (this.ports.has(port) || this.freePorts() <= 0) return 'provided port is already allocated';
    this.ports.add(port);
    return undefined;
  }

  /** Takes any port of the range; undefined if none is left. */
  pickPort(): PortPlaceholder | undefined {
    if (this.freePorts() <= 0) return undefined;
    this.identity += 1;
    const port = pickedPort(this.identity);
    this.ports.add(port);
    return port;
  }

  private freePorts(): number {
    return this.nodePorts.last - this.nodePorts.first + 1 - this.ports.size;
  }

  /** Gives back what a Service had. What is not taken stays so. */
  release(claims: readonly Claim[]): void {
    for (const claim of claims) {
      if (claim.kind === 'port') {
        this.ports.delete(claim.port);
        if (isPlaceholder(claim.port)) this.ports.delete(allocatedName(claim.port));
      } else if (claim.address !== undefined) this.addresses[claim.family].delete(claim.address);
      else if (this.picked[claim.family] > 0n) this.picked[claim.family] -= 1n;
    }
  }

  /** How much is taken, of any pool. */
  get taken(): number {
    const { IPv4, IPv6 } = this.addresses;
    return IPv4.size + IPv6.size + Number(this.picked.IPv4 + this.picked.IPv6) + this.ports.size;
  }
}

/** A picked port is taken under the name that it was picked with. */
function allocatedName(port: string): PortPlaceholder {
  return port.replace('<kept', '<allocated') as PortPlaceholder;
}

/** The claim to a cluster address in any spelling, or to a picked one; none for a text that is no address. */
export function addressClaim(text: string): readonly Claim[] {
  const family = familyOfAddress(text);
  if (family === undefined) return [];
  return [{ kind: 'address', family, address: parseLenientAddress(text)?.value }];
}

/** All that a stored Service has out of the pools (pkg/registry/core/service/storage, releaseAllocatedResources). */
export function claimsOf(service: Service): readonly Claim[] {
  const { spec = {} } = service;
  const hasAddresses = !isExternalName(spec) && !isHeadless(spec);
  const health = needsHealthCheck(spec) ? [spec.healthCheckNodePort] : [];
  const ports = [...(spec.ports ?? []).map(({ nodePort }) => nodePort), ...health];
  return [
    ...(hasAddresses ? (spec.clusterIPs ?? []).flatMap(addressClaim) : []),
    ...[...new Set(ports)].flatMap((port) => (port === undefined ? [] : [{ kind: 'port', port } as const])),
  ];
}
