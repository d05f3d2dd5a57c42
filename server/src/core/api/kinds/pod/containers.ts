import { dnsLabel, each, oneOf, repeatsIn, requiredOneOf, requiredText, requiredThen } from '../../field-checks.ts';
import {
  duplicate,
  type Errors,
  forbidden,
  invalid,
  invalidText,
  notFound,
  required,
  tooMany,
} from '../../field-error.ts';
import { trimSpace } from '../../go-text.ts';
import type { Path } from '../../path.ts';
import { envErrors, envFromErrors } from './env.ts';
import { handlersErrors, noHandlers } from './handlers.ts';
import { containerPortErrors, hostPortConflicts } from './ports.ts';
import { containerResourceErrors } from './resources.ts';
import { securityContextErrors } from './security.ts';
import type { Container, EphemeralContainer, PodSpec, RestartRule } from './types.ts';
import { deviceErrors, mountErrors } from './volume-mounts.ts';
import type { Volume } from './volume-types.ts';

/** What the containers of a Pod are checked against. */
export interface ContainerContext {
  readonly spec: PodSpec;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly claimNames: readonly string[];
}

/** Errors of the regular containers (pkg/apis/core/validation, validateContainers). */
export function containerErrors(containers: readonly Container[], context: ContainerContext, path: Path): Errors {
  if (containers.length === 0) return [required(path)];
  const { terminationGracePeriodSeconds: gracePeriod } = context.spec;
  const repeats = repeatsIn(namesOf(containers));
  const errors = containers.flatMap((container, index) => {
    const at = path.index(index);
    return [
      ...commonErrors(container, context, at),
      ...(repeats.has(index) ? repeatedName(container, at) : []),
      ...handlersErrors(container, gracePeriod, at),
      ...restartErrors(container, at),
    ];
  });
  return [...errors, ...hostPortConflicts(containers, path)];
}

function namesOf(containers: readonly Container[] = []): readonly string[] {
  return containers.map(({ name = '' }) => name);
}

function repeatedName({ name = '' }: Container, path: Path): Errors {
  return [duplicate(path.child('name'), name)];
}

/** Errors of init containers; those that restart always run beside the others (validateInitContainers). */
export function initContainerErrors(containers: readonly Container[], context: ContainerContext, path: Path): Errors {
  const { containers: regular, terminationGracePeriodSeconds: gracePeriod } = context.spec;
  const names = new Set(namesOf(regular));
  const repeats = repeatsIn(namesOf(containers), names);
  return containers.flatMap((container, index) => {
    const { name = '', restartPolicy } = container;
    const at = path.index(index);
    const isSidecar = restartPolicy === 'Always';
    // Several without a name do not count as the same.
    const isRepeated = name === '' ? names.has(name) : repeats.has(index);
    return [
      ...commonErrors(container, context, at),
      ...initRestartErrors(container, at),
      ...(isRepeated ? repeatedName(container, at) : []),
      ...initPortConflicts(container, index, path),
      ...(isSidecar ? handlersErrors(container, gracePeriod, at) : noHandlers(container, at)),
      ...(isSidecar ? [] : resizeRestartErrors(container, at)),
    ];
  });
}

/** Without a policy of its own its rules are not looked into. */
function initRestartErrors(container: Container, path: Path): Errors {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  if (restartPolicy !== undefined || rules.length === 0) return restartErrors(container, path);
  return [required(path.child('restartPolicy'), RULES_NEED_POLICY)];
}

const RULES_NEED_POLICY = 'must specify restartPolicy when restart rules are used';

/** Init containers run one after another, so each is checked alone; the server calls them all the first. */
function initPortConflicts(container: Container, index: number, path: Path): Errors {
  return hostPortConflicts([container], path).map((error) => {
    const [, ...rest] = error.at.slice(path.at.length);
    return { ...error, at: [...path.at, index, ...rest] };
  });
}

function resizeRestartErrors({ resizePolicy }: Container, path: Path): Errors {
  const detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
  return each(resizePolicy, path.child('resizePolicy'), ({ restartPolicy = '' }, at) =>
    restartPolicy === 'RestartContainer' ? [invalid(at.child('restartPolicy'), restartPolicy, detail)] : [],
  );
}

/** What containers that come for debugging may not have, in the order in which the server looks. */
const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const satisfies readonly (keyof Container)[];

/** Errors of containers for debugging (validateEphemeralContainers). */
export function ephemeralErrors(
  containers: readonly EphemeralContainer[],
  context: ContainerContext,
  path: Path,
): Errors {
  const others = new Set([...namesOf(context.spec.containers), ...namesOf(context.spec.initContainers)]);
  const repeats = repeatsIn(namesOf(containers), others);
  return containers.flatMap((container, index) => {
    const { targetContainerName: target = '' } = container;
    const at = path.index(index);
    return [
      ...commonErrors(container, context, at),
      ...imageSpaceErrors(container, at),
      ...(repeats.has(index) ? repeatedName(container, at) : []),
      ...(target !== '' && !others.has(target) ? [notFound(at.child('targetContainerName'), target)] : []),
      ...debuggingErrors(container, at),
    ];
  });
}

function debuggingErrors(container: EphemeralContainer, path: Path): Errors {
  const refuse = (at: Path) => forbidden(at, 'cannot be set for an Ephemeral Container');
  return [
    ...NOT_EPHEMERAL.filter((field) => container[field] !== undefined).map((field) => refuse(path.child(field))),
    ...each(container.volumeMounts, path.child('volumeMounts'), (mount, at) =>
      (['subPath', 'subPathExpr'] as const)
        .filter((field) => mount[field] !== undefined)
        .map((field) => refuse(at.child(field))),
    ),
  ];
}

/** An image's name may not be padded, which is only checked in Pods (validateContainerOnlyForPod). */
export function imageSpaceErrors({ image = '' }: Container, path: Path): Errors {
  const isPadded = image !== trimSpace(image);
  return isPadded ? [invalid(path.child('image'), image, 'must not have leading or trailing whitespace')] : [];
}

/** What is checked in containers of all kinds (validateContainerCommon). */
function commonErrors(container: Container, { spec, volumes, claimNames }: ContainerContext, path: Path): Errors {
  const { name = '', image = '', ports = [], env, envFrom, resources, securityContext } = container;
  return [
    ...requiredThen(name, path.child('name'), dnsLabel),
    ...requiredText(image, path.child('image')),
    ...requiredOneOf(container.terminationMessagePolicy, MESSAGE_POLICIES, path.child('terminationMessagePolicy')),
    ...containerPortErrors(ports, path.child('ports')),
    ...envErrors(env, path.child('env')),
    ...envFromErrors(envFrom, path.child('envFrom')),
    ...mountErrors(container, volumes, path.child('volumeMounts')),
    ...deviceErrors(container, volumes, path.child('volumeDevices')),
    ...requiredOneOf(container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never'], path.child('imagePullPolicy')),
    ...containerResourceErrors(resources ?? {}, claimNames, path.child('resources')),
    ...resizeErrors(container, spec, path.child('resizePolicy')),
    ...securityContextErrors(securityContext, spec, path.child('securityContext')),
  ];
}

const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const RESIZED = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

/** The server names the list, not the policy (validateResizePolicy). */
function resizeErrors({ resizePolicy = [] }: Container, { restartPolicy: ofPod }: PodSpec, path: Path): Errors {
  const repeats = repeatsIn(resizePolicy.map(({ resourceName = '' }) => resourceName));
  return resizePolicy.flatMap(({ resourceName = '', restartPolicy = '' }, index) => {
    const at = path.markedAt([...path.at, index]);
    const never = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
    return [
      ...(repeats.has(index) ? [duplicate(path.index(index), resourceName)] : []),
      ...requiredOneOf(resourceName, RESIZED, at),
      ...requiredOneOf(restartPolicy, RESIZE_POLICIES, at),
      ...(ofPod === 'Never' && restartPolicy !== 'NotRequired' ? [invalidText(at, restartPolicy, never)] : []),
    ];
  });
}

/** A container's own restart policy, and rules that go with it (validateContainerRestartPolicy). */
function restartErrors({ restartPolicy, restartPolicyRules: rules = [] }: Container, path: Path): Errors {
  const policyPath = path.child('restartPolicy');
  const rulesPath = path.child('restartPolicyRules');
  if (restartPolicy === undefined && rules.length === 0) return [];
  return [
    ...(restartPolicy === undefined
      ? [required(policyPath, RULES_NEED_POLICY)]
      : oneOf(restartPolicy, ['Always', 'Never', 'OnFailure'], policyPath)),
    ...(rules.length > 20 ? [tooMany(rulesPath, rules.length, 20)] : []),
    ...each(rules, rulesPath, ruleErrors),
  ];
}

function ruleErrors({ action = '', exitCodes }: RestartRule, path: Path): Errors {
  const codesPath = path.child('exitCodes');
  const actionErrors = oneOf(action, ['Restart', 'RestartAllContainers'], path.child('action'));
  if (exitCodes === undefined) return [...actionErrors, required(codesPath, 'must be specified')];
  const { operator = '', values = [] } = exitCodes;
  return [
    ...actionErrors,
    ...oneOf(operator, ['In', 'NotIn'], codesPath.child('operator')),
    ...(values.length > 255 ? [tooMany(codesPath.child('values'), values.length, 255)] : []),
  ];
}
