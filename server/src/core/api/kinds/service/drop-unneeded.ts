import { sameValue } from '../../equal.ts';
import {
  isExternallyAccessible,
  isExternalName,
  isLoadBalancer,
  needsHealthCheck,
  usesNodePorts,
  withSpec,
} from './facts.ts';
import type { NodePort } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';

/**
 * Leaves out what the stored Service had filled in and the new type has no use for, unless the client has changed it
 * (pkg/registry/core/service/strategy.go, dropTypeDependentFields).
 */
export function dropUnneeded(service: Service, stored: Service): Service {
  const { spec = {} } = service;
  const { spec: old = {} } = stored;
  const dropped = new Set(DROPS.filter((drop) => drop.isDone(spec, old)).flatMap(({ fields }) => fields));
  const kept = Object.fromEntries(Object.entries(spec).filter(([name]) => !dropped.has(name as keyof ServiceSpec)));
  return withSpec(service, withoutNodePorts(kept, old));
}

interface Drop {
  readonly fields: readonly (keyof ServiceSpec)[];
  readonly isDone: (spec: ServiceSpec, old: ServiceSpec) => boolean;
}

/** Whether the change ends something. */
function ends(holds: (spec: ServiceSpec) => boolean): (spec: ServiceSpec, old: ServiceSpec) => boolean {
  return (spec, old) => holds(old) && !holds(spec);
}

const endsClusterIPs = ends((spec) => !isExternalName(spec));
const endsLoadBalancer = ends(isLoadBalancer);

const DROPS: readonly Drop[] = [
  {
    fields: ['clusterIP', 'clusterIPs'],
    isDone: (spec, old) =>
      endsClusterIPs(spec, old) &&
      (spec.clusterIP ?? '') === (old.clusterIP ?? '') &&
      sameValue(spec.clusterIPs, old.clusterIPs),
  },
  {
    fields: ['ipFamilies'],
    isDone: (spec, old) => endsClusterIPs(spec, old) && sameValue(spec.ipFamilies, old.ipFamilies),
  },
  {
    fields: ['ipFamilyPolicy'],
    isDone: (spec, old) => endsClusterIPs(spec, old) && spec.ipFamilyPolicy === old.ipFamilyPolicy,
  },
  {
    fields: ['healthCheckNodePort'],
    isDone: (spec, old) =>
      ends(needsHealthCheck)(spec, old) && (spec.healthCheckNodePort ?? 0) === (old.healthCheckNodePort ?? 0),
  },
  {
    fields: ['allocateLoadBalancerNodePorts'],
    isDone: (spec, old) =>
      endsLoadBalancer(spec, old) && spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts,
  },
  {
    fields: ['loadBalancerClass'],
    isDone: (spec, old) => endsLoadBalancer(spec, old) && spec.loadBalancerClass === old.loadBalancerClass,
  },
  {
    fields: ['externalTrafficPolicy'],
    isDone: (spec, old) =>
      ends(isExternallyAccessible)(spec, old) && spec.externalTrafficPolicy === old.externalTrafficPolicy,
  },
];

/** Node ports go too, if none of them is new. */
function withoutNodePorts(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const { ports = [] } = spec;
  const before = new Set<NodePort>((old.ports ?? []).map(({ nodePort = 0 }) => nodePort));
  const isKnown = ports.every(({ nodePort = 0 }) => nodePort === 0 || before.has(nodePort));
  if (!isKnown || !ends(usesNodePorts)(spec, old) || ports.length === 0) return spec;
  return { ...spec, ports: ports.map(({ nodePort: _, ...port }) => port) };
}
