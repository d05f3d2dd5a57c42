import type { Cluster } from '../../cluster/index.ts';
import { type EndpointSliceResource, namespaceOf, SERVICE_NAME_LABEL } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A slice that says of no Service that it belongs to it (EPS-28, KP-6). */
export const rule = defineRule({
  id: 'endpoint-slice/no-service-name',
  severity: 'warning',
  resource: 'EndpointSlice',
  check(slice, cluster) {
    if (slice.labels.get(SERVICE_NAME_LABEL)) return [];
    const message =
      `EndpointSlice ${slice.name} belongs to no Service: without the label ${SERVICE_NAME_LABEL}, kube-proxy and the cluster's DNS ` +
      'leave it out.';
    const isWritten = slice.labels.has(SERVICE_NAME_LABEL);
    const path = [...slice.path, 'metadata', isWritten ? 'labels' : 'name', ...(isWritten ? [SERVICE_NAME_LABEL] : [])];
    return [{ path, message, fixes: isWritten ? [] : labelFix(slice, cluster) }];
  },
});

/** By convention, a slice is named after its Service: `db-1` of `db`. */
function labelFix(slice: EndpointSliceResource, cluster: Cluster): readonly Fix[] {
  const named = cluster
    .namespace(namespaceOf(slice))
    .services.map(({ name }) => name)
    .filter((name) => slice.name === name || slice.name.startsWith(`${name}-`))
    .sort((a, b) => b.length - a.length);
  const [service] = named;
  if (service === undefined) return [];
  const edit = {
    op: 'insert',
    path: [...slice.path, 'metadata', 'labels', SERVICE_NAME_LABEL],
    value: service,
  } as const;
  return [{ title: `Belong to Service ${service}`, kind: 'suggested', edits: [{ resource: slice, edit }] }];
}
