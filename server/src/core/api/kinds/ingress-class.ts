import {
  type Errors,
  forbidden,
  immutableErrors,
  invalid,
  invalidEach,
  notSupported,
  required,
  tooLong,
} from '../field-error.ts';
import { byteLength } from '../go-text.ts';
import { type ApiObject, defineKind } from '../kind-rules.ts';
import { dnsLabelProblems, dnsSubdomainProblems, httpPathProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import { type ObjectReference, objectReferenceErrors } from './object-reference.ts';

interface IngressClass extends ApiObject {
  readonly spec?: { readonly controller?: string; readonly parameters?: Parameters };
}

interface Parameters extends ObjectReference {
  readonly scope?: string;
  readonly namespace?: string;
}

/** IngressClasses (pkg/registry/networking/ingressclass, strategy.go; pkg/apis/networking/validation, ValidateIngressClass). */
export const INGRESS_CLASS = defineKind<IngressClass>({
  groupKind: 'IngressClass.networking.k8s.io',
  namespaced: false,
  default: (ingressClass) => {
    const written = withScope(ingressClass);
    return { ...written, metadata: { ...written.metadata, generation: 1 } };
  },
  prepareUpdate: withScope,
  validate: ingressClassErrors,
  validateUpdate: (next, stored) => [
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...immutableErrors(CONTROLLER, next.spec?.controller ?? '', stored.spec?.controller ?? ''),
    ...ingressClassErrors(next),
  ],
  warn: () => [],
});

const CONTROLLER = Path.root.child('spec', 'controller');
const MAXIMUM_CONTROLLER = 250;

function withScope(ingressClass: IngressClass): IngressClass {
  const { spec } = ingressClass;
  if (spec?.parameters === undefined) return ingressClass;
  const parameters = { ...spec.parameters, scope: spec.parameters.scope ?? 'Cluster' };
  return { ...ingressClass, spec: { ...spec, parameters } };
}

function ingressClassErrors({ metadata, spec = {} }: IngressClass): Errors {
  const { controller = '', parameters } = spec;
  const path = Path.root.child('spec', 'parameters');
  return [
    ...objectMetaErrors(metadata, { namespaced: false, name: SUBDOMAIN_NAME }),
    ...(byteLength(controller) > MAXIMUM_CONTROLLER ? [tooLong(CONTROLLER, MAXIMUM_CONTROLLER)] : []),
    ...domainPrefixedPathErrors(CONTROLLER, controller),
    ...(parameters === undefined ? [] : [...objectReferenceErrors(parameters, path), ...scopeErrors(parameters, path)]),
  ];
}

/** `domain/path`; what is wrong with a part is said of the part (apimachinery/pkg/util/validation, IsDomainPrefixedPath). */
function domainPrefixedPathErrors(path: Path, text: string): Errors {
  if (text === '') return [required(path)];
  const slash = text.indexOf('/');
  const domain = text.slice(0, Math.max(slash, 0));
  const rest = text.slice(slash + 1);
  if (domain === '' || rest === '') {
    return [invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return [
    ...invalidEach(path, domain, dnsSubdomainProblems(domain)),
    ...invalidEach(path, rest, httpPathProblems(rest)),
  ];
}

function scopeErrors({ scope = '', namespace }: Parameters, path: Path): Errors {
  const at = path.child('namespace');
  switch (scope) {
    case 'Cluster':
      return namespace === undefined ? [] : [forbidden(at, "`parameters.scope` is set to 'Cluster'")];
    case 'Namespace':
      return namespace === undefined
        ? [required(at, "`parameters.scope` is set to 'Namespace'")]
        : invalidEach(at, namespace, dnsLabelProblems(namespace));
    default:
      return [notSupported(path.child('scope'), scope, ['Cluster', 'Namespace'])];
  }
}
