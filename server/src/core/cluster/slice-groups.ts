import type { FieldRef, Labels, Protocol, TopologyHints } from '../manifest/index.ts';

/** A port of an EndpointSlice. Service ports are joined to it by name and protocol, never by number (KP-7). */
export interface SlicePort {
  readonly name: string;
  /** Undefined means every port; kube-proxy ignores such entries (KP-8). */
  readonly port: number | undefined;
  readonly protocol: Protocol;
  readonly appProtocol: string | undefined;
}

/** An endpoint as it stands in a slice: a Pod, or what is written by hand. */
export interface SliceMember {
  /** Stays the same over edits that do not concern it. */
  readonly id: string;
  readonly name: string;
  /** `Deployment cart`, or the object in which the address is written. */
  readonly origin: string;
  /** Empty for a Pod that is not there yet: it gets one. */
  readonly addresses: readonly string[];
  readonly node: string | undefined;
  readonly zone: string | undefined;
  readonly hostname: string | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly hints: TopologyHints | undefined;
  readonly source: FieldRef;
}

/** The label that says what manages a slice, and what the control plane's own controllers write into it. */
export const MANAGER_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const CONTROLLER = 'endpointslice-controller.k8s.io';
export const MIRRORING = 'endpointslicemirroring-controller.k8s.io';
/** The label of slices of headless Services. */
export const HEADLESS_LABEL = 'service.kubernetes.io/headless';

/** All slices of a Service with the same address type, labels and ports. */
export interface SliceGroup {
  /** `IPv4`, `IPv6`, or `FQDN`, which kube-proxy never uses (KP-5). */
  readonly addressType: string;
  readonly ports: readonly SlicePort[];
  readonly members: readonly SliceMember[];
  readonly labels: Labels;
  /** How many endpoints are in each slice. */
  readonly sizes: readonly number[];
  /** Who makes them. */
  readonly madeBy: 'controller' | 'mirroring' | 'hand';
}

/** Names a set of ports, whatever their order (ECS-16). */
export function keyOfPorts(ports: readonly SlicePort[]): string {
  return JSON.stringify(
    ports.map(({ name, port, protocol, appProtocol }) => [name, port, protocol, appProtocol].join('/')).sort(),
  );
}

/** All full but the last (endpointslice.md, 4.5); one empty slice for nothing. */
export function sliceSizes(count: number, most: number): readonly number[] {
  const full = Array.from({ length: Math.floor(count / most) }, () => most);
  const rest = count % most;
  return rest === 0 && full.length > 0 ? full : [...full, rest];
}
