import type { FieldPath } from '../yaml/index.ts';
import type { Fields } from './fields.ts';
import { type Protocol, protocolOf } from './pod-template.ts';

/** The label that says which Service a slice belongs to. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

export interface SlicePort {
  readonly path: FieldPath;
  readonly name: string;
  /** Undefined means every port; kube-proxy ignores such entries (KP-8). */
  readonly port: number | undefined;
  readonly protocol: Protocol;
  readonly appProtocol: string | undefined;
}

/** Which zones and nodes an endpoint is meant for. */
export interface TopologyHints {
  readonly zones: readonly string[];
  readonly nodes: readonly string[];
}

/** Conditions left out count as ready, serving, and not terminating (EPS-DEF-4). */
export interface SliceEndpoint {
  readonly path: FieldPath;
  readonly addresses: readonly string[];
  readonly ready: boolean;
  readonly serving: boolean;
  /** As written: kube-proxy takes what is left out for true, whatever `ready` says (KP-9). */
  readonly writtenServing: boolean | undefined;
  readonly terminating: boolean;
  readonly hostname: string | undefined;
  readonly nodeName: string | undefined;
  readonly zone: string | undefined;
  readonly hints: TopologyHints | undefined;
}

/** discovery.k8s.io/v1 EndpointSlice, as written by hand. */
export interface EndpointSliceSpec {
  readonly addressType: string;
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly SliceEndpoint[];
}

export function decodeEndpointSlice(fields: Fields): EndpointSliceSpec {
  return {
    addressType: fields.string('addressType') ?? '',
    ports: fields.objects('ports').map((port) => ({
      path: port.path,
      name: port.string('name') ?? '',
      port: port.integer('port'),
      protocol: protocolOf(port.string('protocol')),
      appProtocol: port.string('appProtocol'),
    })),
    endpoints: fields.objects('endpoints').map(decodeEndpoint),
  };
}

function decodeEndpoint(fields: Fields): SliceEndpoint {
  const conditions = fields.object('conditions');
  const ready = conditions?.boolean('ready') ?? true;
  return {
    path: fields.path,
    addresses: fields.strings('addresses').map((item) => item.value),
    ready,
    serving: conditions?.boolean('serving') ?? ready,
    writtenServing: conditions?.boolean('serving'),
    terminating: conditions?.boolean('terminating') ?? false,
    hostname: fields.string('hostname'),
    nodeName: fields.string('nodeName'),
    zone: fields.string('zone'),
    hints: decodeHints(fields.object('hints')),
  };
}

function decodeHints(hints: Fields | undefined): TopologyHints | undefined {
  const namesIn = (key: string) => (hints?.objects(key) ?? []).map((item) => item.string('name') ?? '');
  return hints && { zones: namesIn('forZones'), nodes: namesIn('forNodes') };
}
