import type { WorkloadResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { subjectsOf, workloadsOfRule } from './policies.ts';
import { declaredPorts } from './ports.ts';
import { allWorkloads } from './reachability.ts';

/**
 * Per workload the one that stands for all those which no policy of the cluster tells apart from it: the same policies select
 * them, the same rules name them, and they declare the same ports. A cluster has few of these, so that questions about every
 * pair of workloads need to be asked of them only.
 */
export function representativesOf(cluster: Cluster): ReadonlyMap<WorkloadResource, WorkloadResource> {
  return cluster.derived(representatives);
}

function representatives(cluster: Cluster): ReadonlyMap<WorkloadResource, WorkloadResource> {
  const first = new Map<string, WorkloadResource>();
  const signatures = signaturesOf(cluster);
  return new Map(
    [...signatures].map(([workload, parts]) => {
      const signature = parts.join();
      const representative = first.get(signature) ?? workload;
      first.set(signature, representative);
      return [workload, representative];
    }),
  );
}

/** Per workload its ports, and the numbers of the policies and rules that are about it. */
function signaturesOf(cluster: Cluster): ReadonlyMap<WorkloadResource, readonly (string | number)[]> {
  const signatures = new Map(allWorkloads(cluster).map((workload) => [workload, [...portsOf(workload)]]));
  let number = 0;
  for (const policy of cluster.namespaces.flatMap((view) => view.policies)) {
    const rules = [...policy.spec.ingress, ...policy.spec.egress];
    for (const group of [subjectsOf(cluster, policy), ...rules.map((rule) => workloadsOfRule(cluster, policy, rule))]) {
      for (const workload of group) signatures.get(workload)?.push(number);
      number++;
    }
  }
  return signatures;
}

function portsOf({ spec: { template } }: WorkloadResource): readonly (string | number)[] {
  return declaredPorts(template).map(
    ({ containerPort: { name, protocol, containerPort } }) => `${name}/${protocol}/${containerPort}`,
  );
}
