import { nonNegative } from '../../field-checks.ts';
import type { Errors } from '../../field-error.ts';
import { defineKind } from '../../kind-rules.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { replicatedErrors } from './replicas.ts';
import { selectorChangeErrors } from './selector.ts';
import { specDefaults } from './spec-defaults.ts';
import { controllerWarnings, defaultTemplate } from './template.ts';
import type { ReplicaSetSpec, Workload } from './types.ts';

/** ReplicaSets (pkg/apis/apps/v1/defaults.go; pkg/apis/apps/validation; pkg/registry/apps/replicaset/strategy.go). */
export const REPLICA_SET = defineKind<Workload<ReplicaSetSpec>>({
  groupKind: 'ReplicaSet.apps',
  namespaced: true,
  ...specDefaults(defaultSpec),
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...specErrors(spec, version),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, version),
    ...selectorChangeErrors(spec, stored.spec),
  ],
  warn: controllerWarnings,
});

function defaultSpec(spec: ReplicaSetSpec, version: KubernetesVersion): ReplicaSetSpec {
  return { replicas: 1, ...spec, template: defaultTemplate(spec.template, version) };
}

function specErrors(spec: ReplicaSetSpec, version: KubernetesVersion): Errors {
  return [
    ...nonNegative(spec.replicas, SPEC.child('replicas')),
    ...nonNegative(spec.minReadySeconds, SPEC.child('minReadySeconds')),
    ...replicatedErrors(spec, version),
  ];
}
