import {
  dnsLabel,
  dnsSubdomain,
  each,
  inRange,
  MAXIMUM_INT32,
  optional,
  repeatsIn,
  requiredOneOf,
  requiredThen,
  unlessEmpty,
} from '../../field-checks.ts';
import { duplicate, type Errors, forbidden, invalid, required } from '../../field-error.ts';
import { labelErrors } from '../../labels.ts';
import { annotationErrors, type ObjectMeta } from '../../object-meta.ts';
import type { Path } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { MIRROR, podAnnotationErrors, profileConflicts } from './annotations.ts';
import { type ContainerContext, containerErrors, ephemeralErrors, initContainerErrors } from './containers.ts';
import { fileKeyVolumeErrors } from './env.ts';
import { printedClaim } from './internal-form.ts';
import {
  dnsConfigErrors,
  dnsPolicyErrors,
  hostAliasErrors,
  hostnameErrors,
  hostnameOverrideErrors,
  readinessGateErrors,
} from './network.ts';
import { hostUsersErrors, operatingSystemErrors } from './operating-system.ts';
import { podLevelErrors } from './pod-level-resources.ts';
import { hostNetworkPortErrors } from './ports.ts';
import { containerResourceErrors } from './resources.ts';
import { affinityErrors, schedulingGateErrors, spreadErrors, tolerationErrors } from './scheduling.ts';
import { hostProcessErrors, podSecurityErrors } from './security.ts';
import type { PodOwner, PodResourceClaim, PodSpec, PodTemplate } from './types.ts';
import { checkVolumes } from './volumes.ts';

/** What a spec is checked against. */
export interface SpecContext {
  readonly version: KubernetesVersion;
  readonly owner: PodOwner;
  /** That of the Pod; absent in a template, whose metadata does not count. */
  readonly metadata?: ObjectMeta;
}

/**
 * Errors of a defaulted Pod's spec, in a Pod or a template, in the server's order (pkg/apis/core/validation, ValidatePodSpec).
 * What older servers let through and an update may keep is not considered: stored objects have passed these same checks.
 */
export function podSpecErrors(spec: PodSpec, context: SpecContext, path: Path): Errors {
  const { version, owner, metadata } = context;
  const claimNames = (spec.resourceClaims ?? []).map(({ name = '' }) => name).filter((name) => name !== '');
  const volumes = checkVolumes(spec.volumes ?? [], { owner, podName: metadata?.name ?? '' }, path.child('volumes'));
  const containers: ContainerContext = { spec, volumes: volumes.valid, claimNames };
  const regular = spec.containers ?? [];
  return [
    ...(spec.terminationGracePeriodSeconds === undefined
      ? [required(path.child('terminationGracePeriodSeconds'))]
      : []),
    ...volumes.errors,
    ...claimErrors(spec.resourceClaims ?? [], metadata, path.child('resourceClaims')),
    ...containerErrors(regular, containers, path.child('containers')),
    ...initContainerErrors(spec.initContainers ?? [], containers, path.child('initContainers')),
    ...ephemeralErrors(spec.ephemeralContainers ?? [], containers, path.child('ephemeralContainers')),
    ...podLevelErrors(spec, claimNames, path.child('resources')),
    ...(spec.hostNetwork === true ? hostNetworkPortErrors(regular, owner, path.child('containers')) : []),
    ...requiredOneOf(spec.restartPolicy, ['Always', 'OnFailure', 'Never'], path.child('restartPolicy')),
    ...dnsPolicyErrors(spec.dnsPolicy, path.child('dnsPolicy')),
    ...labelErrors(spec.nodeSelector, path.child('nodeSelector')),
    ...podSecurityErrors(spec, path.child('securityContext')),
    ...affinityErrors(spec.affinity, path.child('affinity')),
    ...dnsConfigErrors(spec, version, path),
    ...readinessGateErrors(spec.readinessGates, path.child('readinessGates')),
    ...schedulingGateErrors(spec.schedulingGates ?? [], path.child('schedulingGates')),
    ...spreadErrors(spec.topologySpreadConstraints ?? [], path.child('topologySpreadConstraints')),
    ...hostProcessErrors(spec, path),
    ...hostUsersErrors(spec, path),
    ...hostnameOverrideErrors(spec, path),
    ...identityErrors(spec, path),
    ...hostnameErrors(spec, path),
    ...tolerationErrors(spec.tolerations, path.child('tolerations')),
    ...hostAliasErrors(spec.hostAliases, version, path.child('hostAliases')),
    ...classErrors(spec, path),
    ...operatingSystemErrors(spec, path),
    ...fileKeyVolumeErrors(spec, path),
  ];
}

function identityErrors(
  { serviceAccountName = '', nodeName = '', activeDeadlineSeconds }: PodSpec,
  path: Path,
): Errors {
  return [
    ...unlessEmpty(serviceAccountName, path.child('serviceAccountName'), dnsSubdomain),
    ...unlessEmpty(nodeName, path.child('nodeName'), dnsSubdomain),
    ...optional(activeDeadlineSeconds, (value) =>
      inRange(value, [1, MAXIMUM_INT32], path.child('activeDeadlineSeconds')),
    ),
  ];
}

function classErrors(spec: PodSpec, path: Path): Errors {
  const { priorityClassName = '', runtimeClassName, preemptionPolicy, overhead } = spec;
  const policies = ['PreemptLowerPriority', 'Never'];
  return [
    ...unlessEmpty(priorityClassName, path.child('priorityClassName'), dnsSubdomain),
    ...optional(runtimeClassName, (name) => dnsSubdomain(name, path.child('runtimeClassName'))),
    ...optional(preemptionPolicy, (policy) => requiredOneOf(policy, policies, path.child('preemptionPolicy'))),
    ...optional(overhead, (limits) => containerResourceErrors({ limits }, [], path.child('overhead'))),
  ];
}

/** Errors of claims of devices (validatePodResourceClaims). */
function claimErrors(claims: readonly PodResourceClaim[], metadata: ObjectMeta | undefined, path: Path): Errors {
  if (metadata?.annotations?.[MIRROR] !== undefined) {
    return each(claims, path, (_, at) => [forbidden(at.printedAs('[]'), 'static pods do not support resource claims')]);
  }
  const repeats = repeatsIn(claims.map(({ name = '' }) => name));
  return claims.flatMap((claim, index) => {
    const { name = '', resourceClaimName, resourceClaimTemplateName: template } = claim;
    const at = path.index(index);
    return [
      ...requiredThen(name, at.child('name'), repeats.has(index) ? repeatedName : dnsLabel),
      ...claimSourceErrors(claim, at),
      ...optional(resourceClaimName, (value) => dnsSubdomain(value, at.child('resourceClaimName'))),
      ...optional(template, (value) => dnsSubdomain(value, at.child('resourceClaimTemplateName'))),
    ];
  });
}

function repeatedName(name: string, path: Path): Errors {
  return [duplicate(path, name)];
}

function claimSourceErrors(claim: PodResourceClaim, path: Path): Errors {
  const count = [claim.resourceClaimName, claim.resourceClaimTemplateName].filter((name) => name !== undefined).length;
  const both = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
  const none = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
  return count === 1 ? [] : [invalid(path, printedClaim(claim), count === 0 ? none : both)];
}

/**
 * Errors of a defaulted template of Pods (ValidatePodTemplateSpec). The server leaves `metadata` out of the names of its labels and
 * annotations.
 */
export function podTemplateErrors(template: PodTemplate, version: KubernetesVersion, path: Path): Errors {
  const { metadata = {}, spec = {} } = template;
  const specPath = path.child('spec');
  return [
    ...templateMetaErrors(template, path),
    ...podSpecErrors(spec, { version, owner: 'template' }, specPath),
    ...profileConflicts(metadata.annotations ?? {}, spec, specPath),
    ...((spec.ephemeralContainers ?? []).length > 0
      ? [forbidden(specPath.child('ephemeralContainers'), 'ephemeral containers not allowed in pod template')]
      : []),
  ];
}

/** Errors of the labels and annotations of a template. */
export function templateMetaErrors({ metadata = {}, spec = {} }: PodTemplate, path: Path): Errors {
  const annotations = metadata.annotations ?? {};
  const metaPath = (field: string) => path.child(field).markedAt([...path.at, 'metadata', field]);
  return [
    ...labelErrors(metadata.labels, metaPath('labels')),
    ...annotationErrors(annotations, metaPath('annotations')),
    ...podAnnotationErrors(annotations, spec, metaPath('annotations')),
  ];
}
