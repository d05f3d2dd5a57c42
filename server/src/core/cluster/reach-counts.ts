import { type ContainerPort, isExternalName, type ServiceResource, type WorkloadResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { type ConnectionSet, includes, isEmpty } from './connections.ts';
import { findOtherPolicy } from './other-policies.ts';
import { declaredPorts, resolveTargetPort } from './ports.ts';
import { allWorkloads, connectionsBetween } from './reachability.ts';
import { workloadsOfService } from './select.ts';
import { clientRepresentatives, serverRepresentatives } from './workload-classes.ts';

/** How many of the cluster's workloads get through to something. */
export interface Reach {
  readonly clients: readonly WorkloadResource[];
  /** All that could: every other workload, but for those on the node's network, whose traffic is not defined (NPS-11). */
  readonly candidates: readonly WorkloadResource[];
}

/**
 * The workloads that can reach a port that a workload's Pods declare, or any port if they declare none. Undefined where
 * NetworkPolicies do not tell: there are none, policies of another API decide too, or the Pods are on the node's network.
 */
export function reachOfWorkload(cluster: Cluster, workload: WorkloadResource): Reach | undefined {
  if (!isDecided(cluster) || workload.spec.template.hostNetwork) return undefined;
  const server = serverRepresentatives(cluster).get(workload) ?? workload;
  const known = cluster.derived(answers).get(server) ?? new Map<WorkloadResource, boolean>();
  cluster.derived(answers).set(server, known);
  const ports = declaredPorts(server.spec.template).map(({ containerPort }) => containerPort);
  return reachOf(cluster, [workload], known, (client) => reachesAny(connectionsOf(cluster, client, server), ports));
}

/** Per workload the clients that were asked about: representatives, both of them. */
function answers(): Map<WorkloadResource, Map<WorkloadResource, boolean>> {
  return new Map();
}

/** The workloads that can reach a Service: a port of it on Pods of at least one workload behind it. Undefined as above. */
export function reachableBy(cluster: Cluster, service: ServiceResource): Reach | undefined {
  const servers = workloadsOfService(cluster, service).map(({ workload }) => workload);
  const isOnNode = servers.some((workload) => workload.spec.template.hostNetwork);
  if (!isDecided(cluster) || isExternalName(service.spec) || servers.length === 0 || isOnNode) return undefined;
  return reachOf(cluster, servers, new Map(), (client) =>
    servers.some((server) => reachesService(cluster, client, service, server)),
  );
}

function isDecided(cluster: Cluster): boolean {
  return cluster.namespaces.some((view) => view.policies.length > 0) && findOtherPolicy(cluster) === undefined;
}

function podNetworkWorkloads(cluster: Cluster): readonly WorkloadResource[] {
  return allWorkloads(cluster).filter((workload) => !workload.spec.template.hostNetwork);
}

function reachOf(
  cluster: Cluster,
  servers: readonly WorkloadResource[],
  known: Map<WorkloadResource, boolean>,
  reaches: (client: WorkloadResource) => boolean,
): Reach {
  const candidates = cluster.derived(podNetworkWorkloads).filter((workload) => !servers.includes(workload));
  const representatives = clientRepresentatives(cluster);
  const clients = candidates.filter((candidate) => {
    const client = representatives.get(candidate) ?? candidate;
    const answer = known.get(client) ?? reaches(client);
    known.set(client, answer);
    return answer;
  });
  return { candidates, clients };
}

function reachesAny(connections: ConnectionSet, ports: readonly ContainerPort[]): boolean {
  if (ports.length === 0) return !isEmpty(connections);
  return ports.some(({ protocol, containerPort }) => includes(connections, protocol, containerPort));
}

/** Policies see the Pods' ports (NPS-13). */
function reachesService(
  cluster: Cluster,
  client: WorkloadResource,
  service: ServiceResource,
  server: WorkloadResource,
): boolean {
  const connections = connectionsOf(cluster, client, server);
  return service.spec.ports.some((port) => {
    const target = resolveTargetPort(server.spec.template, port);
    return target !== undefined && includes(connections, port.protocol, target.port);
  });
}

function connectionsOf(cluster: Cluster, client: WorkloadResource, server: WorkloadResource): ConnectionSet {
  return connectionsBetween(cluster, { kind: 'workload', workload: client }, { kind: 'workload', workload: server });
}
