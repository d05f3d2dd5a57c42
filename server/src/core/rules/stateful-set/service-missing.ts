import { type Cluster, servicesOfWorkload } from '../../cluster/index.ts';
import { isHeadless, namespaceOf, type ServiceResource, type WorkloadResource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import type { YamlValue } from '../../yaml/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A StatefulSet whose governing Service does not exist: its Pods get no names of their own. */
export const rule = defineRule({
  id: 'stateful-set/service-missing',
  severity: 'warning',
  resource: 'Workload',
  assumes: 'closed-namespace',
  check(workload, cluster) {
    const { serviceName } = workload.spec;
    const view = cluster.namespace(namespaceOf(workload));
    // Where no Service at all is in view, they are kept somewhere else.
    const isUnseen = view.services.length === 0;
    if (serviceName === undefined || isUnseen || view.findService(serviceName) !== undefined) return [];
    const near = findNear(cluster, workload, serviceName);
    const known =
      near === undefined ? '' : ` ${isHeadless(near.spec) ? 'Headless Service' : 'Service'} ${near.name} is there.`;
    const message =
      `Namespace ${namespaceOf(workload)} has no Service ${serviceName}, so Pods such as ${workload.name}-${workload.spec.firstOrdinal} ` +
      `get no DNS name of their own.${known}`;
    const related =
      near === undefined
        ? []
        : [{ resource: near, path: [...near.path, 'metadata', 'name'], message: `Service ${near.name}.` }];
    return [
      {
        path: [...workload.path, 'spec', 'serviceName'],
        message,
        related,
        fixes: fixesFor(workload, serviceName, near),
      },
    ];
  },
});

/** The Service that was probably meant: a headless one for these Pods, else one with nearly this name. */
function findNear(cluster: Cluster, workload: WorkloadResource, serviceName: string): ServiceResource | undefined {
  const selecting = servicesOfWorkload(cluster, workload);
  const headless = selecting.find((service) => isHeadless(service.spec));
  if (headless !== undefined) return headless;
  const similar = findMostSimilar(
    serviceName,
    selecting.map((service) => service.name),
    0.8,
  );
  return selecting.find((service) => service.name === similar);
}

function fixesFor(workload: WorkloadResource, serviceName: string, near: ServiceResource | undefined): readonly Fix[] {
  const path = [...workload.path, 'spec', 'serviceName'];
  const rename: Fix[] =
    near === undefined
      ? []
      : [
          {
            title: `Use Service ${near.name}`,
            kind: 'suggested',
            edits: [{ resource: workload, edit: { op: 'replace', path, value: near.name } }],
          },
        ];
  const value = governingService(workload, serviceName);
  const add: Fix = {
    title: `Add a headless Service ${serviceName}`,
    kind: 'suggested',
    edits: [{ resource: workload, edit: { op: 'add-document', value } }],
  };
  return workload.spec.template.labels.size === 0 ? rename : [...rename, add];
}

/** A headless Service for the Pods of a StatefulSet, with the ports that they declare. */
function governingService(workload: WorkloadResource, name: string): YamlValue {
  const { template, selector } = workload.spec;
  const labels = selector !== undefined && selector.matchLabels.size > 0 ? selector.matchLabels : template.labels;
  const namespace = workload.writtenNamespace === undefined ? {} : { namespace: workload.writtenNamespace };
  const declared = template.containers.flatMap((container) => container.ports);
  const ports = declared.map((port) => ({
    name: port.name ?? `${port.protocol.toLowerCase()}-${port.containerPort}`,
    port: port.containerPort,
    ...(port.protocol === 'TCP' ? {} : { protocol: port.protocol }),
  }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...namespace },
    spec: { clusterIP: 'None', selector: Object.fromEntries(labels), ...(ports.length === 0 ? {} : { ports }) },
  };
}
