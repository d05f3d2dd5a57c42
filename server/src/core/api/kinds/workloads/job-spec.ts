import {
  domainPrefixedPath,
  each,
  nonNegative,
  oneOf,
  optional,
  qualifiedName,
  repeatsIn,
} from '../../field-checks.ts';
import {
  duplicate,
  type Errors,
  invalid,
  invalidObject,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../../field-error.ts';
import { byteLength } from '../../go-text.ts';
import type { Path } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import { podTemplateErrors } from '../pod/spec.ts';
import { totalOfIndexes } from './job-indexes.ts';
import type { FailureRule, JobSpec, SuccessRule } from './types.ts';

const NUMBERS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** Errors of a Job's spec, in a Job or a CronJob (pkg/apis/batch/validation, validateJobSpec). */
export function jobSpecErrors(spec: JobSpec, version: KubernetesVersion, path: Path): Errors {
  const { managedBy, maxFailedIndexes, backoffLimitPerIndex, template = {} } = spec;
  const isLone = maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined;
  return [
    ...NUMBERS.flatMap((name) => nonNegative(spec[name], path.child(name))),
    ...(isLone ? [required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified')] : []),
    ...optional(managedBy, (controller) => managerErrors(controller, path.child('managedBy'))),
    ...completionModeErrors(spec, path),
    ...failurePolicyErrors(spec, path.child('podFailurePolicy', 'rules')),
    ...successPolicyErrors(spec, path.child('successPolicy')),
    ...replacementErrors(spec, path.child('podReplacementPolicy')),
    ...podTemplateErrors(template, version, path.child('template')),
    ...restartErrors(spec, path.child('template', 'spec', 'restartPolicy')),
  ];
}

function managerErrors(text: string, path: Path): Errors {
  const long = byteLength(text) > 63 ? [tooLong(path, 63)] : [];
  return [...domainPrefixedPath(text, path), ...long];
}

/** Each Pod of an indexed Job has a number; some fields are only for these. */
function completionModeErrors(spec: JobSpec, path: Path): Errors {
  const { completionMode: mode, backoffLimitPerIndex, maxFailedIndexes } = spec;
  const only = 'requires indexed completion mode';
  const plain = mode === undefined || mode === 'NonIndexed';
  return [
    ...oneOf(mode, ['NonIndexed', 'Indexed'], path.child('completionMode')),
    ...(mode === 'Indexed' ? indexedErrors(spec, path) : []),
    ...(plain && backoffLimitPerIndex !== undefined
      ? [invalid(path.child('backoffLimitPerIndex'), backoffLimitPerIndex, only)]
      : []),
    ...(plain && maxFailedIndexes !== undefined
      ? [invalid(path.child('maxFailedIndexes'), maxFailedIndexes, only)]
      : []),
  ];
}

const MANY = 100_000;
const FEWER = 10_000;

function indexedErrors(spec: JobSpec, path: Path): Errors {
  const { completions, parallelism = 0, maxFailedIndexes: failed, backoffLimitPerIndex } = spec;
  const failedPath = path.child('maxFailedIndexes');
  const many = `must be less than or equal to ${MANY}`;
  const isLarge = (completions ?? 0) > MANY && backoffLimitPerIndex !== undefined;
  return [
    ...(completions === undefined ? [required(path.child('completions'), 'when completion mode is Indexed')] : []),
    ...(parallelism > MANY
      ? [invalid(path.child('parallelism'), parallelism, `${many} when completion mode is Indexed`)]
      : []),
    ...optional(failed, (count) => [
      ...(completions !== undefined && count > completions
        ? [invalid(failedPath, count, 'must be less than or equal to completions')]
        : []),
      ...(count > MANY ? [invalid(failedPath, count, many)] : []),
    ]),
    ...(isLarge ? largeJobErrors(spec, path) : []),
  ];
}

function largeJobErrors({ parallelism = 0, maxFailedIndexes: failed }: JobSpec, path: Path): Errors {
  const detail = `must be less than or equal to ${FEWER} when completions are above ${MANY} and used with backoff limit per index`;
  const failedPath = path.child('maxFailedIndexes');
  const missing = `must be specified when completions is above ${MANY}`;
  return [
    ...(failed === undefined ? [required(failedPath, missing)] : []),
    ...(parallelism > FEWER ? [invalid(path.child('parallelism'), parallelism, detail)] : []),
    ...(failed !== undefined && failed > FEWER ? [invalid(failedPath, failed, detail)] : []),
  ];
}

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];

/** A value out of a list; the server lists them if there is none. */
function requiredChoice(value: string, values: readonly string[], path: Path): Errors {
  const list = values.map((each) => `"${each}"`).join(' ');
  return value === '' ? [required(path, `valid values: [${list}]`)] : oneOf(value, values, path);
}

function failurePolicyErrors(spec: JobSpec, path: Path): Errors {
  const rules = spec.podFailurePolicy?.rules ?? [];
  return [
    ...(rules.length > 20 ? [tooMany(path, rules.length, 20)] : []),
    ...each(rules, path, (rule, at) => failureRuleErrors(rule, spec, at)),
  ];
}

function failureRuleErrors(rule: FailureRule, spec: JobSpec, path: Path): Errors {
  const { action = '', onExitCodes, onPodConditions = [] } = rule;
  const hasConditions = onPodConditions.length > 0;
  const several = 'specifying both OnExitCodes and OnPodConditions is not supported';
  const none = 'specifying one of OnExitCodes and OnPodConditions is required';
  return [
    ...actionErrors(action, spec, path.child('action')),
    ...optional(onExitCodes, (codes) => exitCodeErrors(codes, spec, path.child('onExitCodes'))),
    ...conditionErrors(onPodConditions, path.child('onPodConditions')),
    ...(onExitCodes !== undefined && hasConditions ? [invalidObject(path, several)] : []),
    ...(onExitCodes === undefined && !hasConditions ? [invalidObject(path, none)] : []),
  ];
}

function actionErrors(action: string, { backoffLimitPerIndex }: JobSpec, path: Path): Errors {
  if (action !== 'FailIndex') return requiredChoice(action, ACTIONS, path);
  const detail = 'requires the backoffLimitPerIndex to be set';
  return backoffLimitPerIndex === undefined ? [invalid(path, action, detail)] : [];
}

function exitCodeErrors(codes: NonNullable<FailureRule['onExitCodes']>, { template }: JobSpec, path: Path): Errors {
  const { operator = '', containerName } = codes;
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  const isKnown = [...containers, ...initContainers].some(({ name = '' }) => name === containerName);
  const unknown = 'must be one of the container or initContainer names in the pod template';
  return [
    ...requiredChoice(operator, ['In', 'NotIn'], path.child('operator')),
    ...(containerName === undefined || isKnown ? [] : [invalid(path.child('containerName'), containerName, unknown)]),
    ...exitValueErrors(codes, path.child('values')),
  ];
}

function exitValueErrors({ values: given, operator }: NonNullable<FailureRule['onExitCodes']>, path: Path): Errors {
  const values = given ?? [];
  const isOrdered = values.every((value, index) => index === 0 || (values[index - 1] ?? value) <= value);
  const repeats = repeatsIn(values.map(String));
  return [
    ...(values.length === 0 ? [invalid(path, given ?? null, 'at least one value is required')] : []),
    ...(values.length > 255 ? [tooMany(path, values.length, 255)] : []),
    ...values.flatMap((value, index) => {
      const at = path.index(index);
      const isZero = operator === 'In' && value === 0;
      return [
        ...(isZero ? [invalid(at, value, 'must not be 0 for the In operator')] : []),
        ...(repeats.has(index) ? [duplicate(at, value)] : []),
      ];
    }),
    ...(isOrdered ? [] : [invalid(path, values, 'must be ordered')]),
  ];
}

function conditionErrors(conditions: NonNullable<FailureRule['onPodConditions']>, path: Path): Errors {
  return [
    ...(conditions.length > 20 ? [tooMany(path, conditions.length, 20)] : []),
    ...each(conditions, path, ({ type = '', status = '' }, at) => [
      ...qualifiedName(type, at.child('type')),
      ...requiredChoice(status, ['False', 'True', 'Unknown'], at.child('status')),
    ]),
  ];
}

function successPolicyErrors(spec: JobSpec, path: Path): Errors {
  const { successPolicy, completionMode, completions = 0 } = spec;
  if (successPolicy === undefined) return [];
  const rules = successPolicy.rules ?? [];
  if (completionMode !== 'Indexed')
    return [invalid(path, printedPolicy(successPolicy), 'requires indexed completion mode')];
  const at = path.child('rules');
  const none = 'at least one rules must be specified when the successPolicy is specified';
  return [
    ...(rules.length === 0 ? [required(at, none)] : []),
    ...(rules.length > 20 ? [tooMany(at, rules.length, 20)] : []),
    ...each(rules, at, (rule, rulePath) => successRuleErrors(rule, completions, rulePath)),
  ];
}

/** The policy as the server holds it inside. */
function printedPolicy({ rules }: NonNullable<JobSpec['successPolicy']>): unknown {
  const printed = rules?.map(({ succeededIndexes, succeededCount }) => ({
    SucceededIndexes: succeededIndexes ?? null,
    SucceededCount: succeededCount ?? null,
  }));
  return { Rules: printed ?? null };
}

function successRuleErrors(
  { succeededIndexes: indexes, succeededCount: count }: SuccessRule,
  completions: number,
  path: Path,
): Errors {
  const neither = 'at least one of succeededCount or succeededIndexes must be specified';
  const total = indexes === undefined ? undefined : totalOfIndexes(indexes, completions);
  const indexPath = path.child('succeededIndexes');
  return [
    ...(indexes === undefined && count === undefined ? [required(path, neither)] : []),
    ...(indexes !== undefined && byteLength(indexes) > 65536 ? [tooLong(indexPath, 65536)] : []),
    ...(typeof total === 'string' ? [invalid(indexPath, indexes, `error parsing succeededIndexes: ${total}`)] : []),
    ...optional(count, (number) =>
      countErrors(number, completions, typeof total === 'string' ? 0 : total, path.child('succeededCount')),
    ),
  ];
}

function countErrors(count: number, completions: number, indexes: number | undefined, path: Path): Errors {
  const most = (limit: number, what: string) =>
    invalid(path, count, `must be less than or equal to ${limit} (the number of ${what})`);
  return [
    ...nonNegative(count, path),
    ...(count > completions ? [most(completions, 'specified completions')] : []),
    ...(indexes !== undefined && count > indexes
      ? [most(indexes, 'indexes in the specified succeededIndexes field')]
      : []),
  ];
}

function replacementErrors({ podReplacementPolicy: policy, podFailurePolicy }: JobSpec, path: Path): Errors {
  return oneOf(policy, podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'], path);
}

/** Pods of Jobs end. */
function restartErrors({ template, podFailurePolicy }: JobSpec, path: Path): Errors {
  const { restartPolicy: policy = '' } = template?.spec ?? {};
  if (policy === '' || policy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['OnFailure', 'Never'])];
  if (podFailurePolicy === undefined || policy === 'Never') return [];
  return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')];
}
