import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a ReplicationController. */
export const rule = defineApiRule({
  id: 'api/replication-controller',
  severity: 'error',
  kind: 'ReplicationController',
  resource: 'Workload',
});
