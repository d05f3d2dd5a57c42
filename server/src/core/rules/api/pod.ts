import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a Pod. */
export const rule = defineApiRule({
  id: 'api/pod',
  severity: 'error',
  kind: 'Pod',
  resource: 'Workload',
});
