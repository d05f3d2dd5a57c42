import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a Service. */
export const rule = defineApiRule({
  id: 'api/service',
  severity: 'error',
  kind: 'Service',
  resource: 'Service',
});
