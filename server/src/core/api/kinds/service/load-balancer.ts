import { type Errors, forbidden, invalid, invalidEach } from '../../field-error.ts';
import { type AddressRules, cidrErrors } from '../../ip-checks.ts';
import { qualifiedNameProblems } from '../../names.ts';
import { Path } from '../../path.ts';
import { SPEC } from './cluster-ips.ts';
import { isLoadBalancer, specOf } from './facts.ts';
import type { Service, ServiceSpec } from './types.ts';

export const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const CLASS = SPEC.child('loadBalancerClass');

/**
 * Errors of the clients that a load balancer admits: the field, or the annotation if there is no field
 * (pkg/apis/core/validation, validateService). The server writes the field's name with a capital letter.
 */
export function sourceRangeErrors(service: Service, stored: Service | undefined, { strict }: AddressRules): Errors {
  const spec = specOf(service);
  const refused = (path: Path) => (isLoadBalancer(spec) ? [] : [forbidden(path, ONLY_LOAD_BALANCER)]);
  const { loadBalancerSourceRanges: ranges = [] } = spec;
  if (ranges.length > 0) {
    const path = SPEC.child('LoadBalancerSourceRanges').markedAt(['spec', 'loadBalancerSourceRanges']);
    const kept = stored === undefined ? [] : (specOf(stored).loadBalancerSourceRanges ?? []).map(trimmed);
    const errors = ranges.flatMap((range, index) => cidrErrors(path.index(index), trimmed(range), { strict, kept }));
    return [...refused(path), ...errors];
  }
  const text = service.metadata.annotations?.[SOURCE_RANGES_ANNOTATION];
  if (text === undefined) return [];
  const path = Path.root.child('metadata', 'annotations').key(SOURCE_RANGES_ANNOTATION);
  const isChecked = text !== stored?.metadata.annotations?.[SOURCE_RANGES_ANNOTATION] && trimmed(text) !== '';
  const parts = isChecked ? trimmed(text).split(',') : [];
  return [...refused(path), ...parts.flatMap((part) => cidrErrors(path, trimmed(part), { strict }))];
}

/** Go's TrimSpace. */
function trimmed(text: string): string {
  return text.replaceAll(/^[\s\u0085]+|[\s\u0085]+$/g, '');
}

/** Errors of loadBalancerClass by itself (validateLoadBalancerClassField). */
export function loadBalancerClassErrors(spec: ServiceSpec): Errors {
  const { loadBalancerClass } = spec;
  if (loadBalancerClass === undefined) return [];
  if (!isLoadBalancer(spec)) return [forbidden(CLASS, ONLY_LOAD_BALANCER)];
  return invalidEach(CLASS, loadBalancerClass, qualifiedNameProblems(loadBalancerClass));
}

/** The class may not change while the Service stays a load balancer. */
export function loadBalancerClassChangeErrors(spec: ServiceSpec, before: ServiceSpec): Errors {
  const isChanged = spec.loadBalancerClass !== before.loadBalancerClass;
  if (!isChanged || !isLoadBalancer(spec) || !isLoadBalancer(before)) return [];
  return [invalid(CLASS, spec.loadBalancerClass ?? null, 'may not change once set')];
}
