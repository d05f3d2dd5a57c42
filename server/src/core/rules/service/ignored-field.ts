import type { Cluster } from '../../cluster/index.ts';
import type { ServiceResource } from '../../manifest/index.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { findIgnoredByExposure } from '../shared/ignored-by-exposure.ts';
import { findIgnoredByRouting } from '../shared/ignored-by-routing.ts';
import { findIgnoredByType } from '../shared/ignored-by-type.ts';

/** A field of a Service that the API server accepts, and that nothing reads. */
export const rule = defineRule({
  id: 'service/ignored-field',
  severity: 'warning',
  resource: 'Service',
  check: (service, cluster) => CHECKS.flatMap((check) => check(service, cluster)),
});

const CHECKS: readonly ((service: ServiceResource, cluster: Cluster) => readonly RuleFinding[])[] = [
  findIgnoredByType,
  findIgnoredByRouting,
  findIgnoredByExposure,
];
