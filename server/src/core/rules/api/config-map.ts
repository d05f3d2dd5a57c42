import { defineApiRule } from '../shared/api-rule.ts';

/** What the API server says to a ConfigMap. */
export const rule = defineApiRule({
  id: 'api/config-map',
  severity: 'error',
  kind: 'ConfigMap',
  resource: 'ConfigMap',
});
