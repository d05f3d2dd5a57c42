import {
  findNearMisses,
  type NamespaceView,
  type NearMiss,
  workloadsInOtherNamespaces,
  workloadsOfService,
} from '../../cluster/index.ts';
import { isExternalName, namespaceOf, type ServiceResource } from '../../manifest/index.ts';
import { renderLabels } from '../../words.ts';
import { describeMiss, fixMisses, relatedMisses } from '../label-differences.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A Service whose selector no Pod of its namespace matches has no endpoints: kube-proxy rejects its connections. */
export const rule = defineRule({
  id: 'service/selects-no-pods',
  severity: 'warning',
  resource: 'Service',
  assumes: 'closed-namespace',
  check(service, cluster) {
    const { selector } = service.spec;
    if (selector.size === 0 || isExternalName(service.spec)) return [];
    if (workloadsOfService(cluster, service).length > 0) return [];
    const view = cluster.namespace(namespaceOf(service));
    if (hasOwnEndpoints(service, view)) return [];
    // Then `service/pods-in-other-namespace` says it better.
    if (workloadsInOtherNamespaces(cluster, service).length > 0) return [];
    return [finding(service, findNearMisses(view, selector, service.name))];
  },
});

/** Endpoints written by hand may stand in for Pods, whatever the selector says. */
function hasOwnEndpoints(service: ServiceResource, view: NamespaceView): boolean {
  return view.slicesOf(service.name).length > 0 || view.endpoints.some((endpoints) => endpoints.name === service.name);
}

function finding(service: ServiceResource, misses: readonly NearMiss[]): RuleFinding {
  const path = [...service.spec.path, 'selector'];
  const wanted = renderLabels(service.spec.selector);
  const none = `Service ${service.name} selects no Pod: none in namespace ${namespaceOf(service)} has the labels ${wanted}.`;
  const [nearest] = misses;
  return {
    path,
    message: nearest === undefined ? none : `${none} ${describeMiss(nearest)}`,
    related: relatedMisses(misses),
    fixes: fixMisses(service, path, misses),
  };
}
