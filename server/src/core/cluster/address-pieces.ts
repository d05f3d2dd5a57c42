import { type AddressRange, bitsOf, parseCidr } from '../api/index.ts';
import type { IPFamily } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';

/**
 * All addresses of a family in pieces of which every ipBlock of the cluster's policies holds either all or nothing, and so does
 * each of the given ranges: whatever is said of one address of a piece is true of all of it.
 */
export function addressPieces(
  cluster: Cluster,
  family: IPFamily,
  ranges: readonly AddressRange[] = [],
): readonly AddressRange[] {
  const edges = [...blocksOf(cluster), ...ranges]
    .filter((range) => range.family === family)
    .flatMap(({ first, last }) => [first, last + 1n]);
  const end = 1n << BigInt(bitsOf(family));
  const starts = [...new Set([0n, ...edges])].filter((edge) => edge < end).sort((a, b) => (a < b ? -1 : 1));
  return starts.map((first, index) => ({
    family,
    first,
    last: (starts[index + 1] ?? end) - 1n,
    prefixLength: bitsOf(family),
  }));
}

function blocksOf(cluster: Cluster): readonly AddressRange[] {
  return cluster.namespaces
    .flatMap((view) => view.policies)
    .flatMap(({ spec }) => [...spec.ingress, ...spec.egress])
    .flatMap((rule) => rule.peers)
    .flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock.cidr, ...ipBlock.except]))
    .flatMap((cidr) => parseCidr(cidr) ?? []);
}
