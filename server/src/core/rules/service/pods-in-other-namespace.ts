import { workloadsInOtherNamespaces, workloadsOfService } from '../../cluster/index.ts';
import { displayName, isExternalName, namespaceOf } from '../../manifest/index.ts';
import { has, list, renderLabels } from '../../words.ts';
import { defineRule } from '../rule.ts';

/** A Service whose Pods are all in another namespace, which a selector never reaches. */
export const rule = defineRule({
  id: 'service/pods-in-other-namespace',
  severity: 'warning',
  resource: 'Service',
  check(service, cluster) {
    const namespace = namespaceOf(service);
    const { selector, path } = service.spec;
    if (isExternalName(service.spec) || cluster.hiddenPodsReason(namespace) !== undefined) return [];
    if (workloadsOfService(cluster, service).length > 0) return [];
    const elsewhere = workloadsInOtherNamespaces(cluster, service).map(({ workload }) => workload);
    // A namesake there serves those Pods: this Service's own are then probably kept somewhere else.
    const isServed = elsewhere.some((workload) => cluster.namespace(namespaceOf(workload)).findService(service.name));
    if (elsewhere.length === 0 || isServed) return [];
    const places = list(elsewhere.map((workload) => `${displayName(workload)} in ${namespaceOf(workload)}`));
    const message =
      `Service ${service.name} selects only Pods of its own namespace ${namespace}, where none has the labels ` +
      `${renderLabels(selector)}. ${places} ${has(elsewhere)} them.`;
    const related = elsewhere.slice(0, 3).map((workload) => ({
      resource: workload,
      path: [...workload.path, 'metadata', 'namespace'],
      message: `${displayName(workload)} is in namespace ${namespaceOf(workload)}.`,
    }));
    return [{ path: [...path, 'selector'], message, related }];
  },
});
