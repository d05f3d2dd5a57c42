import { each } from '../../field-checks.ts';
import { type Errors, forbidden } from '../../field-error.ts';
import { type ApiContext, defineKind } from '../../kind-rules.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { ANNOTATIONS, Path, SPEC } from '../../path.ts';
import { hostnameWarnings, type Warnings } from '../../warning.ts';
import { podAnnotationErrors, profileConflicts } from './annotations.ts';
import { imageSpaceErrors } from './containers.ts';
import { defaultPod, updatedPod } from './default.ts';
import { podChangeErrors } from './pod-change.ts';
import { podSpecErrors } from './spec.ts';
import type { PodObject, PodSpec } from './types.ts';
import { podWarnings } from './warnings.ts';

/** Pods (pkg/registry/core/pod/strategy.go; pkg/apis/core/validation, ValidatePodCreate and ValidatePodUpdate). */
export const POD = defineKind<PodObject>({
  groupKind: 'Pod',
  namespaced: true,
  default: (pod, { version }) => defaultPod(pod, version),
  prepareUpdate: (next, stored, { version }) => updatedPod(next, stored, version),
  validate: (pod, context) => [...podErrors(pod, context), ...creationErrors(pod)],
  validateUpdate: (next, stored, context) => [
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...podErrors(next, context),
    ...podChangeErrors(next, stored),
  ],
  // People seldom change Pods, so the server does not warn them.
  warn: (pod, stored) => (stored === undefined ? creationWarnings(pod) : []),
});

/** validatePodMetadataAndSpec. */
function podErrors({ metadata, spec = {} }: PodObject, { version }: ApiContext): Errors {
  return [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...podAnnotationErrors(metadata.annotations ?? {}, spec, ANNOTATIONS),
    ...podSpecErrors(spec, { version, owner: 'pod', metadata }, SPEC),
    ...(spec.serviceAccountName === undefined ? tokenErrors(spec) : []),
    ...each(spec.containers, SPEC.child('containers'), imageSpaceErrors),
    ...each(spec.initContainers, SPEC.child('initContainers'), imageSpaceErrors),
  ];
}

/** A token is one of an account. */
function tokenErrors({ volumes }: PodSpec): Errors {
  const detail = 'must not be specified when serviceAccountName is not set';
  return each(volumes, SPEC.child('volumes'), ({ projected }, path) =>
    each(projected?.sources, path.child('projected', 'sources'), ({ serviceAccountToken }, at) =>
      serviceAccountToken === undefined ? [] : [forbidden(at.child('serviceAccountToken'), detail)],
    ),
  );
}

function creationErrors({ metadata, spec = {} }: PodObject): Errors {
  const { ephemeralContainers = [], schedulingGates = [], nodeName = '' } = spec;
  const isPlaced = nodeName !== '' && schedulingGates.length > 0;
  return [
    ...(ephemeralContainers.length > 0
      ? [forbidden(SPEC.child('ephemeralContainers'), 'cannot be set on create')]
      : []),
    ...(isPlaced
      ? [forbidden(SPEC.child('nodeName'), 'cannot be set until all schedulingGates have been cleared')]
      : []),
    ...profileConflicts(metadata.annotations ?? {}, spec, SPEC),
  ];
}

function creationWarnings({ metadata, spec = {} }: PodObject): Warnings {
  return [
    ...hostnameWarnings(metadata, "the Pod's hostname"),
    ...podWarnings({ metadata, spec, owner: 'pod' }, Path.root),
  ];
}
