import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a NetworkPolicy. */
export const rule = defineApiRule({
  id: 'api/network-policy',
  severity: 'error',
  kind: 'NetworkPolicy',
  resource: 'NetworkPolicy',
});
