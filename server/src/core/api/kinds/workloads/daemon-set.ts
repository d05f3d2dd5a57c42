import { TEMPLATE_GENERATION, templateGenerationOf } from '../../conversion.ts';
import { sameValue } from '../../equal.ts';
import { nonNegative } from '../../field-checks.ts';
import { type Errors, invalid, notSupported, required } from '../../field-error.ts';
import { firstGeneration, nextGeneration } from '../../generation.ts';
import { defineKind } from '../../kind-rules.ts';
import { labelSelectorErrors } from '../../labels.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { podTemplateErrors } from '../pod/spec.ts';
import { printedStrategy } from './deployment.ts';
import { countOf, intOrPercentErrors, notOverAllErrors } from './int-or-percent.ts';
import { isEmptySelector, isUsable, mismatchErrors, printedSelector, selectorChangeErrors } from './selector.ts';
import { defaultTemplate, runningTemplateErrors, TEMPLATE, templateWarnings } from './template.ts';
import type { DaemonSetSpec, RollingUpdate, UpdateStrategy, Workload } from './types.ts';

type DaemonSet = Workload<DaemonSetSpec>;

/** DaemonSets (pkg/apis/apps/v1/defaults.go; pkg/apis/apps/validation; pkg/registry/apps/daemonset/strategy.go). */
export const DAEMON_SET = defineKind<DaemonSet>({
  groupKind: 'DaemonSet.apps',
  namespaced: true,
  default: (object, { version }) => {
    const daemonSet = firstGeneration({ ...object, spec: defaultSpec(object.spec ?? {}, version) });
    const given = templateGenerationOf(object.metadata);
    return withTemplateGeneration(daemonSet, given < 1n ? 1n : given);
  },
  prepareUpdate: (next, stored, { version }) => {
    const spec = defaultSpec(next.spec ?? {}, version);
    const isSame = sameValue(spec.template, stored.spec?.template);
    const daemonSet = nextGeneration({ ...next, spec }, stored);
    const before = templateGenerationOf(stored.metadata);
    return withTemplateGeneration(daemonSet, isSame ? before : BigInt.asIntN(64, before + 1n));
  },
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...specErrors(spec, version),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...selectorChangeErrors(spec, stored.spec),
    ...specErrors(spec, version),
  ],
  warn: ({ metadata, spec = {} }, stored) => {
    const isSame = stored !== undefined && templateGenerationOf(stored.metadata) === templateGenerationOf(metadata);
    return isSame ? [] : templateWarnings(spec.template, TEMPLATE);
  },
});

function withTemplateGeneration(object: DaemonSet, generation: bigint): DaemonSet {
  const annotations = { ...object.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function defaultSpec(spec: DaemonSetSpec, version: KubernetesVersion): DaemonSetSpec {
  const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {};
  const rolling = type === 'RollingUpdate' ? { maxUnavailable: 1, maxSurge: 0, ...rollingUpdate } : rollingUpdate;
  return {
    revisionHistoryLimit: 10,
    ...spec,
    template: defaultTemplate(spec.template, version),
    updateStrategy: { type, ...(rolling !== undefined && { rollingUpdate: rolling }) },
  };
}

function specErrors(spec: DaemonSetSpec, version: KubernetesVersion): Errors {
  const { selector, template = {}, updateStrategy = {}, revisionHistoryLimit, minReadySeconds } = spec;
  const selectorPath = SPEC.child('selector');
  const isEmpty = selector !== undefined && isEmptySelector(selector);
  const detail = 'empty selector is invalid for daemonset';
  return [
    ...labelSelectorErrors(selector, selectorPath),
    ...(isUsable(selector) ? mismatchErrors(selector, template) : []),
    ...(isEmpty ? [invalid(selectorPath, printedSelector(selector), detail)] : []),
    ...podTemplateErrors(template, version, TEMPLATE),
    ...runningTemplateErrors(template, 'DaemonSet'),
    ...nonNegative(minReadySeconds, SPEC.child('minReadySeconds')),
    ...strategyErrors(updateStrategy, SPEC.child('updateStrategy')),
    ...nonNegative(revisionHistoryLimit, SPEC.child('revisionHistoryLimit')),
  ];
}

function strategyErrors(strategy: UpdateStrategy, path: Path): Errors {
  const { type = '', rollingUpdate } = strategy;
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') return [notSupported(path, printedStrategy(strategy), ['RollingUpdate', 'OnDelete'])];
  return rollingUpdateErrors(rollingUpdate ?? {}, path.child('rollingUpdate'));
}

/** On each node the old Pod goes first, or the new one comes first, but not both. */
function rollingUpdateErrors({ maxUnavailable = 0, maxSurge = 0 }: RollingUpdate, path: Path): Errors {
  const [unavailablePath, surgePath] = [path.child('maxUnavailable'), path.child('maxSurge')];
  const [hasUnavailable, hasSurge] = [countOf(maxUnavailable) !== 0, countOf(maxSurge) !== 0];
  const both = 'may not be set when maxUnavailable is non-zero';
  return [
    ...intOrPercentErrors(maxUnavailable, unavailablePath),
    ...intOrPercentErrors(maxSurge, surgePath),
    ...notOverAllErrors(maxUnavailable, unavailablePath),
    ...notOverAllErrors(maxSurge, surgePath),
    ...(hasUnavailable && hasSurge ? [invalid(surgePath, maxSurge, both)] : []),
    ...(hasUnavailable || hasSurge ? [] : [required(unavailablePath, 'cannot be 0 when maxSurge is 0')]),
  ];
}
