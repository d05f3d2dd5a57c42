import { sameValue } from '../../equal.ts';
import { nonNegative } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, notSupported } from '../../field-error.ts';
import { defineKind } from '../../kind-rules.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { countOf, intOrPercentErrors, notOverAllErrors } from './int-or-percent.ts';
import { replicatedErrors } from './replicas.ts';
import { selectorChangeErrors } from './selector.ts';
import { specDefaults } from './spec-defaults.ts';
import { controllerWarnings, defaultTemplate } from './template.ts';
import type { DeploymentSpec, RollingUpdate, UpdateStrategy, Workload } from './types.ts';

const DEFAULTS = specDefaults(defaultSpec);

/** Deployments (pkg/apis/apps/v1/defaults.go; pkg/apis/apps/validation; pkg/registry/apps/deployment/strategy.go). */
export const DEPLOYMENT = defineKind<Workload<DeploymentSpec>>({
  groupKind: 'Deployment.apps',
  namespaced: true,
  default: DEFAULTS.default,
  prepareUpdate: (next, stored, context) => {
    const object = DEFAULTS.prepareUpdate(next, stored, context);
    // Annotations count: the controller copies them.
    if (sameValue(next.metadata.annotations, stored.metadata.annotations)) return object;
    return { ...object, metadata: { ...object.metadata, generation: (stored.metadata.generation ?? 0) + 1 } };
  },
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

function specErrors(spec: DeploymentSpec, version: KubernetesVersion): Errors {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const deadlinePath = SPEC.child('progressDeadlineSeconds');
  return [
    ...nonNegative(spec.replicas, SPEC.child('replicas')),
    ...replicatedErrors(spec, version),
    ...strategyErrors(spec.strategy ?? {}, SPEC.child('strategy')),
    ...nonNegative(minReadySeconds, SPEC.child('minReadySeconds')),
    ...nonNegative(spec.revisionHistoryLimit, SPEC.child('revisionHistoryLimit')),
    ...nonNegative(deadline, deadlinePath),
    ...(deadline !== undefined && deadline <= minReadySeconds
      ? [invalid(deadlinePath, deadline, 'must be greater than minReadySeconds')]
      : []),
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
