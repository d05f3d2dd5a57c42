import {
  findNearMisses,
  type LabelDifference,
  type NamespaceView,
  type NearMiss,
  workloadsInOtherNamespaces,
  workloadsOfService,
} from '../../cluster/index.ts';
import { displayName, isExternalName, namespaceOf, type ServiceResource } from '../../manifest/index.ts';
import { renderLabels } from '../../words.ts';
import type { YamlEdit } from '../../yaml/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

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
    related: misses.slice(0, 3).map((miss) => ({
      resource: miss.workload,
      path: [...miss.workload.spec.template.path, 'metadata', 'labels'],
      message: describeMiss(miss),
    })),
    fixes: misses.slice(0, 2).flatMap((miss) => fixesFor(service, miss)),
  };
}

function describeMiss({ workload, differences }: NearMiss): string {
  return `${displayName(workload)} has ${differences.map((difference) => describeDifference(difference, workload.spec.template.labels)).join(' and ')}.`;
}

function describeDifference({ key, actual, similarKey }: LabelDifference, labels: ReadonlyMap<string, string>): string {
  if (actual !== undefined) return `${key}=${actual}`;
  if (similarKey !== undefined) return `${similarKey}=${labels.get(similarKey)}`;
  return `no label ${key}`;
}

function fixesFor(service: ServiceResource, miss: NearMiss): readonly Fix[] {
  const edits = miss.differences.flatMap((difference) => editsFor(service, miss, difference));
  if (
    edits.length === 0 ||
    miss.differences.some((difference) => difference.actual === undefined && difference.similarKey === undefined)
  )
    return [];
  const labels = miss.differences.map((difference) =>
    describeDifference(difference, miss.workload.spec.template.labels),
  );
  return [
    {
      title: `Select ${labels.join(', ')} of ${displayName(miss.workload)}`,
      kind: 'suggested',
      edits: edits.map((edit) => ({ resource: service, edit })),
    },
  ];
}

function editsFor(service: ServiceResource, miss: NearMiss, difference: LabelDifference): readonly YamlEdit[] {
  const path = [...service.spec.path, 'selector', difference.key];
  if (difference.actual !== undefined) return [{ op: 'replace', path, value: difference.actual }];
  if (difference.similarKey === undefined) return [];
  const value = miss.workload.spec.template.labels.get(difference.similarKey) ?? '';
  const edits: YamlEdit[] = [{ op: 'rename', path, key: difference.similarKey }];
  if (value !== difference.wanted) edits.push({ op: 'replace', path, value });
  return edits;
}
