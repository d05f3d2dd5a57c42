import { qualifiedName } from '../../field-checks.ts';
import { type Errors, forbidden } from '../../field-error.ts';
import { trimSpace } from '../../go-text.ts';
import { addressRules, cidrErrors } from '../../ip-checks.ts';
import { ANNOTATIONS, type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { isLoadBalancer } from './facts.ts';
import type { Service, ServiceSpec } from './types.ts';

/** What belongs to load balancers only. */
export const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
/** Where the class stands that picks the controller of a load balancer. */
export const LOAD_BALANCER_CLASS = SPEC.child('loadBalancerClass');

/**
 * Errors of the clients that a load balancer admits: the field, or the annotation if there is no field
 * (pkg/apis/core/validation, validateService). The server writes the field's name with a capital letter.
 */
export function sourceRangeErrors(service: Service, stored: Service | undefined, version: KubernetesVersion): Errors {
  const { spec = {} } = service;
  const refused = (path: Path) => (isLoadBalancer(spec) ? [] : [forbidden(path, ONLY_LOAD_BALANCER)]);
  const { loadBalancerSourceRanges: ranges = [] } = spec;
  if (ranges.length > 0) {
    const path = SPEC.child('LoadBalancerSourceRanges').markedAt(['spec', 'loadBalancerSourceRanges']);
    const kept = (stored?.spec?.loadBalancerSourceRanges ?? []).map(trimSpace);
    const rules = addressRules(version, kept);
    const errors = ranges.flatMap((range, index) => cidrErrors(path.index(index), trimSpace(range), rules));
    return [...refused(path), ...errors];
  }
  const text = service.metadata.annotations?.[SOURCE_RANGES_ANNOTATION];
  if (text === undefined) return [];
  const path = ANNOTATIONS.key(SOURCE_RANGES_ANNOTATION);
  const isChecked = text !== stored?.metadata.annotations?.[SOURCE_RANGES_ANNOTATION] && trimSpace(text) !== '';
  const parts = isChecked ? trimSpace(text).split(',') : [];
  return [...refused(path), ...parts.flatMap((part) => cidrErrors(path, trimSpace(part), addressRules(version)))];
}

/** Errors of loadBalancerClass by itself (validateLoadBalancerClassField). */
export function loadBalancerClassErrors(spec: ServiceSpec): Errors {
  const { loadBalancerClass } = spec;
  if (loadBalancerClass === undefined) return [];
  if (!isLoadBalancer(spec)) return [forbidden(LOAD_BALANCER_CLASS, ONLY_LOAD_BALANCER)];
  return qualifiedName(loadBalancerClass, LOAD_BALANCER_CLASS);
}
