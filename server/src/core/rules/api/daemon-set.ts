import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a DaemonSet. */
export const rule = defineApiRule({
  id: 'api/daemon-set',
  severity: 'error',
  kind: 'DaemonSet',
  resource: 'Workload',
});
