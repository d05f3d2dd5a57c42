import { type AddressRange, parseCidr, renderAddress } from '../../ip.ts';

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

/** The ports of `--service-node-port-range`, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** The range of a server that is given none (pkg/kubeapiserver/options, DefaultServiceNodePortRange). */
export const DEFAULT_NODE_PORTS: PortRange = { first: 30000, last: 32767 };

/** The same of the node ports. */
export interface PortBands {
  readonly static: PortRange | undefined;
  readonly dynamic: PortRange;
}

/**
 * The bands of a service CIDR (KEP-3070; pkg/registry/core/service/ipallocator, calculateRangeOffset). Undefined if the text
 * is no CIDR or holds no address that can be assigned.
 */
export function bandsOfCidr(cidr: string): AddressBands | undefined {
  const range = parseCidr(cidr);
  const usable = range === undefined ? undefined : usableAddresses(range);
  if (range === undefined || usable === undefined) return undefined;
  const { first, last } = usable;
  const offset = staticSize(range.last - range.first + 1n, { step: 16n, maximum: 256n });
  const band = (from: bigint, to: bigint) => ({
    first: renderAddress(range.family, from),
    last: renderAddress(range.family, to),
  });
  return {
    static: offset === 0n ? undefined : band(first, first + offset - 1n),
    dynamic: band(first + offset, last),
  };
}

/** The bands of the node ports (pkg/registry/core/service/portallocator, calculateRangeOffset). Undefined for an empty range. */
export function bandsOfPorts({ first, last }: PortRange): PortBands | undefined {
  if (last < first) return undefined;
  const offset = Number(staticSize(BigInt(last - first + 1), { step: 32n, maximum: 128n }));
  return {
    static: offset === 0 ? undefined : { first, last: first + offset - 1 },
    dynamic: { first: first + offset, last },
  };
}

/** The addresses that can be handed out: without the network's own, and for IPv4 without the broadcast address. */
export function usableAddresses(range: AddressRange): { readonly first: bigint; readonly last: bigint } | undefined {
  const first = range.first + 1n;
  const last = range.family === 'IPv4' ? range.last - 1n : range.last;
  return last < first ? undefined : { first, last };
}

const MINIMUM = 16n;

function staticSize(size: bigint, { step, maximum }: { readonly step: bigint; readonly maximum: bigint }): bigint {
  if (size <= MINIMUM) return 0n;
  const part = size / step;
  return part < MINIMUM ? MINIMUM : part > maximum ? maximum : part;
}
