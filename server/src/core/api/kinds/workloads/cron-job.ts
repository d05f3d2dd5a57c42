import { nonNegative, optional, requiredOneOf } from '../../field-checks.ts';
import { type Errors, invalid, invalidText, notSupported, required } from '../../field-error.ts';
import { byteLength } from '../../go-text.ts';
import { defineKind } from '../../kind-rules.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../../object-meta.ts';
import { METADATA, type Path, SPEC } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { hostnameWarnings, type Warnings, warning } from '../../warning.ts';
import { scheduleProblem } from './cron-schedule.ts';
import { jobSpecWarnings, withConditions } from './job.ts';
import { jobSpecErrors } from './job-spec.ts';
import { printedSelector } from './selector.ts';
import { specDefaults } from './spec-defaults.ts';
import { defaultTemplate, POD_NAMES } from './template.ts';
import { timeZoneProblem } from './time-zone.ts';
import type { CronJobSpec, JobSpec, Workload } from './types.ts';

type CronJob = Workload<CronJobSpec>;

const JOB_SPEC = SPEC.child('jobTemplate', 'spec');

/** CronJobs (pkg/apis/batch/v1/defaults.go; pkg/apis/batch/validation; pkg/registry/batch/cronjob/strategy.go). */
export const CRON_JOB = defineKind<CronJob>({
  groupKind: 'CronJob.batch',
  namespaced: true,
  ...specDefaults(defaultSpec),
  validate: ({ metadata, spec = {} }, { version }) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...specErrors(spec, undefined, version),
    ...nameLengthErrors(metadata.name ?? ''),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, { version }) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, stored.spec ?? {}, version),
  ],
  warn: cronJobWarnings,
});

function defaultSpec(spec: CronJobSpec, version: KubernetesVersion): CronJobSpec {
  const { jobTemplate = {} } = spec;
  const job = withConditions(jobTemplate.spec ?? {});
  return {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    ...spec,
    jobTemplate: { ...jobTemplate, spec: { ...job, template: defaultTemplate(job.template, version) } },
  };
}

/** Jobs are called like their CronJob, with a time of 11 characters behind. */
function nameLengthErrors(name: string): Errors {
  if (byteLength(name) <= 52) return [];
  return [invalid(METADATA.child('name'), name, 'must be no more than 52 characters')];
}

const POLICIES = ['Allow', 'Forbid', 'Replace'];

/** `stored` is undefined on creation. */
function specErrors(spec: CronJobSpec, stored: CronJobSpec | undefined, version: KubernetesVersion): Errors {
  const { timeZone, concurrencyPolicy, jobTemplate } = spec;
  const isSameZone = stored !== undefined && stored.timeZone === timeZone;
  return [
    ...scheduleErrors(spec, stored, SPEC.child('schedule')),
    ...nonNegative(spec.startingDeadlineSeconds, SPEC.child('startingDeadlineSeconds')),
    ...(isSameZone ? [] : optional(timeZone, (zone) => timeZoneErrors(zone, SPEC.child('timeZone')))),
    ...requiredOneOf(concurrencyPolicy, POLICIES, SPEC.child('concurrencyPolicy')),
    ...jobTemplateErrors(jobTemplate?.spec ?? {}, version),
    ...nonNegative(spec.successfulJobsHistoryLimit, SPEC.child('successfulJobsHistoryLimit')),
    ...nonNegative(spec.failedJobsHistoryLimit, SPEC.child('failedJobsHistoryLimit')),
  ];
}

function scheduleErrors(spec: CronJobSpec, stored: CronJobSpec | undefined, path: Path): Errors {
  const { schedule = '', timeZone } = spec;
  if (schedule === '') return [required(path)];
  const problem = scheduleProblem(schedule);
  const hadZone = (stored?.schedule ?? '').includes('TZ');
  const errors = problem === undefined ? [] : [invalid(path, schedule, problem)];
  if (!schedule.includes('TZ') || (hadZone && timeZone === undefined)) return errors;
  const detail = hadZone
    ? 'cannot use both timeZone field and TZ or CRON_TZ in schedule'
    : 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  return [...errors, invalid(path, schedule, detail)];
}

function timeZoneErrors(zone: string, path: Path): Errors {
  if (zone === '') return [invalidText(path, zone, 'timeZone must be nil or non-empty string')];
  const isName = zone
    .split('/')
    .every((part) => /^[A-Za-z._0-9+][A-Za-z.\-_0-9+]{0,13}$/.test(part) && !/^\.\.?$/.test(part));
  if (!isName) return [invalidText(path, zone, `unknown time zone ${zone}`)];
  const local = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  const problem = timeZoneProblem(zone);
  return [
    ...(zone.toLowerCase() === 'local' ? [invalidText(path, zone, local)] : []),
    ...(problem === undefined ? [] : [invalidText(path, zone, problem)]),
  ];
}

/** The server generates the selectors of the Jobs (ValidateJobTemplateSpec). */
function jobTemplateErrors(spec: JobSpec, version: KubernetesVersion): Errors {
  const { selector, manualSelector } = spec;
  const path = JOB_SPEC.child('selector');
  return [
    ...jobSpecErrors(spec, version, JOB_SPEC),
    ...(selector === undefined ? [] : [invalid(path, printedSelector(selector), '`selector` will be auto-generated')]),
    ...(manualSelector === true ? [notSupported(JOB_SPEC.child('manualSelector'), true, ['nil', 'false'])] : []),
  ];
}

function cronJobWarnings({ metadata, spec = {} }: CronJob, stored: CronJob | undefined): Warnings {
  const warnings = jobSpecWarnings(spec.jobTemplate?.spec ?? {}, JOB_SPEC);
  if (stored === undefined) return [...hostnameWarnings(metadata, POD_NAMES), ...warnings];
  const changed = metadata.generation === stored.metadata.generation ? [] : warnings;
  if (!(spec.schedule ?? '').includes('TZ')) return changed;
  const message =
    'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';
  return [...changed, warning(SPEC.child('schedule'), message)];
}
