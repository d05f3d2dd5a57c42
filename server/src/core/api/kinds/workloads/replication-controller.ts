import { nonNegative, optional } from '../../field-checks.ts';
import { type Errors, required } from '../../field-error.ts';
import { defineKind } from '../../kind-rules.ts';
import type { StringMap } from '../../labels.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import type { KubernetesVersion } from '../../version.ts';
import { podTemplateErrors } from '../pod/spec.ts';
import type { PodTemplate } from '../pod/types.ts';
import { created, defaultTemplate, nameWarnings, SPEC, templateWarnings, updated } from './common.ts';
import { runningTemplateErrors } from './replicas.ts';
import { mismatchErrors } from './selector.ts';
import type { ReplicationControllerSpec, Workload } from './types.ts';

type ReplicationController = Workload<ReplicationControllerSpec>;

/** ReplicationControllers (pkg/apis/core/v1/defaults.go; pkg/apis/core/validation; pkg/registry/core/replicationcontroller/strategy.go). */
export const REPLICATION_CONTROLLER = defineKind<ReplicationController>({
  groupKind: 'ReplicationController',
  namespaced: true,
  default: (object, { version }) => created(withLabels(object), defaultSpec(object.spec ?? {}, version)),
  prepareUpdate: (next, stored, { version }) =>
    updated(withLabels(next), stored, defaultSpec(next.spec ?? {}, version)),
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: SUBDOMAIN_NAME }),
    ...specErrors(spec, version),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, version),
  ],
  warn: (object, stored) => {
    const path = SPEC.child('template');
    if (stored === undefined)
      return [...nameWarnings(object.metadata), ...templateWarnings(object.spec?.template, path)];
    // The server warns of the stored template, not of the new one.
    const isSame = object.metadata.generation === stored.metadata.generation;
    return isSame ? [] : templateWarnings(stored.spec?.template, path);
  },
});

/** The labels of the template serve as selector and as labels, unless others are given. */
function withLabels(object: ReplicationController): ReplicationController {
  const { labels: own = {} } = object.metadata;
  const labels = object.spec?.template?.metadata?.labels;
  if (labels === undefined || Object.keys(own).length > 0) return object;
  return { ...object, metadata: { ...object.metadata, labels } };
}

function defaultSpec(spec: ReplicationControllerSpec, version: KubernetesVersion): ReplicationControllerSpec {
  const labels = spec.template?.metadata?.labels;
  const isSelecting = Object.keys(spec.selector ?? {}).length > 0;
  return {
    replicas: 1,
    ...spec,
    ...(!isSelecting && labels !== undefined && { selector: labels }),
    ...(spec.template !== undefined && { template: defaultTemplate(spec.template, version) }),
  };
}

function specErrors(
  { replicas, minReadySeconds, selector = {}, template }: ReplicationControllerSpec,
  version: KubernetesVersion,
): Errors {
  const isEmpty = Object.keys(selector).length === 0;
  return [
    ...nonNegative(minReadySeconds, SPEC.child('minReadySeconds')),
    ...(isEmpty ? [required(SPEC.child('selector'))] : []),
    ...nonNegative(replicas, SPEC.child('replicas')),
    ...(template === undefined ? [required(SPEC.child('template'))] : []),
    ...optional(template, (it) => templateErrors(it, selector, version)),
  ];
}

function templateErrors(template: PodTemplate, selector: StringMap, version: KubernetesVersion): Errors {
  const path = SPEC.child('template');
  return [
    ...mismatchErrors({ matchLabels: selector }, template.metadata?.labels, path),
    ...podTemplateErrors(template, version, path),
    ...runningTemplateErrors(template, 'ReplicationController', path),
  ];
}
