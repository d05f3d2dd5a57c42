import { change, changeEach, without } from '../../change.ts';
import { sameValue } from '../../equal.ts';
import { dnsLabel, each, nonNegative, oneOf, unlessEmpty } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, invalidText } from '../../field-error.ts';
import { compareBytes } from '../../go-text.ts';
import { defineKind } from '../../kind-rules.ts';
import { dnsLabelProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { fieldWarning, type Warnings } from '../../warning.ts';
import { claimSpecErrors } from '../pod/claim.ts';
import { defaultClaimSpec } from '../pod/default-volume.ts';
import { podTemplateErrors, templateMetaErrors } from '../pod/spec.ts';
import type { PodSpec, PodTemplate } from '../pod/types.ts';
import { claimWarnings } from '../pod/volume-warnings.ts';
import { isEmptySelector, isUsable, mismatchErrors, printedSelector, requiredSelectorErrors } from './selector.ts';
import { specDefaults } from './spec-defaults.ts';
import {
  changedTemplateWarnings,
  defaultTemplate,
  runningTemplateErrors,
  TEMPLATE,
  templateWarnings,
} from './template.ts';
import type { ClaimObject, RollingUpdate, StatefulSetSpec, UpdateStrategy, Workload } from './types.ts';

type StatefulSet = Workload<StatefulSetSpec>;

/** StatefulSets (pkg/apis/apps/v1/defaults.go; pkg/apis/apps/validation; pkg/registry/apps/statefulset/strategy.go). */
export const STATEFUL_SET = defineKind<StatefulSet>({
  groupKind: 'StatefulSet.apps',
  namespaced: true,
  ...specDefaults(defaultSpec),
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsLabelProblems }),
    ...specErrors(spec, version, newFieldErrors(spec)),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, version, NO_NEW_FIELDS),
    ...changeErrors(spec, stored.spec ?? {}),
  ],
  warn: statefulSetWarnings,
});

function defaultSpec(spec: StatefulSetSpec, version: KubernetesVersion): StatefulSetSpec {
  const filled: StatefulSetSpec = {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    ...spec,
    template: defaultTemplate(spec.template, version),
    updateStrategy: defaultStrategy(spec.updateStrategy ?? {}),
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
      ...spec.persistentVolumeClaimRetentionPolicy,
    },
  };
  return changeEach(filled, 'volumeClaimTemplates', defaultClaim);
}

/** How many Pods may be unavailable is not switched on yet, so the server drops it. */
function defaultStrategy({ type, rollingUpdate }: UpdateStrategy): UpdateStrategy {
  const kept: UpdateStrategy =
    rollingUpdate === undefined ? {} : { rollingUpdate: without(rollingUpdate, 'maxUnavailable') };
  const strategy: UpdateStrategy =
    type === undefined ? { type: 'RollingUpdate', rollingUpdate: {}, ...kept } : { type, ...kept };
  if (strategy.type !== 'RollingUpdate') return strategy;
  return change(strategy, 'rollingUpdate', (rolling) => ({ partition: 0, ...rolling }));
}

function defaultClaim(claim: ClaimObject): ClaimObject {
  return {
    ...claim,
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    spec: defaultClaimSpec(claim.spec ?? {}),
    status: { phase: 'Pending', ...claim.status },
  };
}

/** Errors of what is only checked on creation, since it cannot change. */
interface NewFieldErrors {
  readonly claims: Errors;
  readonly serviceName: Errors;
}

const NO_NEW_FIELDS: NewFieldErrors = { claims: [], serviceName: [] };

function newFieldErrors({ volumeClaimTemplates, serviceName = '' }: StatefulSetSpec): NewFieldErrors {
  return {
    claims: each(volumeClaimTemplates, SPEC.child('volumeClaimTemplates'), (claim, path) =>
      claimSpecErrors(claim.spec ?? {}, path.child('spec')),
    ),
    serviceName: unlessEmpty(serviceName, SPEC.child('serviceName'), dnsLabel),
  };
}

/** ValidateStatefulSetSpec. */
function specErrors(spec: StatefulSetSpec, version: KubernetesVersion, fields: NewFieldErrors): Errors {
  const { podManagementPolicy: policy = '', persistentVolumeClaimRetentionPolicy: retention = {} } = spec;
  const isPolicy = policy === 'OrderedReady' || policy === 'Parallel';
  const retentionPath = SPEC.child('persistentVolumeClaimRetentionPolicy');
  const startPath = SPEC.child('ordinals.start').markedAt(['spec', 'ordinals', 'start']);
  return [
    ...(isPolicy
      ? []
      : [invalidText(SPEC.child('podManagementPolicy'), policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...strategyErrors(spec.updateStrategy ?? {}, SPEC.child('updateStrategy')),
    ...(['whenDeleted', 'whenScaled'] as const).flatMap((when) =>
      oneOf(retention[when], ['Retain', 'Delete'], retentionPath.child(when)),
    ),
    ...fields.claims,
    ...nonNegative(spec.replicas, SPEC.child('replicas')),
    ...nonNegative(spec.minReadySeconds, SPEC.child('minReadySeconds')),
    ...nonNegative(spec.ordinals?.start, startPath),
    ...fields.serviceName,
    ...requiredSelectorErrors(spec.selector, 'statefulset'),
    ...templateErrors(spec, version),
    ...runningTemplateErrors(spec.template ?? {}, 'StatefulSet'),
  ];
}

function strategyErrors(strategy: UpdateStrategy, path: Path): Errors {
  const { type = '', rollingUpdate } = strategy;
  const at = path.child('rollingUpdate');
  if (type === 'RollingUpdate') return nonNegative(rollingUpdate?.partition, at.child('partition'));
  if (type !== 'OnDelete') return [invalid(path, printedStrategy(strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  if (rollingUpdate === undefined) return [];
  return [invalid(at, printedRollingUpdate(rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'")];
}

function printedStrategy({ type = '', rollingUpdate }: UpdateStrategy): unknown {
  return { Type: type, RollingUpdate: rollingUpdate === undefined ? null : printedRollingUpdate(rollingUpdate) };
}

function printedRollingUpdate({ partition = 0 }: RollingUpdate): unknown {
  return { Partition: partition, MaxUnavailable: null };
}

/** The server looks at labels and annotations twice. */
function templateErrors(spec: StatefulSetSpec, version: KubernetesVersion): Errors {
  const { selector, template = {} } = spec;
  if (!isUsable(selector)) return [invalid(SPEC.child('selector'), printedSelector(selector), '')];
  const isOpen = selector !== undefined && isEmptySelector(selector);
  return [
    ...(isOpen ? [] : mismatchErrors(selector, template)),
    ...podTemplateErrors(asCreated(template, spec), version, TEMPLATE),
    ...templateMetaErrors(template, TEMPLATE),
  ];
}

/** The controller gives each Pod its own names and claims, whatever the template says of them. */
function asCreated(template: PodTemplate, { volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplate {
  const { hostname, subdomain, ...spec }: PodSpec = template.spec ?? {};
  if (volumeClaimTemplates.length === 0) return { ...template, spec };
  const names = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''));
  const claims = [...names].sort(compareBytes).map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const others = (spec.volumes ?? []).filter(({ name = '' }) => !names.has(name));
  return { ...template, spec: { ...spec, volumes: [...claims, ...others] } };
}

const CHANGEABLE = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
] as const satisfies readonly (keyof StatefulSetSpec)[];

function changeErrors(next: StatefulSetSpec, stored: StatefulSetSpec): Errors {
  const fixed = (spec: StatefulSetSpec) =>
    CHANGEABLE.reduce((rest: StatefulSetSpec, name) => without(rest, name), spec);
  if (sameValue(fixed(next), fixed(stored))) return [];
  const names =
    "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'";
  return [forbidden(SPEC, `updates to statefulset spec for fields other than ${names} are forbidden`)];
}

function statefulSetWarnings(object: StatefulSet, stored: StatefulSet | undefined): Warnings {
  const { template, volumeClaimTemplates, revisionHistoryLimit = 0 } = object.spec ?? {};
  const negative = 'a negative value retains all historical revisions; a value >= 0 is recommended';
  return [
    ...(stored === undefined ? templateWarnings(template, TEMPLATE) : changedTemplateWarnings(object, stored)),
    ...each(volumeClaimTemplates, SPEC.child('volumeClaimTemplates'), (claim, path) =>
      // The server's name for the place, which leaves out the spec or misspells it.
      claimWarnings(claim.spec ?? {}, stored === undefined ? path : path.child('Spec')),
    ),
    ...(revisionHistoryLimit < 0 ? [fieldWarning(SPEC.child('revisionHistoryLimit'), negative)] : []),
  ];
}
