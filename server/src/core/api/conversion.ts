import { type DecodeProblem, unconvertible } from './decode-problem.ts';
import { parseInt64 } from './int64.ts';
import type { ApiObject } from './kind-rules.ts';
import type { ObjectMeta } from './object-meta.ts';

/** The generation of a DaemonSet's template was a field once; now it is an annotation, which the server keeps as a number. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/**
 * What keeps a decoded object from being made one of the server's own form: of the conversions, that of DaemonSets alone can fail
 * (pkg/apis/apps/v1/conversion.go, Convert_v1_DaemonSet_To_apps_DaemonSet).
 */
export function conversionProblems({ kind, metadata }: ApiObject): readonly DecodeProblem[] {
  const text = metadata.annotations?.[TEMPLATE_GENERATION];
  if (kind !== 'DaemonSet' || text === undefined) return [];
  const parsed = parseInt64(text, 'ParseInt');
  return parsed.type === 'number'
    ? []
    : [unconvertible(['metadata', 'annotations', TEMPLATE_GENERATION], parsed.message)];
}

/** The generation of the template of a DaemonSet; 0 if it has none. */
export function templateGenerationOf({ annotations }: ObjectMeta): bigint {
  const parsed = parseInt64(annotations?.[TEMPLATE_GENERATION] ?? '', 'ParseInt');
  return parsed.type === 'number' ? parsed.value : 0n;
}
