import { type Errors, invalidEach, required } from '../field-error.ts';
import { dnsSubdomainProblems, pathSegmentProblems } from '../names.ts';
import type { Path } from '../path.ts';

/** An object of any kind by its group, kind and name: a backend of an Ingress, the parameters of an IngressClass. */
export interface ObjectReference {
  readonly apiGroup?: string;
  readonly kind?: string;
  readonly name?: string;
}

/**
 * Errors of a reference: a group is a domain name, and kind and name must be there and fit into a URL
 * (pkg/apis/networking/validation, validateIngressTypedLocalObjectReference).
 */
export function objectReferenceErrors(reference: ObjectReference, path: Path): Errors {
  const { apiGroup } = reference;
  return [
    ...(apiGroup === undefined ? [] : invalidEach(path.child('apiGroup'), apiGroup, dnsSubdomainProblems(apiGroup))),
    ...(['kind', 'name'] as const).flatMap((field) => {
      const value = reference[field] ?? '';
      const at = path.child(field);
      return value === '' ? [required(at)] : invalidEach(at, value, pathSegmentProblems(value));
    }),
  ];
}
