import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a Job. */
export const rule = defineApiRule({
  id: 'api/job',
  severity: 'error',
  kind: 'Job',
  resource: 'Workload',
});
