import type { IPFamily } from '../../../manifest/index.ts';
import { isExternalName, isHeadlessWithoutSelector, NONE, specOf, withSpec } from './facts.ts';
import { familyOfAddress, keptPlaceholder, type NodePort, shownPort } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';

/**
 * A stored Service as clients read it: with fields that objects of older servers lack, and without internalTrafficPolicy where it
 * has no meaning (pkg/registry/core/service/storage, defaultOnReadService). `families` are those of the cluster.
 */
export function readService(service: Service, families: readonly IPFamily[]): Service {
  const { internalTrafficPolicy, ...rest } = specOf(service);
  if (isExternalName(rest)) return withSpec(service, withClusterIPs(rest));
  const spec = withClusterIPs(specOf(service));
  return withSpec(service, (spec.ipFamilies ?? []).length > 0 ? spec : { ...spec, ...familiesOf(spec, families) });
}

function withClusterIPs(spec: ServiceSpec): ServiceSpec {
  const { clusterIP = '', clusterIPs = [] } = spec;
  return clusterIP !== '' && clusterIPs.length === 0 ? { ...spec, clusterIPs: [clusterIP] } : spec;
}

function familiesOf(spec: ServiceSpec, families: readonly IPFamily[]): ServiceSpec {
  const primary = families[0] ?? 'IPv4';
  if (isHeadlessWithoutSelector(spec)) {
    return { ipFamilyPolicy: 'RequireDualStack', ipFamilies: [primary, primary === 'IPv4' ? 'IPv6' : 'IPv4'] };
  }
  if (spec.clusterIP === NONE) return { ipFamilyPolicy: 'SingleStack', ipFamilies: [primary] };
  const ipFamilies = (spec.clusterIPs ?? []).map((text) => familyOfAddress(text) ?? 'IPv4');
  const policies = [undefined, 'SingleStack', 'RequireDualStack'];
  const ipFamilyPolicy = policies[ipFamilies.length];
  return {
    ...(ipFamilies.length > 0 ? { ipFamilies } : {}),
    ...(ipFamilyPolicy === undefined ? {} : { ipFamilyPolicy }),
  };
}

/** A Service as it is kept: what was picked for it counts as its own from now on. */
export function storedService(service: Service): Service {
  return mapPlaceholders(service, { address: keptPlaceholder, port: keptPlaceholder });
}

/** A Service as it is shown, with placeholders that need no identity: `<allocated>`, `<kept>`. */
export function shownService(service: Service): Service {
  return mapPlaceholders(service, { address: (text) => text, port: shownPort });
}

interface PlaceholderMap {
  readonly address: (text: string) => string;
  readonly port: (port: NodePort) => NodePort;
}

function mapPlaceholders(service: Service, { address, port }: PlaceholderMap): Service {
  const { clusterIP, clusterIPs, healthCheckNodePort, ports, ...spec } = specOf(service);
  return withSpec(service, {
    ...spec,
    ...(clusterIP === undefined ? {} : { clusterIP: address(clusterIP) }),
    ...(clusterIPs === undefined ? {} : { clusterIPs: clusterIPs.map(address) }),
    ...(healthCheckNodePort === undefined ? {} : { healthCheckNodePort: port(healthCheckNodePort) }),
    ...(ports === undefined
      ? {}
      : {
          ports: ports.map((each) => (each.nodePort === undefined ? each : { ...each, nodePort: port(each.nodePort) })),
        }),
  });
}
