import { nonNegative, optional } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, notSupported } from '../../field-error.ts';
import { defineKind } from '../../kind-rules.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import type { Path } from '../../path.ts';
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
import { countOf, intOrPercentErrors, notOverAllErrors } from './int-or-percent.ts';
import { replicatedErrors } from './replicas.ts';
import type { DeploymentSpec, RollingUpdate, UpdateStrategy, Workload } from './types.ts';

/** Deployments (pkg/apis/apps/v1/defaults.go; pkg/apis/apps/validation; pkg/registry/apps/deployment/strategy.go). */
export const DEPLOYMENT = defineKind<Workload<DeploymentSpec>>({
  groupKind: 'Deployment.apps',
  namespaced: true,
  default: (object, { version }) => created(object, defaultSpec(object.spec ?? {}, version)),
  prepareUpdate: (next, stored, { version }) => {
    const object = updated(next, stored, defaultSpec(next.spec ?? {}, version));
    // Annotations count: the controller copies them.
    const annotations = immutable(SPEC, next.metadata.annotations, stored.metadata.annotations);
    const generation = (stored.metadata.generation ?? 0) + 1;
    return annotations.length === 0 ? object : { ...object, metadata: { ...object.metadata, generation } };
  },
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: SUBDOMAIN_NAME }),
    ...specErrors(spec, version, SPEC),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, version, SPEC),
    ...immutable(SPEC.child('selector'), spec.selector, stored.spec?.selector, printedSelector(spec.selector)),
  ],
  warn: (object, stored) =>
    stored === undefined
      ? [...nameWarnings(object.metadata), ...templateWarnings(object.spec?.template, SPEC.child('template'))]
      : changedTemplateWarnings(object, stored),
});

function defaultSpec(spec: DeploymentSpec, version: KubernetesVersion): DeploymentSpec {
  return {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...spec,
    template: defaultTemplate(spec.template, version),
    strategy: defaultStrategy(spec.strategy ?? {}),
  };
}

function defaultStrategy({ type = 'RollingUpdate', rollingUpdate }: UpdateStrategy): UpdateStrategy {
  if (type === 'RollingUpdate') {
    return { type, rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%', ...rollingUpdate } };
  }
  return { type, ...(rollingUpdate !== undefined && { rollingUpdate }) };
}

function specErrors(spec: DeploymentSpec, version: KubernetesVersion, path: Path): Errors {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const deadlinePath = path.child('progressDeadlineSeconds');
  return [
    ...nonNegative(spec.replicas, path.child('replicas')),
    ...replicatedErrors(spec, version, path),
    ...strategyErrors(spec.strategy ?? {}, path.child('strategy')),
    ...nonNegative(minReadySeconds, path.child('minReadySeconds')),
    ...nonNegative(spec.revisionHistoryLimit, path.child('revisionHistoryLimit')),
    ...optional(deadline, (seconds) => [
      ...nonNegative(seconds, deadlinePath),
      ...(seconds <= minReadySeconds ? [invalid(deadlinePath, seconds, 'must be greater than minReadySeconds')] : []),
    ]),
  ];
}

function strategyErrors(strategy: UpdateStrategy, path: Path): Errors {
  const { type = '', rollingUpdate } = strategy;
  const at = path.child('rollingUpdate');
  if (type === 'RollingUpdate') return rollingUpdateErrors(rollingUpdate ?? {}, at);
  if (type !== 'Recreate') return [notSupported(path, printedStrategy(strategy), ['Recreate', 'RollingUpdate'])];
  const detail = "may not be specified when strategy `type` is 'Recreate'";
  return rollingUpdate === undefined ? [] : [forbidden(at, detail)];
}

function rollingUpdateErrors({ maxUnavailable = 0, maxSurge = 0 }: RollingUpdate, path: Path): Errors {
  const [unavailablePath, surgePath] = [path.child('maxUnavailable'), path.child('maxSurge')];
  const isStuck = countOf(maxUnavailable) === 0 && countOf(maxSurge) === 0;
  return [
    ...intOrPercentErrors(maxUnavailable, unavailablePath),
    ...intOrPercentErrors(maxSurge, surgePath),
    ...(isStuck ? [invalid(unavailablePath, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...notOverAllErrors(maxUnavailable, unavailablePath),
  ];
}

/** The strategy as the server holds it inside; the same of DaemonSets. */
export function printedStrategy({ type = '', rollingUpdate }: UpdateStrategy): unknown {
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  return {
    Type: type,
    RollingUpdate: rollingUpdate === undefined ? null : { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge },
  };
}
