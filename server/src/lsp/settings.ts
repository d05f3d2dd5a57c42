import type { DiagnoseOptions, RuleLevel } from '../core/index.ts';
import type { Session } from './session.ts';

const LEVELS: ReadonlySet<string> = new Set(['off', 'hint', 'information', 'warning', 'error']);

/** What is set about rules; words that are no level are left out. A rule that fails does not take the others with it. */
export function toDiagnoseOptions(session: Session): DiagnoseOptions {
  const entries = Object.entries(session.settings.rules ?? {}).filter(([, level]) => LEVELS.has(level));
  return {
    levels: new Map(entries as [string, RuleLevel][]),
    schemaChecks: (uri) => session.checksSchema(uri),
    yamlChecks: (uri) => session.checksYaml(uri),
    onFailure: ({ rule, uri, error }) => session.failures.tell(`The rule ${rule} failed on ${uri}`, error),
  };
}
