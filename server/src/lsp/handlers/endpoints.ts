import {
  distributableServices,
  distributionOf,
  type EndpointDistribution,
  type EndpointShare,
  type FieldRef,
  findServiceAt,
  type ServiceResource,
  type Snapshot,
  serviceKey,
  stateOf,
} from '../../core/index.ts';
import { toRange } from '../convert.ts';
import type { EndpointsControls, EndpointsParams, EndpointsResult, EndpointsView } from '../protocol.ts';
import type { Session } from '../session.ts';

/** The view of a Service's endpoints, or why there is none and what to do. */
export function endpointsView({ snapshot }: Session, params: EndpointsParams): EndpointsResult {
  const cluster = snapshot.clusterOf(params.uri);
  const service = findService(snapshot, params);
  if (cluster === undefined || service === undefined) return noService(params);
  const controls = params.controls ?? defaultControls(service);
  const query = { ...controls, client: controls.client || undefined };
  const distribution = distributionOf(cluster, service, query);
  const services = distributableServices(cluster).map(serviceKey);
  return { type: 'show', distribution: toView(snapshot, distribution, controls, services) };
}

function noService({ controls }: EndpointsParams): EndpointsResult {
  if (controls === undefined) {
    const advice = 'Put the cursor into a Service, or into a workload that one selects, and open the view again.';
    return { type: 'empty', reason: 'There is no Service here.', advice };
  }
  const reason = `Service ${controls.service} is not there any more.`;
  return { type: 'empty', reason, advice: 'It may have been renamed. Open the view again from a Service.' };
}

function findService(snapshot: Snapshot, { uri, position, controls }: EndpointsParams): ServiceResource | undefined {
  const cluster = snapshot.clusterOf(uri);
  const lines = snapshot.files.get(uri)?.lines;
  if (controls !== undefined)
    return cluster && distributableServices(cluster).find((each) => serviceKey(each) === controls.service);
  return lines && position && findServiceAt(snapshot, uri, lines.offsetAt(position));
}

function defaultControls(service: ServiceResource): EndpointsControls {
  const asWritten = { family: undefined, replicas: undefined, zones: undefined, nodes: undefined };
  return { service: serviceKey(service), port: 0, client: '', traffic: 'internal', ...asWritten };
}

function toView(
  snapshot: Snapshot,
  distribution: EndpointDistribution,
  controls: EndpointsControls,
  services: readonly string[],
): EndpointsView {
  const { service, port, nodes, zones, replicas, slices } = distribution;
  return {
    services: services.map((key) => ({ value: key, label: key })),
    ports: service.spec.ports.map((each, index) => ({ value: String(index), label: portLabel(each) })),
    families: distribution.families.map((each) => ({ value: each, label: each })),
    clients: [{ value: '', label: 'any node' }, ...nodes.map(({ name }) => ({ value: name, label: name }))],
    controls: { ...controls, family: distribution.family, replicas, zones: zones.length, nodes: nodes.length },
    title: serviceKey(service),
    type: service.spec.clusterIP === 'None' ? 'headless' : service.spec.type,
    address: distribution.address,
    portLabel: port === undefined ? 'no port' : portLabel(port),
    place: toPlace(snapshot, distribution.source),
    slices: slices.map(({ addressType, ports, sizes }) => ({
      family: addressType,
      ports: ports.map(({ name, port: number }) => `${name} ${number ?? ''}`.trim()).join(', ') || 'no ports',
      sizes,
    })),
    endpoints: distribution.endpoints.map((each) => toRow(snapshot, each)),
    outcome: distribution.outcome,
    assumptions: distribution.assumptions,
  };
}

function portLabel({ name, port, protocol }: ServiceResource['spec']['ports'][number]): string {
  return [name, port, protocol === 'TCP' ? '' : protocol].filter((part) => part !== '').join(' ');
}

function toRow(snapshot: Snapshot, { endpoint, share }: EndpointShare): EndpointsView['endpoints'][number] {
  const { id, name, origin, zone, node, address, port } = endpoint;
  return {
    id,
    name,
    workload: origin,
    place: toPlace(snapshot, endpoint.source),
    zone,
    node,
    address,
    targetPort: port,
    state: stateOf(endpoint),
    share,
  };
}

function toPlace(snapshot: Snapshot, ref: FieldRef): EndpointsView['place'] {
  const { uri, range } = snapshot.locate(ref);
  return { uri, ...toRange(snapshot, uri, range).start };
}
