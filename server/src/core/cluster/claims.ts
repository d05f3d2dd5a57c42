import { bandsOfCidr, bandsOfPorts, parseLenientAddress, parseLenientCidr, renderAddress } from '../api/index.ts';
import { type IPFamily, isExternalName, isHeadless, type ServiceResource } from '../manifest/index.ts';
import type { FieldPath } from '../yaml/index.ts';
import { apiAnswerTo } from './api-answers.ts';
import type { Cluster } from './cluster.ts';

/** An address or a node port that a Service asks for by itself, of which a cluster has one. */
export type ServiceClaim =
  | { readonly kind: 'address'; readonly family: IPFamily; readonly value: bigint; readonly path: FieldPath }
  | {
      readonly kind: 'port';
      readonly value: number;
      readonly path: FieldPath;
      /** Whether it is for health checks of load balancers, which share the pool. */
      readonly isHealthCheck: boolean;
    };

/** What a Service asks for (pkg/registry/core/service/storage/alloc.go). Nothing if the server refuses it anyway. */
export function claimsOfService(cluster: Cluster, service: ServiceResource): readonly ServiceClaim[] {
  const claims = [...addressClaims(service), ...portClaims(service)];
  // Most Services ask for nothing, and need no answer.
  return claims.length > 0 && apiAnswerTo(cluster, service)?.status === 201 ? claims : [];
}

function addressClaims({ spec }: ServiceResource): readonly ServiceClaim[] {
  if (isExternalName(spec) || isHeadless(spec)) return [];
  const written =
    spec.clusterIPs.length > 0
      ? spec.clusterIPs.map((text, index) => ({ text, path: [...spec.path, 'clusterIPs', index] }))
      : [{ text: spec.clusterIP ?? '', path: [...spec.path, 'clusterIP'] }];
  return written.flatMap(({ text, path }) => {
    const address = parseLenientAddress(text);
    return address === undefined ? [] : [{ kind: 'address', family: address.family, value: address.value, path }];
  });
}

function portClaims({ spec }: ServiceResource): readonly ServiceClaim[] {
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return [];
  const ports = spec.ports.flatMap(({ nodePort, path }): readonly ServiceClaim[] =>
    nodePort === undefined
      ? []
      : [{ kind: 'port', value: nodePort, path: [...path, 'nodePort'], isHealthCheck: false }],
  );
  const { healthCheckNodePort: value } = spec;
  if (value === undefined) return ports;
  return [...ports, { kind: 'port', value, path: [...spec.path, 'healthCheckNodePort'], isHealthCheck: true }];
}

/** Who has what, if all Services of the cluster are created in the order in which they are written. */
export interface ClaimIndex {
  /** The Service that has it first, and where it says so. */
  readonly holderOf: (claim: ServiceClaim) => ClaimHolder | undefined;
  /** Addresses and ports of the bands for explicit requests that nobody asks for, the lowest first. */
  readonly freeAddress: (family: IPFamily) => string | undefined;
  readonly freePort: () => number | undefined;
}

export interface ClaimHolder {
  readonly service: ServiceResource;
  readonly path: FieldPath;
}

export function claimIndexOf(cluster: Cluster): ClaimIndex {
  return cluster.derived(buildIndex);
}

function buildIndex(cluster: Cluster): ClaimIndex {
  const holders = new Map<string, ClaimHolder>();
  for (const service of cluster.services) {
    for (const claim of claimsOfService(cluster, service)) {
      const key = keyOf(claim);
      if (!holders.has(key)) holders.set(key, { service, path: claim.path });
    }
  }
  return {
    holderOf: (claim) => holders.get(keyOf(claim)),
    freeAddress: (family) => freeAddress(cluster, family, (value) => holders.has(`${family} ${value}`)),
    freePort: () => freePort(cluster, (value) => holders.has(`port ${value}`)),
  };
}

function keyOf(claim: ServiceClaim): string {
  return claim.kind === 'port' ? `port ${claim.value}` : `${claim.family} ${claim.value}`;
}

/** The first address of a CIDR belongs to the Service kubernetes, and cluster DNS customarily has the tenth. */
const RESERVED = [1n, 10n];

function freeAddress(cluster: Cluster, family: IPFamily, isTaken: (value: bigint) => boolean): string | undefined {
  for (const cidr of cluster.settings.serviceCIDRs) {
    const network = parseLenientCidr(cidr)?.range;
    const band = bandsOfCidr(cidr)?.static;
    if (network?.family !== family || band === undefined) continue;
    const last = parseLenientAddress(band.last)?.value ?? 0n;
    for (let value = network.first + 1n; value <= last; value += 1n) {
      if (!isTaken(value) && !RESERVED.includes(value - network.first)) return renderAddress(family, value);
    }
  }
  return undefined;
}

function freePort({ settings }: Cluster, isTaken: (value: number) => boolean): number | undefined {
  const bands = bandsOfPorts(settings.nodePortRange);
  const band = bands?.static ?? bands?.dynamic;
  for (let port = band?.first ?? 1; port <= (band?.last ?? 0); port += 1) {
    if (!isTaken(port)) return port;
  }
  return undefined;
}
