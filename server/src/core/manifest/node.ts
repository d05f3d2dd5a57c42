import type { Fields } from './fields.ts';
import type { Labels } from './selector.ts';

export const ZONE_LABEL = 'topology.kubernetes.io/zone';

export interface NodeSpec {
  readonly zone: string | undefined;
}

export function decodeNode(_fields: Fields, labels: Labels): NodeSpec {
  return { zone: labels.get(ZONE_LABEL) };
}
