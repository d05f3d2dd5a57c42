import { type Cluster, isIngressBackend } from '../../cluster/index.ts';
import {
  isExternalName,
  isHeadless,
  isTopologyAuto,
  type ServicePort,
  type ServiceResource,
  TOPOLOGY_ANNOTATIONS,
} from '../../manifest/index.ts';
import type { FieldPath, Json } from '../../yaml/index.ts';
import type { RuleFinding } from '../rule.ts';
import { removal, writtenAt } from './written.ts';

/** A field that a kind of Service has no use for, where its value asks for something. */
interface UselessField {
  /** Relative to the object. */
  readonly path: FieldPath;
  readonly asks: (value: Json) => boolean;
  readonly because: string;
}

const isText = (value: Json) => typeof value === 'string' && value !== '';
const isLocal = (value: Json) => value === 'Local';
const isFilled = (value: Json) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const NO_ENDPOINTS = 'It has no endpoints.';

/** Fields without a use for an ExternalName (SVC-EXT-7, SVC-SEL-4, ECS-1). What the server itself refuses or warns of is not here. */
const OF_EXTERNAL_NAME: readonly UselessField[] = [
  { path: ['spec', 'selector'], asks: isFilled, because: 'It selects no Pods.' },
  {
    path: ['spec', 'sessionAffinity'],
    asks: (value) => value === 'ClientIP',
    because: 'Its clients connect to that host themselves.',
  },
  { path: ['spec', 'loadBalancerIP'], asks: isText, because: 'No load balancer is made for it.' },
  { path: ['spec', 'publishNotReadyAddresses'], asks: (value) => value === true, because: NO_ENDPOINTS },
  { path: ['spec', 'internalTrafficPolicy'], asks: isLocal, because: 'The API server drops the field.' },
  { path: ['spec', 'trafficDistribution'], asks: isText, because: NO_ENDPOINTS },
  ...TOPOLOGY_ANNOTATIONS.map((name) => ({
    path: ['metadata', 'annotations', name],
    asks: isTopologyAuto,
    because: NO_ENDPOINTS,
  })),
];

/** Fields that only kube-proxy acts on, which knows no headless Services (SVC-HL-4, KP-2). */
const OF_HEADLESS: readonly Omit<UselessField, 'because'>[] = [
  { path: ['spec', 'internalTrafficPolicy'], asks: isLocal },
  { path: ['spec', 'trafficDistribution'], asks: isText },
  ...TOPOLOGY_ANNOTATIONS.map((name) => ({ path: ['metadata', 'annotations', name], asks: isTopologyAuto })),
];

/** Fields that have no use for the type of a Service, ExternalName or headless. */
export function findIgnoredByType(service: ServiceResource, cluster: Cluster): readonly RuleFinding[] {
  if (isExternalName(service.spec)) {
    const ports = service.spec.ports.flatMap((port) => findIgnoredInPort(service, port, cluster));
    return [...OF_EXTERNAL_NAME.flatMap((field) => findUseless(service, field, aliasOf(service))), ...ports];
  }
  if (!isHeadless(service.spec)) return [];
  const because = 'Clients are given the addresses of the Pods, and kube-proxy has no part in it.';
  const subject = 'this Service is headless.';
  return OF_HEADLESS.flatMap((field) => findUseless(service, { ...field, because }, subject));
}

function aliasOf({ spec }: ServiceResource): string {
  return `an ExternalName is only another name for ${spec.externalName || 'another host'} in DNS.`;
}

function findUseless(service: ServiceResource, field: UselessField, subject: string): readonly RuleFinding[] {
  const value = writtenAt(service, ...field.path);
  if (value === undefined || !field.asks(value)) return [];
  const path = [...service.path, ...field.path];
  const message = `${path.at(-1)} has no effect: ${subject} ${field.because}`;
  return [{ path, part: 'key', message, fixes: [removal(service, path)] }];
}

/** Ports of an ExternalName are read by Ingress controllers and meshes at most, so only what looks like a translation is told. */
function findIgnoredInPort(service: ServiceResource, port: ServicePort, cluster: Cluster): readonly RuleFinding[] {
  const nodePort = [...port.path, 'nodePort'];
  const message = `nodePort has no effect: ${aliasOf(service)} No port of the nodes is opened for it.`;
  const ofNodes: RuleFinding[] =
    port.nodePort === undefined ? [] : [{ path: nodePort, part: 'key', message, fixes: [removal(service, nodePort)] }];
  return port.targetPort === port.port || isIngressBackend(cluster, service)
    ? ofNodes
    : [...ofNodes, notTranslated(service, port)];
}

function notTranslated(service: ServiceResource, port: ServicePort): RuleFinding {
  const message =
    `${port.port} is not turned into ${port.targetPort}: ${aliasOf(service)} Its clients connect to the port that they were told; ` +
    'only an Ingress controller or a mesh may read targetPort.';
  return { path: port.targetPortPath, severity: 'information', message };
}
