import { nonNegative } from '../../field-checks.ts';
import { type Errors, type FieldError, required } from '../../field-error.ts';
import { firstGeneration, nextGeneration } from '../../generation.ts';
import { defineKind } from '../../kind-rules.ts';
import type { StringMap } from '../../labels.ts';
import { longNameProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { podTemplateErrors } from '../pod/spec.ts';
import type { PodTemplate } from '../pod/types.ts';
import { mismatchErrors } from './selector.ts';
import { controllerWarnings, defaultTemplate, runningTemplateErrors, TEMPLATE, templateWarnings } from './template.ts';
import type { ReplicationControllerSpec, Workload } from './types.ts';

type ReplicationController = Workload<ReplicationControllerSpec>;

/** ReplicationControllers (pkg/apis/core/v1/defaults.go; pkg/apis/core/validation; pkg/registry/core/replicationcontroller/strategy.go). */
export const REPLICATION_CONTROLLER = defineKind<ReplicationController>({
  groupKind: 'ReplicationController',
  namespaced: true,
  default: (object, { version }) =>
    firstGeneration({ ...withLabels(object), spec: defaultSpec(object.spec ?? {}, version) }),
  prepareUpdate: (next, stored, { version }) =>
    nextGeneration({ ...withLabels(next), spec: defaultSpec(next.spec ?? {}, version) }, stored),
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: longNameProblems }).filter(isOfGivenName),
    ...specErrors(spec, version),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, version),
  ],
  warn: (object, stored) => {
    if (stored === undefined) return controllerWarnings(object, undefined);
    // The server warns of the stored template, not of the new one.
    const isSame = object.metadata.generation === stored.metadata.generation;
    return isSame ? [] : templateWarnings(stored.spec?.template, TEMPLATE);
  },
});

/** The newer package checks the name alone, so that nobody checks what it is generated from. */
function isOfGivenName({ at }: FieldError): boolean {
  return at.at(-1) !== 'generateName';
}

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
    ...(template === undefined ? [required(TEMPLATE)] : templateErrors(template, selector, version)),
  ];
}

function templateErrors(template: PodTemplate, selector: StringMap, version: KubernetesVersion): Errors {
  return [
    ...mismatchErrors({ matchLabels: selector }, template),
    ...podTemplateErrors(template, version, TEMPLATE),
    ...runningTemplateErrors(template, 'ReplicationController'),
  ];
}
