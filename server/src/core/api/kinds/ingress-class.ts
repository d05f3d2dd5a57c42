import { change } from '../change.ts';
import { dnsLabel, domainPrefixedPath, optional } from '../field-checks.ts';
import { type Errors, forbidden, immutableErrors, notSupported, required, tooLong } from '../field-error.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { byteLength, quote } from '../go-text.ts';
import { type ApiObject, defineKind } from '../kind-rules.ts';
import { dnsSubdomainProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { type Path, SPEC } from '../path.ts';
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
  default: (ingressClass) => firstGeneration(withScope(ingressClass)),
  prepareUpdate: (next, stored) => nextGeneration(withScope(next), stored),
  validate: ingressClassErrors,
  validateUpdate: (next, stored) => [
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...immutableErrors(CONTROLLER, next.spec?.controller ?? '', stored.spec?.controller ?? ''),
    ...ingressClassErrors(next),
  ],
  warn: () => [],
});

const CONTROLLER = SPEC.child('controller');
const MAXIMUM_CONTROLLER = 250;

function withScope(ingressClass: IngressClass): IngressClass {
  return change(ingressClass, 'spec', (spec) =>
    change(spec, 'parameters', (parameters) => ({ ...parameters, scope: parameters.scope ?? 'Cluster' })),
  );
}

function ingressClassErrors({ metadata, spec = {} }: IngressClass): Errors {
  const { controller = '', parameters } = spec;
  const path = SPEC.child('parameters');
  return [
    ...objectMetaErrors(metadata, { namespaced: false, name: dnsSubdomainProblems }),
    ...(byteLength(controller) > MAXIMUM_CONTROLLER ? [tooLong(CONTROLLER, MAXIMUM_CONTROLLER)] : []),
    ...domainPrefixedPath(controller, CONTROLLER),
    ...optional(parameters, (it) => [...objectReferenceErrors(it, path), ...scopeErrors(it, path)]),
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
        : dnsLabel(namespace, at);
    default:
      return [notSupported(path.child('scope'), scope, ['Cluster', 'Namespace'], quote)];
  }
}
