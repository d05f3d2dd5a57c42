import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a Namespace. */
export const rule = defineApiRule({
  id: 'api/namespace',
  severity: 'error',
  kind: 'Namespace',
  resource: 'Namespace',
});
