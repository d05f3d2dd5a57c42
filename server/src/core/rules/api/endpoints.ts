import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to an Endpoints. */
export const rule = defineApiRule({
  id: 'api/endpoints',
  severity: 'error',
  kind: 'Endpoints',
  resource: 'Endpoints',
});
