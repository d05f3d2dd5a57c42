import { giveHealthCheckPort, takeNodePort } from './allocate-ports.ts';
import type { Claim } from './allocations.ts';
import { type Attempt, next, type Refusal, type Stage } from './attempt.ts';
import { needsHealthCheck, picksNodePorts, usesNodePorts, withSpec } from './facts.ts';
import { type NodePort, printedPort } from './placeholders.ts';
import type { Service, ServicePort, ServiceSpec } from './types.ts';

/** Node ports and the health check port that a change adds (pkg/registry/core/service/storage/alloc.go, txnUpdateNodePorts). */
export function updatePorts(service: Service, stored: Service, attempt: Attempt): Stage {
  const { spec = {} } = service;
  const { spec: old = {} } = stored;
  const ports = usesNodePorts(spec) ? changedNodePorts(spec, nodePortsIn(old), attempt) : (spec.ports ?? []);
  if ('type' in ports) return ports;
  const updated = spec.ports === undefined ? service : withSpec(service, { ...spec, ports });
  return needsHealthCheck(spec) && !needsHealthCheck(old) ? giveHealthCheckPort(updated, attempt) : next(updated);
}

function nodePortsIn({ ports = [] }: ServiceSpec): readonly NodePort[] {
  return ports.flatMap(({ nodePort = 0 }) => (nodePort === 0 ? [] : [nodePort]));
}

/** Unlike on creation, every entry without a node port gets one of its own (updateNodePorts). */
function changedNodePorts(
  spec: ServiceSpec,
  old: readonly NodePort[],
  attempt: Attempt,
): readonly ServicePort[] | Refusal {
  const taken = new Set<NodePort>(old);
  const pairs = new Set<string>();
  const given: ServicePort[] = [];
  for (const [index, entry] of (spec.ports ?? []).entries()) {
    const asked = entry.nodePort ?? 0;
    if (asked === 0 && !picksNodePorts(spec)) {
      given.push(entry);
      continue;
    }
    const nodePort = taken.has(asked) ? asked : takeNodePort(asked, index, attempt);
    if (typeof nodePort === 'object') return nodePort;
    taken.add(nodePort);
    const pair = `{${entry.protocol ?? ''} ${printedPort(nodePort)}}`;
    const key = `${entry.protocol} ${nodePort}`;
    if (pairs.has(key)) return { type: 'failure', reason: 'Unknown', message: `duplicate nodePort: ${pair}` };
    pairs.add(key);
    given.push({ ...entry, nodePort });
  }
  return given;
}

/** The ports that a change gives back. */
export function freedPorts(spec: ServiceSpec, old: ServiceSpec): readonly Claim[] {
  const kept = new Set(usesNodePorts(spec) ? nodePortsIn(spec) : []);
  const nodePorts = usesNodePorts(old) || usesNodePorts(spec) ? nodePortsIn(old) : [];
  const isHealthCheckFreed = needsHealthCheck(old) && !needsHealthCheck(spec);
  const health = isHealthCheckFreed && old.healthCheckNodePort ? [old.healthCheckNodePort] : [];
  const freed = [...nodePorts.filter((port) => !kept.has(port)), ...health];
  return [...new Set(freed)].map((port) => ({ kind: 'port', port }));
}
