import type { IPFamily } from '../../../manifest/index.ts';
import type { Errors } from '../../field-error.ts';
import { parseLenientAddress, renderAddress, renderCidr } from '../../ip.ts';
import type { ApiObject } from '../../kind-rules.ts';
import type { KubernetesVersion } from '../../version.ts';
import type { Allocations, Claim } from './allocations.ts';
import { inventedPort, type PortPlaceholder } from './placeholders.ts';
import type { Service } from './types.ts';

/** What an allocation depends on besides the Service and the pools. */
export interface AllocationOptions {
  /**
   * A dry run claims nothing: it neither sees whether an address is taken nor whether a pool is empty, nor that a port is outside
   * the range.
   */
  readonly mode: 'create' | 'dry-run';
  readonly version: KubernetesVersion;
}

/** An object with everything filled in, or why the request cannot go on. */
export type AllocationOutcome<T extends ApiObject = ApiObject> = Allocated<T> | Refusal;

interface Allocated<T extends ApiObject> {
  readonly type: 'allocated';
  readonly object: T;
  /** What was taken for it, to be given back if the request fails after all. */
  readonly claims: readonly Claim[];
  /** What the stored object had and this one does not need, to be given back if the request succeeds. */
  readonly freed: readonly Claim[];
}

/** Why the request cannot go on. */
export type Refusal =
  /** Status 422. */
  | { readonly type: 'invalid'; readonly errors: Errors }
  /** Status 500. Of the reason `InternalError` the answer says so before the message; an error without a status is `Unknown`. */
  | { readonly type: 'failure'; readonly reason: 'InternalError' | 'Unknown'; readonly message: string };

/** A Service on its way through the stages of one request. */
export type Stage = { readonly type: 'next'; readonly service: Service } | Refusal;

/** The Service goes on to the next stage. */
export function next(service: Service): Stage {
  return { type: 'next', service };
}

/** It is refused for errors of its fields. */
export function refused(...errors: Errors): Refusal {
  return { type: 'invalid', errors };
}

/** The server fails at it. */
export function failed(message: string): Refusal {
  return { type: 'failure', reason: 'InternalError', message };
}

/** Runs stages one after another up to the first that refuses. */
export function inOrder(service: Service, ...stages: readonly ((service: Service) => Stage)[]): Stage {
  return stages.reduce<Stage>((stage, run) => (stage.type === 'next' ? run(stage.service) : stage), next(service));
}

/** What one request takes out of the pools. Problems are texts of the server. */
export interface Attempt {
  readonly claimAddress: (family: IPFamily, text: string) => string | undefined;
  readonly pickAddress: (family: IPFamily) => string | undefined;
  readonly claimPort: (port: number) => string | undefined;
  /** Whether a port belongs to the cluster's range. */
  readonly isNodePort: (port: number) => boolean;
  /** Undefined if the range is full. */
  readonly pickPort: () => PortPlaceholder | undefined;
  /** What was taken so far. */
  readonly claims: () => readonly Claim[];
}

/** The pools as one request sees them. */
export function startAttempt(allocations: Allocations, { mode }: AllocationOptions): Attempt {
  return mode === 'create' ? realAttempt(allocations) : dryAttempt(allocations);
}

function realAttempt(allocations: Allocations): Attempt {
  const claims: Claim[] = [];
  const took = (problem: string | undefined, claim: Claim) => {
    if (problem === undefined) claims.push(claim);
    return problem;
  };
  return {
    claimAddress: (family, text) => {
      const address = parseLenientAddress(text)?.value ?? 0n;
      if (!allocations.handsOut(family, address)) return 'the provided network does not match the current range';
      return took(allocations.takeAddress(family, address), { kind: 'address', family, address });
    },
    pickAddress: (family) => took(allocations.pickAddress(family), { kind: 'address', family, address: undefined }),
    claimPort: (port) =>
      allocations.isNodePort(port)
        ? took(allocations.takePort(port), { kind: 'port', port })
        : `provided port is not in the valid range. The range of valid ports is ${rangeText(allocations)}`,
    isNodePort: (port) => allocations.isNodePort(port),
    pickPort: () => {
      const port = allocations.pickPort();
      if (port !== undefined) claims.push({ kind: 'port', port });
      return port;
    },
    claims: () => claims,
  };
}

function rangeText({ nodePorts: { first, last } }: Allocations): string {
  return last < first ? '' : `${first}-${last}`;
}

/** A dry run (ipallocator.go, dryRunAllocator; portallocator/operation.go). */
function dryAttempt(allocations: Allocations): Attempt {
  const ports = new TriedPorts(allocations);
  return {
    claimAddress: (family, text) => outsideProblem(allocations, family, text),
    pickAddress: () => undefined,
    claimPort: (port) => {
      if (ports.isTaken(port)) return 'provided port is already allocated';
      ports.take(port);
      return undefined;
    },
    isNodePort: (port) => allocations.isNodePort(port),
    pickPort: () => {
      const port = ports.invented();
      ports.take(port);
      return inventedPort(port);
    },
    claims: () => [],
  };
}

/** The ports that a dry run has been asked for and has made up. */
class TriedPorts {
  private readonly taken = new Set<number>();
  private greatest = 0;

  constructor(private readonly allocations: Allocations) {}

  isTaken(port: number): boolean {
    return this.allocations.hasPort(port) || this.taken.has(port);
  }

  take(port: number): void {
    this.taken.add(port);
    this.greatest = Math.max(this.greatest, port);
  }

  /** The number that a dry run shows for a port that it would pick: one more than the greatest so far. */
  invented(): number {
    // The server counts in 32 bits.
    const first = ((this.taken.size === 0 ? 32768 : this.greatest) + 1) | 0;
    // The server looks for a free one only among the first hundred.
    for (let port = first; port < 100; port += 1) {
      if (!this.allocations.hasPort(port)) return port;
    }
    return first;
  }
}

function outsideProblem(allocations: Allocations, family: IPFamily, text: string): string | undefined {
  const range = allocations.cidrs.find((each) => each.family === family);
  const address = parseLenientAddress(text)?.value ?? 0n;
  if (range === undefined) return undefined;
  const last = family === 'IPv4' ? range.last - 1n : range.last;
  if (range.first < address && address <= last) return undefined;
  const valid = `The range of valid IPs is ${renderCidr(range)}`;
  return `the provided IP (${renderAddress(family, address)}) is not in the valid range. ${valid}`;
}
