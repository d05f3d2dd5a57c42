import { nonNegative } from '../../field-checks.ts';
import type { Errors } from '../../field-error.ts';
import { defineKind } from '../../kind-rules.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import type { KubernetesVersion } from '../../version.ts';
import {
  changedTemplateWarnings,
  created,
  defaultTemplate,
  immutable,
  nameWarnings,
  printedSelector,
  SPEC,
  templateWarnings,
  updated,
} from './common.ts';
import { replicatedErrors } from './replicas.ts';
import type { ReplicaSetSpec, Workload } from './types.ts';

/** ReplicaSets (pkg/apis/apps/v1/defaults.go; pkg/apis/apps/validation; pkg/registry/apps/replicaset/strategy.go). */
export const REPLICA_SET = defineKind<Workload<ReplicaSetSpec>>({
  groupKind: 'ReplicaSet.apps',
  namespaced: true,
  default: (object, { version }) => created(object, defaultSpec(object.spec ?? {}, version)),
  prepareUpdate: (next, stored, { version }) => updated(next, stored, defaultSpec(next.spec ?? {}, version)),
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: SUBDOMAIN_NAME }),
    ...specErrors(spec, version),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, version),
    ...immutable(SPEC.child('selector'), spec.selector, stored.spec?.selector, printedSelector(spec.selector)),
  ],
  warn: (object, stored) =>
    stored === undefined
      ? [...nameWarnings(object.metadata), ...templateWarnings(object.spec?.template, SPEC.child('template'))]
      : changedTemplateWarnings(object, stored),
});

function defaultSpec(spec: ReplicaSetSpec, version: KubernetesVersion): ReplicaSetSpec {
  return { replicas: 1, ...spec, template: defaultTemplate(spec.template, version) };
}

function specErrors(spec: ReplicaSetSpec, version: KubernetesVersion): Errors {
  return [
    ...nonNegative(spec.replicas, SPEC.child('replicas')),
    ...nonNegative(spec.minReadySeconds, SPEC.child('minReadySeconds')),
    ...replicatedErrors(spec, version, SPEC),
  ];
}
