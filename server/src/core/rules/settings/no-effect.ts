import { defineSettingsRule } from '../rule.ts';

/** A setting that is unknown or has a value that cannot be used. */
export const rule = defineSettingsRule({
  id: 'settings/no-effect',
  severity: 'warning',
  check: (settings) => settings.problems,
});
