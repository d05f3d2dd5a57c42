import { isIngressBackend } from '../../cluster/index.ts';
import { isHeadless, namespaceOf, SERVICE_NAME_LABEL } from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { defineRule } from '../rule.ts';

/** Addresses of one endpoint after the first, which kube-proxy does not use (KP-8). */
export const rule = defineRule({
  id: 'endpoint-slice/ignored-address',
  severity: 'warning',
  resource: 'EndpointSlice',
  check(slice, cluster) {
    const service = cluster.namespace(namespaceOf(slice)).findService(slice.labels.get(SERVICE_NAME_LABEL) ?? '');
    // DNS answers with every address, and clients of a headless Service need no kube-proxy.
    if (service !== undefined && isHeadless(service.spec)) return [];
    // Others that read slices, such as controllers of Ingresses, may take them all.
    const severity = service === undefined || isIngressBackend(cluster, service) ? 'information' : 'warning';
    return slice.spec.endpoints.flatMap(({ addresses: [first, ...others], path }) => {
      if (first === undefined || others.length === 0) return [];
      const message =
        `kube-proxy sends nothing to ${list(others)}: of the addresses of one endpoint it takes only the first, ${first}. ` +
        'Each needs an endpoint of its own.';
      return [{ path: [...path, 'addresses', 1], severity, message }];
    });
  },
});
