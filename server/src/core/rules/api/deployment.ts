import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a Deployment. */
export const rule = defineApiRule({
  id: 'api/deployment',
  severity: 'error',
  kind: 'Deployment',
  resource: 'Workload',
});
