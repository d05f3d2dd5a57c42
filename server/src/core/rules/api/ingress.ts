import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to an Ingress. */
export const rule = defineApiRule({
  id: 'api/ingress',
  severity: 'error',
  kind: 'Ingress',
  resource: 'Ingress',
});
