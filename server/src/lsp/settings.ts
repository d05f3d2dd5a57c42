import type { DiagnoseOptions, RuleLevel } from '../core/index.ts';
import type { Settings } from './protocol.ts';

const LEVELS: ReadonlySet<string> = new Set(['off', 'hint', 'information', 'warning', 'error']);

/** The rule levels that are set; words that are no level are left out. */
export function toDiagnoseOptions(settings: Settings): DiagnoseOptions {
  const entries = Object.entries(settings.rules ?? {}).filter(([, level]) => LEVELS.has(level));
  return { levels: new Map(entries as [string, RuleLevel][]) };
}
