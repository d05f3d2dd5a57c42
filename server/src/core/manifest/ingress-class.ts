import type { Fields } from './fields.ts';
import type { Labels } from './selector.ts';

export const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';
/** The older way to name an Ingress's class. Its value need not be an IngressClass. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

export interface IngressClassSpec {
  readonly controller: string | undefined;
  /** Only the exact string "true" counts (IC-15). */
  readonly isDefault: boolean;
}

export function decodeIngressClass(fields: Fields, annotations: Labels): IngressClassSpec {
  return {
    controller: fields.object('spec')?.string('controller'),
    isDefault: annotations.get(DEFAULT_CLASS_ANNOTATION) === 'true',
  };
}
