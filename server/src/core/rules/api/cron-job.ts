import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a CronJob. */
export const rule = defineApiRule({
  id: 'api/cron-job',
  severity: 'error',
  kind: 'CronJob',
  resource: 'Workload',
});
