import type { FieldPath } from '../yaml/index.ts';
import type { Fields } from './fields.ts';
import { type Protocol, protocolOf } from './pod-template.ts';

export interface EndpointAddress {
  readonly path: FieldPath;
  readonly ip: string;
  readonly hostname: string | undefined;
  readonly nodeName: string | undefined;
  /** The object behind the address, as far as it tells one from another. */
  readonly target: string;
}

export interface EndpointSubsetPort {
  readonly path: FieldPath;
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly appProtocol: string | undefined;
}

/** core/v1 Endpoints: each subset is the product of its addresses and its ports. */
export interface EndpointSubset {
  readonly addresses: readonly EndpointAddress[];
  readonly notReadyAddresses: readonly EndpointAddress[];
  readonly ports: readonly EndpointSubsetPort[];
}

export function decodeEndpoints(fields: Fields): readonly EndpointSubset[] {
  return fields.objects('subsets').map((subset) => ({
    addresses: subset.objects('addresses').map(decodeAddress),
    notReadyAddresses: subset.objects('notReadyAddresses').map(decodeAddress),
    ports: subset.objects('ports').map((port) => ({
      path: port.path,
      name: port.string('name') ?? '',
      port: port.integer('port') ?? 0,
      protocol: protocolOf(port.string('protocol')),
      appProtocol: port.string('appProtocol'),
    })),
  }));
}

function decodeAddress(fields: Fields): EndpointAddress {
  return {
    path: fields.path,
    ip: fields.string('ip') ?? '',
    hostname: fields.string('hostname'),
    nodeName: fields.string('nodeName'),
    target: fields.object('targetRef')?.string('uid') ?? '',
  };
}
