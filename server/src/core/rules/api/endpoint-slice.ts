import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to an EndpointSlice. */
export const rule = defineApiRule({
  id: 'api/endpoint-slice',
  severity: 'error',
  kind: 'EndpointSlice',
  resource: 'EndpointSlice',
});
