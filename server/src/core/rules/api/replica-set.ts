import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a ReplicaSet. */
export const rule = defineApiRule({
  id: 'api/replica-set',
  severity: 'error',
  kind: 'ReplicaSet',
  resource: 'Workload',
});
