import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to an IngressClass. */
export const rule = defineApiRule({
  id: 'api/ingress-class',
  severity: 'error',
  kind: 'IngressClass',
  resource: 'IngressClass',
});
