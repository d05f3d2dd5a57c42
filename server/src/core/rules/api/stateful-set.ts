import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a StatefulSet. */
export const rule = defineApiRule({
  id: 'api/stateful-set',
  severity: 'error',
  kind: 'StatefulSet',
  resource: 'Workload',
});
