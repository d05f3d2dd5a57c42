import { nonNegative, oneOf, optional, portNumberOrName, requiredText } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, invalidEach, required } from '../../field-error.ts';
import { httpHeaderNameProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import type { Handler, HttpGetAction, Lifecycle, Probe } from './types.ts';

/** Checks of probes and lifecycle hooks (pkg/apis/core/validation, validateProbe, validateHandler). */

type Check<K extends keyof Handler> = (action: NonNullable<Handler[K]>, path: Path) => Errors;

const execErrors: Check<'exec'> = ({ command = [] }, path) =>
  command.length === 0 ? [required(path.child('command'))] : [];

function httpGetErrors(
  { path: target = '', port = 0, scheme = '', httpHeaders = [] }: HttpGetAction,
  path: Path,
): Errors {
  return [
    ...requiredText(target, path.child('path')),
    ...portNumberOrName(port, path.child('port')),
    ...oneOf(scheme, ['HTTP', 'HTTPS'], path.child('scheme')),
    ...httpHeaders.flatMap(({ name = '' }, index) => {
      const headers = path.child('httpHeaders');
      return invalidEach(headers.markedAt([...headers.at, index, 'name']), name, httpHeaderNameProblems(name));
    }),
  ];
}

const tcpErrors: Check<'tcpSocket'> = ({ port = 0 }, path) => portNumberOrName(port, path.child('port'));
const grpcErrors: Check<'grpc'> = ({ port = 0 }, path) => portNumberOrName(port, path.child('port'));

/** How long the Pod has for its end; a sleep must fit into it. */
type GracePeriod = number | undefined;

function sleepErrors({ seconds = 0 }: NonNullable<Handler['sleep']>, gracePeriod: GracePeriod, path: Path): Errors {
  if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return [];
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
  return [invalid(path, seconds, detail)];
}

/** Exactly one action; only the first of several is looked into. */
function handlerErrors(actions: readonly (readonly [string, Errors | undefined])[], path: Path): Errors {
  const given = actions.filter((entry): entry is readonly [string, Errors] => entry[1] !== undefined);
  if (given.length === 0) return [required(path, 'must specify a handler type')];
  return given.flatMap(([name, errors], index) =>
    index === 0 ? errors : [forbidden(path.child(name), 'may not specify more than 1 handler type')],
  );
}

function ifPresent<T>(action: T | undefined, check: (action: T) => Errors): Errors | undefined {
  return action === undefined ? undefined : check(action);
}

function commonActions(handler: Handler, path: Path): readonly (readonly [string, Errors | undefined])[] {
  return [
    ['exec', ifPresent(handler.exec, (it) => execErrors(it, path.child('exec')))],
    ['httpGet', ifPresent(handler.httpGet, (it) => httpGetErrors(it, path.child('httpGet')))],
    ['tcpSocket', ifPresent(handler.tcpSocket, (it) => tcpErrors(it, path.child('tcpSocket')))],
  ];
}

const NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

function probeErrors(probe: Probe, path: Path): Errors {
  const grpc = ifPresent(probe.grpc, (it) => grpcErrors(it, path.child('grpc')));
  const { terminationGracePeriodSeconds: grace } = probe;
  const gracePath = path.child('terminationGracePeriodSeconds');
  return [
    ...handlerErrors([...commonActions(probe, path), ['grpc', grpc]], path),
    ...NUMBERS.flatMap((name) => nonNegative(probe[name], path.child(name))),
    ...(grace !== undefined && grace <= 0 ? [invalid(gracePath, grace, 'must be greater than 0')] : []),
  ];
}

function singleSuccess({ successThreshold = 0 }: Probe, path: Path): Errors {
  return successThreshold === 1 ? [] : [invalid(path.child('successThreshold'), successThreshold, 'must be 1')];
}

function noGracePeriod({ terminationGracePeriodSeconds: grace }: Probe, path: Path): Errors {
  if (grace === undefined) return [];
  return [invalid(path.child('terminationGracePeriodSeconds'), grace, 'must not be set for readinessProbes')];
}

interface Probes {
  readonly lifecycle?: Lifecycle;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

/** Errors of a container's hooks and probes (validateLivenessProbe and its neighbours). */
export function handlersErrors(container: Probes, gracePeriod: GracePeriod, path: Path): Errors {
  const probe = (name: 'livenessProbe' | 'readinessProbe' | 'startupProbe', more: typeof singleSuccess) =>
    optional(container[name], (it) => [...probeErrors(it, path.child(name)), ...more(it, path.child(name))]);
  return [
    ...optional(container.lifecycle, (it) => lifecycleErrors(it, gracePeriod, path.child('lifecycle'))),
    ...probe('livenessProbe', singleSuccess),
    ...probe('readinessProbe', noGracePeriod),
    ...probe('startupProbe', singleSuccess),
  ];
}

function lifecycleErrors(lifecycle: Lifecycle, gracePeriod: GracePeriod, path: Path): Errors {
  return (['postStart', 'preStop'] as const).flatMap((name) =>
    optional(lifecycle[name], (handler) => {
      const at = path.child(name);
      const sleep = ifPresent(handler.sleep, (it) => sleepErrors(it, gracePeriod, at.child('sleep')));
      return handlerErrors([...commonActions(handler, at), ['sleep', sleep]], at);
    }),
  );
}

const HOOKS = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** Init containers that end have neither hooks nor probes. */
export function noHandlers(container: Probes, path: Path): Errors {
  const detail = 'may not be set for init containers without restartPolicy=Always';
  return HOOKS.filter((name) => container[name] !== undefined).map((name) => forbidden(path.child(name), detail));
}
