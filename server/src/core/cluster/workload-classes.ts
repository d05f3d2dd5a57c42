import type { PolicyDirection, WorkloadResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { membersOfPeer, rulesOf, subjectsOf } from './policies.ts';
import { declaredPorts } from './ports.ts';
import { allWorkloads } from './reachability.ts';

/** Per workload the one that stands for all those which no policy tells apart from it. */
export type Representatives = ReadonlyMap<WorkloadResource, WorkloadResource>;

/**
 * Workloads that open the same connections: the same policies isolate them for egress, and the same peers of ingress rules name them.
 * A cluster has few that differ, so that questions about every pair of workloads need to be asked of them only.
 */
export function clientRepresentatives(cluster: Cluster): Representatives {
  return cluster.derived(findClients);
}

/** Workloads that take the same connections: the same for ingress, and they declare the same ports. */
export function serverRepresentatives(cluster: Cluster): Representatives {
  return cluster.derived(findServers);
}

function findClients(cluster: Cluster): Representatives {
  return representativesOf(cluster, groupsOf(cluster, 'Egress', 'Ingress'), () => []);
}

function findServers(cluster: Cluster): Representatives {
  return representativesOf(cluster, groupsOf(cluster, 'Ingress', 'Egress'), portsOf);
}

type Group = Iterable<WorkloadResource>;

/** The workloads that each policy isolates in one direction, and those that each peer of the other direction names. */
function groupsOf(cluster: Cluster, isolated: PolicyDirection, named: PolicyDirection): ReadonlySet<Group> {
  const groups = new Set<Group>();
  for (const policy of cluster.namespaces.flatMap((view) => view.policies)) {
    if (policy.spec.policyTypes.includes(isolated)) groups.add(subjectsOf(cluster, policy));
    for (const peer of rulesOf(policy, named).flatMap((rule) => rule.peers))
      groups.add(membersOfPeer(cluster, policy, peer));
  }
  return groups;
}

function representativesOf(
  cluster: Cluster,
  groups: ReadonlySet<Group>,
  ownParts: (workload: WorkloadResource) => readonly string[],
): Representatives {
  const signatures = new Map<WorkloadResource, (string | number)[]>();
  for (const workload of allWorkloads(cluster)) signatures.set(workload, [...ownParts(workload)]);
  for (const [number, group] of [...groups].entries()) {
    for (const workload of group) signatures.get(workload)?.push(number);
  }
  const first = new Map<string, WorkloadResource>();
  return new Map([...signatures].map(([workload, parts]) => [workload, firstOf(first, parts.join(), workload)]));
}

function firstOf(
  known: Map<string, WorkloadResource>,
  signature: string,
  workload: WorkloadResource,
): WorkloadResource {
  const first = known.get(signature) ?? workload;
  known.set(signature, first);
  return first;
}

function portsOf({ spec: { template } }: WorkloadResource): readonly string[] {
  return declaredPorts(template).map(
    ({ containerPort: { name, protocol, containerPort } }) => `${name}/${protocol}/${containerPort}`,
  );
}
