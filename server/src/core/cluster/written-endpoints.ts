import { type FieldRef, namespaceOf, type ServicePort, type ServiceResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';

/** One address and port of a Service that stands in a manifest instead of being made from Pods. */
export interface WrittenEndpoint {
  readonly address: string;
  readonly port: number;
  readonly ready: boolean;
  /** It still answers, though it may be going away: what many controllers send to besides the ready ones. */
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly node: string | undefined;
  readonly zone: string | undefined;
  readonly source: FieldRef;
}

/**
 * The endpoints of a Service port in hand-written EndpointSlices, else in Endpoints, which the control plane mirrors. Ports
 * are joined by name and protocol, never by number (KP-7); of an endpoint all addresses are given.
 */
export function writtenEndpoints(
  cluster: Cluster,
  service: ServiceResource,
  port: ServicePort,
): readonly WrittenEndpoint[] {
  const fromSlices = sliceEndpoints(cluster, service, port);
  return fromSlices.length > 0 ? fromSlices : mirroredEndpoints(cluster, service, port);
}

type PortKey = Pick<ServicePort, 'name' | 'protocol'>;

function isSamePort(a: PortKey, b: PortKey): boolean {
  return a.name === b.name && a.protocol === b.protocol;
}

function sliceEndpoints(cluster: Cluster, service: ServiceResource, wanted: PortKey): readonly WrittenEndpoint[] {
  return cluster
    .namespace(namespaceOf(service))
    .slicesOf(service.name)
    .flatMap((slice) =>
      slice.spec.ports
        .filter((port) => isSamePort(port, wanted))
        .flatMap(({ port }) => (port ? slice.spec.endpoints.map((endpoint) => ({ endpoint, port })) : []))
        .flatMap(({ endpoint, port }) =>
          endpoint.addresses.map((address) => ({
            address,
            port,
            ready: endpoint.ready,
            serving: endpoint.serving,
            terminating: endpoint.terminating,
            node: endpoint.nodeName,
            zone: endpoint.zone,
            source: { resource: slice, path: endpoint.path },
          })),
        ),
    );
}

function mirroredEndpoints(cluster: Cluster, service: ServiceResource, wanted: PortKey): readonly WrittenEndpoint[] {
  const view = cluster.namespace(namespaceOf(service));
  const resource = view.endpoints.find((each) => each.name === service.name);
  if (resource === undefined) return [];
  return resource.subsets.flatMap(({ addresses, notReadyAddresses, ports }) => {
    const all = [
      ...addresses.map((each) => ({ ...each, ready: true })),
      ...notReadyAddresses.map((each) => ({ ...each, ready: false })),
    ];
    return ports
      .filter((port) => isSamePort(port, wanted))
      .flatMap(({ port }) =>
        all.map(({ ip, ready, nodeName, path }) => ({
          address: ip,
          port,
          ready,
          serving: ready,
          terminating: false,
          node: nodeName,
          zone: undefined,
          source: { resource, path },
        })),
      );
  });
}
