import { invalid, onThisCluster } from '../../field-error.ts';
import { SPEC } from '../../path.ts';
import { type Attempt, failed, next, type Refusal, refused, type Stage } from './attempt.ts';
import { needsHealthCheck, picksNodePorts, usesNodePorts, withSpec } from './facts.ts';
import type { NodePort } from './placeholders.ts';
import type { Service, ServicePort, ServiceSpec } from './types.ts';

/** Node ports and the health check port of a new Service (pkg/registry/core/service/storage/alloc.go, txnAllocNodePorts). */
export function givePorts(service: Service, attempt: Attempt): Stage {
  const { spec = {} } = service;
  const ports = usesNodePorts(spec) ? newNodePorts(spec, attempt) : (spec.ports ?? []);
  if (!isList(ports)) return ports;
  const withPorts = spec.ports === undefined ? spec : { ...spec, ports };
  return needsHealthCheck(spec)
    ? giveHealthCheckPort(withSpec(service, withPorts), attempt)
    : next(withSpec(service, withPorts));
}

function isList(value: readonly ServicePort[] | Refusal): value is readonly ServicePort[] {
  return Array.isArray(value);
}

/** Entries with the same port number, which differ in protocol, share one node port (initNodePorts). */
function newNodePorts(spec: ServiceSpec, attempt: Attempt): readonly ServicePort[] | Refusal {
  const { ports = [] } = spec;
  const requested = firstRequested(ports);
  const shared = new Map<number, NodePort>();
  const given: ServicePort[] = [];
  for (const [index, entry] of ports.entries()) {
    const { port = 0 } = entry;
    const own = entry.nodePort ?? 0;
    const common = shared.get(port);
    const isPassive = own === 0 && !picksNodePorts(spec);
    if (isPassive || (common !== undefined && own !== 0 && own === common)) {
      given.push(entry);
    } else if (common !== undefined && own === 0) {
      given.push({ ...entry, nodePort: common });
    } else {
      const nodePort = common === undefined ? (requested.get(port) ?? 0) : own;
      const taken = takeNodePort(nodePort, index, attempt);
      if (typeof taken === 'object') return taken;
      if (common === undefined) shared.set(port, taken);
      given.push({ ...entry, nodePort: taken });
    }
  }
  return given;
}

/** The node port that the entries of each port number ask for first. */
function firstRequested(ports: readonly ServicePort[]): ReadonlyMap<number, NodePort> {
  const requested = new Map<number, NodePort>();
  for (const { port = 0, nodePort = 0 } of ports) {
    if (nodePort !== 0 && !requested.has(port)) requested.set(port, nodePort);
  }
  return requested;
}

/** Takes a node port, any if it is 0. A placeholder is there already. */
export function takeNodePort(nodePort: NodePort, index: number, attempt: Attempt): NodePort | Refusal {
  if (typeof nodePort !== 'number') return nodePort;
  if (nodePort === 0) return attempt.pickPort() ?? failed('failed to allocate a nodePort: range is full');
  const problem = attempt.claimPort(nodePort);
  if (problem === undefined) return nodePort;
  const error = invalid(SPEC.child('ports').index(index).child('nodePort'), nodePort, problem);
  return refused(attempt.isNodePort(nodePort) ? error : onThisCluster('nodePortRange', error));
}

/** The port on which nodes tell a load balancer whether they have endpoints (allocHealthCheckNodePort). */
export function giveHealthCheckPort(service: Service, attempt: Attempt): Stage {
  const { spec = {} } = service;
  const asked = spec.healthCheckNodePort ?? 0;
  if (typeof asked !== 'number') return next(service);
  if (asked === 0) {
    const picked = attempt.pickPort();
    if (picked === undefined) return failed('failed to allocate a HealthCheck NodePort 0: range is full');
    return next(withSpec(service, { ...spec, healthCheckNodePort: picked }));
  }
  const problem = attempt.claimPort(asked);
  if (problem === undefined) return next(service);
  return failed(`failed to allocate requested HealthCheck NodePort ${asked}: ${problem}`);
}
