import type { Cluster } from '../../cluster/index.ts';
import { namespaceOf, type WorkloadResource } from '../../manifest/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';
import { removal } from '../shared/written.ts';

/** Host names in the template of a StatefulSet, which its controller overwrites (SS-2). */
export const rule = defineRule({
  id: 'stateful-set/ignored-hostname',
  severity: 'warning',
  resource: 'Workload',
  check: (workload, cluster) =>
    workload.spec.kind === 'StatefulSet' ? [...hostname(workload), ...subdomain(workload, cluster)] : [],
});

function hostname(workload: WorkloadResource): readonly RuleFinding[] {
  const { template, firstOrdinal } = workload.spec;
  if (!template.hostname) return [];
  const path = [...template.path, 'spec', 'hostname'];
  const message =
    `hostname has no effect: the controller gives each Pod its own name as hostname, ` +
    `from ${workload.name}-${firstOrdinal} on.`;
  return [{ path, part: 'key', message, fixes: [removal(workload, path)] }];
}

function subdomain(workload: WorkloadResource, cluster: Cluster): readonly RuleFinding[] {
  const { template, serviceName } = workload.spec;
  const { subdomain: written } = template;
  if (!written || written === serviceName) return [];
  const path = [...template.path, 'spec', 'subdomain'];
  const given = serviceName === undefined ? 'which is not written' : `which is ${serviceName}`;
  const message = `subdomain has no effect: the controller puts spec.serviceName there, ${given}.`;
  return [{ path, part: 'key', message, fixes: [...move(workload, cluster, written), removal(workload, path)] }];
}

/** Where no Service is named, the subdomain was probably meant to be its name. */
function move(workload: WorkloadResource, cluster: Cluster, name: string): readonly Fix[] {
  const { template, serviceName } = workload.spec;
  const isThere = cluster.namespace(namespaceOf(workload)).findService(name) !== undefined;
  if (serviceName !== undefined || !isThere) return [];
  const edits = [
    { op: 'remove', path: [...template.path, 'spec', 'subdomain'] },
    { op: 'insert', path: [...workload.path, 'spec', 'serviceName'], value: name },
  ] as const;
  return [
    { title: `Use serviceName ${name}`, kind: 'suggested', edits: edits.map((edit) => ({ resource: workload, edit })) },
  ];
}
