import { type Cluster, findHosts, resolveHost } from '../../cluster/index.ts';
import { namespaceOf, type PodTemplate, type WorkloadResource } from '../../manifest/index.ts';
import { defineRule, type Fix, type Related } from '../rule.ts';

/** A Pod on the node's network that asks for cluster DNS, and does not get it. */
export const rule = defineRule({
  id: 'pod/host-network-dns',
  severity: 'warning',
  resource: 'Workload',
  check(workload, cluster) {
    const { template } = workload.spec;
    if (!template.hostNetwork || (template.dnsPolicy ?? 'ClusterFirst') !== 'ClusterFirst') return [];
    const isWritten = template.dnsPolicy !== undefined;
    const lookup = findLookup(cluster, workload);
    const policy = isWritten ? 'dnsPolicy ClusterFirst has' : 'the default dnsPolicy, ClusterFirst, has';
    const names = lookup === undefined ? 'names of Services do not resolve' : `${lookup.host} does not resolve`;
    return [
      {
        path: [...template.path, 'spec', isWritten ? 'dnsPolicy' : 'hostNetwork'],
        part: isWritten ? 'value' : 'key',
        // An agent that never looks up a Service works all the same.
        severity: isWritten || lookup !== undefined ? 'warning' : 'hint',
        message: `These Pods use the node's network, where ${policy} no effect: they ask the node's DNS servers, and ${names}.`,
        related: lookup === undefined ? [] : [lookup.related],
        fixes: [fixFor(workload, template)],
      },
    ];
  },
});

interface Lookup {
  readonly host: string;
  readonly related: Related;
}

/** A host name of a Service in the environment of the Pods: they do look one up. */
function findLookup(cluster: Cluster, workload: WorkloadResource): Lookup | undefined {
  const variables = workload.spec.template.containers.flatMap((container) => container.env);
  for (const { value, path, name } of variables) {
    const host = findHosts(value ?? '').find(
      (each) => each.isEvident && resolveHost(cluster, namespaceOf(workload), each.name) !== undefined,
    );
    if (host === undefined) continue;
    const message = `${name} names the Service ${host.name}.`;
    return { host: host.name, related: { resource: workload, path: [...path, 'value'], message } };
  }
  return undefined;
}

function fixFor(workload: WorkloadResource, template: PodTemplate): Fix {
  const op = template.dnsPolicy === undefined ? 'insert' : 'replace';
  const path = [...template.path, 'spec', 'dnsPolicy'];
  const value = 'ClusterFirstWithHostNet';
  return { title: `Use dnsPolicy ${value}`, kind: 'safe', edits: [{ resource: workload, edit: { op, path, value } }] };
}
