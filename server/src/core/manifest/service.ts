import type { FieldPath } from '../yaml/index.ts';
import type { Fields, IntOrString } from './fields.ts';
import { type Protocol, protocolOf } from './pod-template.ts';
import type { Labels } from './selector.ts';

export interface ServicePort {
  readonly path: FieldPath;
  /** Empty for an unnamed port, as the API has it. */
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** As defaulted: absent, 0 and "" mean `port` (SVC-DEF-6). */
  readonly targetPort: IntOrString;
  /** Where the target is written: `targetPort`, or `port` where that stands for it. */
  readonly targetPortPath: FieldPath;
  readonly nodePort: number | undefined;
  readonly appProtocol: string | undefined;
}

/** An address that a load balancer gave the Service, in a dump of a live cluster. */
export interface LoadBalancerAddress {
  readonly ip: string;
  /** `VIP` unless it says `Proxy`: then connections arrive with the node's address, and nodes do not answer to it. */
  readonly isVirtual: boolean;
}

export type IPFamily = 'IPv4' | 'IPv6';

export interface ServiceSpec {
  readonly path: FieldPath;
  readonly type: string;
  /** Empty if absent or `{}`: neither selects anything (SVC-SEL-2, SVC-SEL-3). */
  readonly selector: Labels;
  readonly ports: readonly ServicePort[];
  /** `None` for headless; undefined where the server would assign one. */
  readonly clusterIP: string | undefined;
  readonly clusterIPs: readonly string[];
  readonly ipFamilies: readonly string[];
  readonly ipFamilyPolicy: string | undefined;
  readonly externalName: string | undefined;
  readonly publishNotReadyAddresses: boolean;
  readonly internalTrafficPolicy: string;
  readonly externalTrafficPolicy: string;
  readonly trafficDistribution: string | undefined;
  readonly sessionAffinity: string;
  /** Seconds that a client stays with its endpoint (SVC-DEF-9); 0 without affinity. */
  readonly affinitySeconds: number;
  readonly externalIPs: readonly string[];
  readonly loadBalancerSourceRanges: readonly string[];
  readonly loadBalancerAddresses: readonly LoadBalancerAddress[];
  readonly allocateLoadBalancerNodePorts: boolean;
  readonly healthCheckNodePort: number | undefined;
}

export function decodeService(fields: Fields): ServiceSpec {
  const spec = fields.object('spec');
  return {
    path: spec?.path ?? [...fields.path, 'spec'],
    type: spec?.string('type') ?? 'ClusterIP',
    selector: spec?.stringMap('selector') ?? new Map(),
    ports: (spec?.objects('ports') ?? []).flatMap(decodeServicePort),
    clusterIP: spec?.string('clusterIP') || undefined,
    clusterIPs: (spec?.strings('clusterIPs') ?? []).map((item) => item.value),
    ipFamilies: (spec?.strings('ipFamilies') ?? []).map((item) => item.value),
    ipFamilyPolicy: spec?.string('ipFamilyPolicy'),
    externalName: spec?.string('externalName'),
    publishNotReadyAddresses: spec?.boolean('publishNotReadyAddresses') ?? false,
    internalTrafficPolicy: spec?.string('internalTrafficPolicy') ?? 'Cluster',
    externalTrafficPolicy: spec?.string('externalTrafficPolicy') ?? 'Cluster',
    trafficDistribution: spec?.string('trafficDistribution'),
    sessionAffinity: spec?.string('sessionAffinity') ?? 'None',
    affinitySeconds: affinitySecondsOf(spec),
    externalIPs: (spec?.strings('externalIPs') ?? []).map((item) => item.value),
    loadBalancerSourceRanges: (spec?.strings('loadBalancerSourceRanges') ?? []).map((item) => item.value),
    loadBalancerAddresses: decodeLoadBalancer(fields.object('status')),
    allocateLoadBalancerNodePorts: spec?.boolean('allocateLoadBalancerNodePorts') ?? true,
    healthCheckNodePort: spec?.integer('healthCheckNodePort') || undefined,
  };
}

/** Three hours unless the manifest says otherwise. */
const DEFAULT_AFFINITY_SECONDS = 10_800;

function affinitySecondsOf(spec: Fields | undefined): number {
  if (spec?.string('sessionAffinity') !== 'ClientIP') return 0;
  const clientIP = spec.object('sessionAffinityConfig')?.object('clientIP');
  return clientIP?.integer('timeoutSeconds') ?? DEFAULT_AFFINITY_SECONDS;
}

function decodeLoadBalancer(status: Fields | undefined): readonly LoadBalancerAddress[] {
  const ingress = status?.object('loadBalancer')?.objects('ingress') ?? [];
  return ingress.flatMap((item) => {
    const ip = item.string('ip');
    return ip ? [{ ip, isVirtual: (item.string('ipMode') ?? 'VIP') === 'VIP' }] : [];
  });
}

function decodeServicePort(fields: Fields): readonly ServicePort[] {
  const port = fields.integer('port');
  if (port === undefined) return [];
  const targetPort = fields.intOrString('targetPort') || undefined;
  return [
    {
      path: fields.path,
      name: fields.string('name') ?? '',
      port,
      protocol: protocolOf(fields.string('protocol')),
      targetPort: targetPort ?? port,
      targetPortPath: [...fields.path, targetPort === undefined ? 'port' : 'targetPort'],
      nodePort: fields.integer('nodePort') || undefined,
      appProtocol: fields.string('appProtocol'),
    },
  ];
}

/** Annotations that ask for topology hints. Of two, the older counts (HINT-1), which stands first. */
export const TOPOLOGY_ANNOTATIONS = [
  'service.kubernetes.io/topology-aware-hints',
  'service.kubernetes.io/topology-mode',
] as const;

/** Whether the value of such an annotation turns hints on; every other value leaves them off (SVC-META-7). */
export function isTopologyAuto(value: unknown): boolean {
  return value === 'Auto' || value === 'auto';
}

export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIP === 'None';
}

export function isExternalName(spec: ServiceSpec): boolean {
  return spec.type === 'ExternalName';
}
