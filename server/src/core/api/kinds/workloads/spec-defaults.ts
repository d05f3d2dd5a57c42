import { firstGeneration, nextGeneration } from '../../generation.ts';
import type { KindRules } from '../../kind-rules.ts';
import type { KubernetesVersion } from '../../version.ts';
import type { Workload } from './types.ts';

/** How a kind fills in its objects when they are created and changed, if all that it fills in is in their spec. */
export function specDefaults<Spec extends object>(
  defaultSpec: (spec: Partial<Spec>, version: KubernetesVersion) => Spec,
): Required<Pick<KindRules<Workload<Spec>>, 'default' | 'prepareUpdate'>> {
  return {
    default: (object, { version }) => firstGeneration({ ...object, spec: defaultSpec(object.spec ?? {}, version) }),
    prepareUpdate: (next, stored, { version }) =>
      nextGeneration({ ...next, spec: defaultSpec(next.spec ?? {}, version) }, stored),
  };
}
