import { change, changeEach } from '../../change.ts';
import { MAXIMUM_INT32 } from '../../field-checks.ts';
import { type Errors, invalid, required } from '../../field-error.ts';
import { firstGeneration, nextGeneration } from '../../generation.ts';
import { sortedMap } from '../../go-text.ts';
import { ownValue } from '../../json.ts';
import { defineKind } from '../../kind-rules.ts';
import { type LabelSelectorObject, labelErrors, labelSelectorErrors, type StringMap } from '../../labels.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from '../../names.ts';
import { type ObjectMeta, objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { METADATA, type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { fieldWarning, hostnameWarnings, type Warnings } from '../../warning.ts';
import type { PodTemplate } from '../pod/types.ts';
import { jobChangeErrors } from './job-change.ts';
import { jobSpecErrors } from './job-spec.ts';
import { isUsable, mismatchErrors, printedSelector, selects } from './selector.ts';
import { defaultTemplate, POD_NAMES, TEMPLATE, templateWarnings } from './template.ts';
import type { JobSpec, Workload } from './types.ts';

type Job = Workload<JobSpec>;

/** The uid of every new Job here, where the server takes a random one. It shows in its labels and in its selector. */
const JOB_UID = '00000000-0000-0000-0000-000000000000';

const UID_LABEL = 'batch.kubernetes.io/controller-uid';
const NAME_LABEL = 'batch.kubernetes.io/job-name';
const OLD_UID_LABEL = 'controller-uid';
const OLD_NAME_LABEL = 'job-name';

/** Jobs (pkg/apis/batch/v1/defaults.go; pkg/apis/batch/validation; pkg/registry/batch/job/strategy.go). */
export const JOB = defineKind<Job>({
  groupKind: 'Job.batch',
  namespaced: true,
  default: (object, { version }) => {
    const spec = withSelector(defaultSpec(object.spec ?? {}, version), object.metadata);
    return firstGeneration({ ...withLabels(object, spec), spec });
  },
  prepareUpdate: (next, stored, { version }) => {
    const spec = defaultSpec(next.spec ?? {}, version);
    return nextGeneration({ ...withLabels(next, spec), spec }, stored);
  },
  validate: (job, { version }) => jobErrors(job, version),
  validateUpdate: (job, stored, { version }) => [
    ...jobErrors(job, version),
    ...objectMetaUpdateErrors(job.metadata, stored.metadata),
    ...specErrors(job.spec ?? {}, version),
    ...jobChangeErrors(job.spec ?? {}, stored),
  ],
  warn: ({ metadata, spec = {} }, stored) => {
    if (stored === undefined) return [...hostnameWarnings(metadata, POD_NAMES), ...jobSpecWarnings(spec, SPEC)];
    return metadata.generation === stored.metadata.generation ? [] : jobSpecWarnings(spec, SPEC);
  },
});

function defaultSpec(spec: JobSpec, version: KubernetesVersion): JobSpec {
  const isSingle = spec.completions === undefined && spec.parallelism === undefined;
  return {
    ...(isSingle && { completions: 1 }),
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : MAXIMUM_INT32,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
    ...withConditions(spec),
    template: defaultTemplate(spec.template, version),
  };
}

/** The part of the defaults that Jobs in CronJobs get too. */
export function withConditions(spec: JobSpec): JobSpec {
  return change(spec, 'podFailurePolicy', (policy) =>
    changeEach(policy, 'rules', (rule) =>
      changeEach(rule, 'onPodConditions', (condition) => ({ status: 'True', ...condition })),
    ),
  );
}

/**
 * Without labels of its own, a Job has those of its template: once it is stored even those that the server generated, unless they
 * are no labels and it is refused for them.
 */
function withLabels(job: Job, { template }: JobSpec): Job {
  const hasOwn = Object.keys(job.metadata.labels ?? {}).length > 0;
  const labels = template?.metadata?.labels;
  const isGiven = job.spec?.template?.metadata?.labels !== undefined;
  if (hasOwn || labels === undefined || (!isGiven && labelErrors(labels, SPEC).length > 0)) return job;
  return { ...job, metadata: { ...job.metadata, labels } };
}

/** The server selects the Pods of a Job by its uid (generateSelector). */
function withSelector(spec: JobSpec, { name = '' }: ObjectMeta): JobSpec {
  if (spec.manualSelector === true) return spec;
  const { selector = {}, template = {} } = spec;
  const generated = {
    [OLD_NAME_LABEL]: name,
    [NAME_LABEL]: name,
    [OLD_UID_LABEL]: JOB_UID,
    [UID_LABEL]: JOB_UID,
  };
  const own: StringMap = template.metadata?.labels ?? {};
  // The server adds its labels behind those that are there.
  const labels = { ...own, ...generated, ...own };
  return {
    ...spec,
    selector: {
      ...selector,
      matchLabels: { ...selector.matchLabels, [UID_LABEL]: selector.matchLabels?.[UID_LABEL] ?? JOB_UID },
    },
    template: { ...template, metadata: { ...template.metadata, labels } },
  };
}

function jobErrors({ metadata, spec = {} }: Job, version: KubernetesVersion): Errors {
  return [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...(spec.manualSelector === true ? [] : generatedErrors(spec, metadata)),
    ...specErrors(spec, version),
    ...hostnameErrors(metadata, spec),
  ];
}

/** Nobody else may have written what the server generates (validateGeneratedSelector). */
function generatedErrors({ selector, template }: JobSpec, { name = '' }: ObjectMeta): Errors {
  if (selector === undefined) return [];
  const generated = [
    [OLD_UID_LABEL, JOB_UID],
    [OLD_NAME_LABEL, name],
    [UID_LABEL, JOB_UID],
    [NAME_LABEL, name],
  ] as const;
  const isGenerated = !isUsable(selector) || selects(selector, Object.fromEntries(generated));
  return [
    ...generated.flatMap(([key, value]) => labelValueErrors(template, key, value)),
    ...(isGenerated
      ? []
      : [invalid(SPEC.child('selector'), printedSelector(selector), '`selector` not auto-generated')]),
  ];
}

function labelValueErrors(template: PodTemplate | undefined, key: string, value: string): Errors {
  const labels: StringMap = template?.metadata?.labels ?? {};
  const path = TEMPLATE.child('metadata', 'labels').key(key);
  const given = ownValue(labels, key);
  if (given === value) return [];
  const detail = `must be '${value}'`;
  return [given === undefined ? required(path, detail) : invalid(path, sortedMap(labels), detail)];
}

/** ValidateJobSpec. */
function specErrors(spec: JobSpec, version: KubernetesVersion): Errors {
  const path = SPEC.child('selector');
  return [
    ...jobSpecErrors(spec, version, SPEC),
    ...selectorErrors(spec.selector, path),
    ...(isUsable(spec.selector) ? mismatchErrors(spec.selector, spec.template) : []),
  ];
}

function selectorErrors(selector: LabelSelectorObject | undefined, path: Path): Errors {
  return selector === undefined ? [required(path)] : labelSelectorErrors(selector, path);
}

/** Pods of an indexed Job are called like it, with their number behind. */
function hostnameErrors({ name = '' }: ObjectMeta, { completionMode, completions = 0 }: JobSpec): Errors {
  const hostname = `${name}-${completions - 1}`;
  if (completionMode !== 'Indexed' || completions <= 0 || dnsLabelProblems(hostname).length === 0) return [];
  const detail = `will not able to create pod with invalid DNS label: ${hostname}`;
  return [invalid(METADATA.child('name'), name, detail)];
}

/** Warnings of a Job's spec (pkg/api/job/warnings.go). */
export function jobSpecWarnings(spec: JobSpec, path: Path): Warnings {
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  const isHuge = completionMode === 'Indexed' && completions > 100_000 && parallelism > 10_000;
  const text =
    'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';
  return [...(isHuge ? [fieldWarning(path, text)] : []), ...templateWarnings(spec.template, path.child('template'))];
}
