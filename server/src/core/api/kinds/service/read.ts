import type { IPFamily } from '../../../manifest/index.ts';
import { change, changeEach } from '../../change.ts';
import type { ApiObject } from '../../kind-rules.ts';
import type { Allocations } from './allocations.ts';
import {
  isExternalName,
  isHeadlessWithoutSelector,
  isService,
  NONE,
  otherFamily,
  withClusterIPs,
  withSpec,
} from './facts.ts';
import { familyOfAddress, keptPlaceholder, type NodePort, shownPort } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';

/**
 * A stored Service as clients read it: with fields that objects of older servers lack, and without internalTrafficPolicy where it
 * has no meaning (pkg/registry/core/service/storage, defaultOnReadService). `families` are those of the cluster.
 */
export function readService(service: Service, families: readonly IPFamily[]): Service {
  const { internalTrafficPolicy, ...rest }: ServiceSpec = service.spec ?? {};
  if (isExternalName(rest)) return withSpec(service, withClusterIPs(rest));
  const spec = withClusterIPs(service.spec ?? {});
  return withSpec(service, (spec.ipFamilies ?? []).length > 0 ? spec : { ...spec, ...familiesOf(spec, families) });
}

function familiesOf(spec: ServiceSpec, families: readonly IPFamily[]): ServiceSpec {
  const primary = families[0] ?? 'IPv4';
  if (isHeadlessWithoutSelector(spec)) {
    return { ipFamilyPolicy: 'RequireDualStack', ipFamilies: [primary, otherFamily(primary)] };
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

/** An object as clients read it. */
export function asRead(object: ApiObject, { families }: Allocations): ApiObject {
  return isService(object) ? readService(object, families) : object;
}

/** An object as it is kept: what was picked for it counts as its own from now on. */
export function asStored(object: ApiObject): ApiObject {
  return isService(object) ? mapPlaceholders(object, { address: keptPlaceholder, port: keptPlaceholder }) : object;
}

/** An object as it is shown, with placeholders that need no identity: `<allocated>`, `<kept>`. */
export function asShown(object: ApiObject): ApiObject {
  return isService(object) ? mapPlaceholders(object, { address: (text) => text, port: shownPort }) : object;
}

interface PlaceholderMap {
  readonly address: (text: string) => string;
  readonly port: (port: NodePort) => NodePort;
}

function mapPlaceholders(service: Service, { address, port }: PlaceholderMap): Service {
  return change(service, 'spec', (spec) => {
    const addressed = changeEach(change(spec, 'clusterIP', address), 'clusterIPs', address);
    const numbered = change(addressed, 'healthCheckNodePort', port);
    return changeEach(numbered, 'ports', (each) => change(each, 'nodePort', port));
  });
}
