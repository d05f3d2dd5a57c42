import { each } from '../../field-checks.ts';
import { type Errors, forbidden } from '../../field-error.ts';
import { type ApiContext, defineKind } from '../../kind-rules.ts';
import { dnsLabelProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { Path } from '../../path.ts';
import type { Warnings } from '../../warning.ts';
import { podAnnotationErrors, profileConflicts } from './annotations.ts';
import { imageSpaceErrors } from './containers.ts';
import { defaultPod, updatedPod } from './default.ts';
import { podChangeErrors } from './pod-change.ts';
import { podSpecErrors } from './spec.ts';
import type { PodObject } from './types.ts';
import { podWarnings } from './warnings.ts';

const META = Path.root.child('metadata');
const SPEC = Path.root.child('spec');

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
    ...objectMetaErrors(metadata, { namespaced: true, name: SUBDOMAIN_NAME }),
    ...podAnnotationErrors(metadata.annotations ?? {}, spec, META.child('annotations')),
    ...podSpecErrors(spec, { version, owner: 'pod', metadata }, SPEC),
    ...(spec.serviceAccountName === undefined ? tokenErrors(spec) : []),
    ...each(spec.containers, SPEC.child('containers'), imageSpaceErrors),
    ...each(spec.initContainers, SPEC.child('initContainers'), imageSpaceErrors),
  ];
}

/** A token is one of an account. */
function tokenErrors({ volumes }: NonNullable<PodObject['spec']>): Errors {
  const detail = 'must not be specified when serviceAccountName is not set';
  return each(volumes, SPEC.child('volumes'), ({ projected }, path) =>
    each(projected?.sources, path.child('projected', 'sources'), ({ serviceAccountToken }, at) =>
      serviceAccountToken === undefined ? [] : [forbidden(at.child('serviceAccountToken'), detail)],
    ),
  );
}

function creationErrors({ metadata, spec = {} }: PodObject): Errors {
  const { ephemeralContainers = [], schedulingGates = [], nodeName = '' } = spec;
  const gated = 'cannot be set until all schedulingGates have been cleared';
  return [
    ...(ephemeralContainers.length > 0
      ? [forbidden(SPEC.child('ephemeralContainers'), 'cannot be set on create')]
      : []),
    ...(nodeName !== '' && schedulingGates.length > 0 ? [forbidden(SPEC.child('nodeName'), gated)] : []),
    ...profileConflicts(metadata.annotations ?? {}, spec, SPEC),
  ];
}

function creationWarnings({ metadata, spec = {} }: PodObject): Warnings {
  const problems = dnsLabelProblems(metadata.name ?? '');
  const text = `this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
  const name = problems.length === 0 ? [] : [{ message: `metadata.name: ${text}`, at: META.child('name').at }];
  return [...name, ...podWarnings({ metadata, spec, owner: 'pod' }, Path.root)];
}
