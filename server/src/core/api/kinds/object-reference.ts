import { dnsSubdomain, optional, requiredThen } from '../field-checks.ts';
import { type Errors, invalidEach } from '../field-error.ts';
import { pathSegmentProblems } from '../names.ts';
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
export function objectReferenceErrors({ apiGroup, kind = '', name = '' }: ObjectReference, path: Path): Errors {
  return [
    ...optional(apiGroup, (group) => dnsSubdomain(group, path.child('apiGroup'))),
    ...requiredThen(kind, path.child('kind'), pathSegment),
    ...requiredThen(name, path.child('name'), pathSegment),
  ];
}

function pathSegment(text: string, path: Path): Errors {
  return invalidEach(path, text, pathSegmentProblems(text));
}
