import { sameValue } from '../equal.ts';
import { each } from '../field-checks.ts';
import type { Errors } from '../field-error.ts';
import { type ApiObject, defineKind } from '../kind-rules.ts';
import { dnsLabelProblems } from '../names.ts';
import { finalizerNameErrors, objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { SPEC } from '../path.ts';
import { podSecurityErrors } from './pod-security.ts';

interface Namespace extends ApiObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: { readonly phase?: string };
}

/** Namespaces (pkg/registry/core/namespace, strategy.go). */
export const NAMESPACE = defineKind<Namespace>({
  groupKind: 'Namespace',
  namespaced: false,
  default: (namespace) => ({
    ...withNameLabel(namespace),
    spec: { ...namespace.spec, finalizers: withServerFinalizer(namespace.spec?.finalizers ?? []) },
    status: { phase: 'Active' },
  }),
  prepareUpdate: (next, stored) => ({
    ...withNameLabel(next),
    spec: { ...next.spec, finalizers: stored.spec?.finalizers ?? [] },
    status: stored.status ?? {},
  }),
  validate: (namespace) => admitted(namespaceErrors(namespace), podSecurityErrors(namespace.metadata.labels)),
  validateUpdate: (next, stored) =>
    admitted(
      [...namespaceErrors(next), ...objectMetaUpdateErrors(next.metadata, stored.metadata)],
      podSecurityUpdateErrors(next, stored),
    ),
  warn: () => [],
});

/** Admission is asked about what is valid. */
function admitted(errors: Errors, refusals: Errors): Errors {
  return errors.length > 0 ? errors : refusals;
}

/** What was refused before, or came to be before it was, is let be. */
function podSecurityUpdateErrors(next: Namespace, stored: Namespace): Errors {
  const errors = podSecurityErrors(next.metadata.labels);
  return sameValue(errors, podSecurityErrors(stored.metadata.labels)) ? [] : errors;
}

/** Every Namespace can be selected by its name. */
function withNameLabel(namespace: Namespace): Namespace {
  const { metadata } = namespace;
  if (metadata.name === undefined) return namespace;
  const labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  return { ...namespace, metadata: { ...metadata, labels } };
}

function withServerFinalizer(finalizers: readonly string[]): readonly string[] {
  return finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'];
}

const FINALIZERS = SPEC.child('finalizers');

function namespaceErrors({ metadata, spec }: Namespace): Errors {
  return [
    ...objectMetaErrors(metadata, { namespaced: false, name: dnsLabelProblems }),
    // The server names the list, not the item.
    ...each(spec?.finalizers, FINALIZERS, (name, path) => finalizerNameErrors(name, FINALIZERS.markedAt(path.at))),
  ];
}
