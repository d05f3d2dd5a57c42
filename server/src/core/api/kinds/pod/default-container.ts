import { parseAmount, type ResourceList, roundedToMilli } from '../../amount.ts';
import { change, changeEach, without } from '../../change.ts';
import { imageTag } from './image-name.ts';
import type {
  Container,
  ContainerPort,
  EnvVarSource,
  Handler,
  HttpGetAction,
  Lifecycle,
  ObjectFieldSelector,
  Probe,
  ResourceRequirements,
} from './types.ts';

/** What the server fills into a container of any kind (pkg/apis/core/v1/defaults.go, SetDefaults_Container and the generated ones). */
export function defaultContainer<T extends Container>(container: T): T {
  const pullPolicy = defaultPullPolicy(container.image ?? '');
  const filled: Container = {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy,
    ...container,
  };
  return [
    (it: Container) => changeEach(it, 'ports', defaultPort),
    (it: Container) => changeEach(it, 'env', (variable) => change(variable, 'valueFrom', defaultEnvSource)),
    (it: Container) => change(it, 'resources', defaultResources),
    (it: Container) => change(it, 'livenessProbe', defaultProbe),
    (it: Container) => change(it, 'readinessProbe', defaultProbe),
    (it: Container) => change(it, 'startupProbe', defaultProbe),
    defaultLifecycle,
  ].reduce((it, step) => step(it), filled) as T;
}

/** `Always` for images that may change under their name. */
export function defaultPullPolicy(image: string): string {
  return imageTag(image) === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultPort(port: ContainerPort): ContainerPort {
  return { protocol: 'TCP', ...port };
}

function defaultEnvSource(source: EnvVarSource): EnvVarSource {
  const withField = change(source, 'fieldRef', defaultFieldSelector);
  return change(withField, 'fileKeyRef', (reference) => ({ optional: false, ...reference }));
}

/** A reference to a field of the Pod (SetDefaults_ObjectFieldSelector). */
export function defaultFieldSelector(selector: ObjectFieldSelector): ObjectFieldSelector {
  return { apiVersion: 'v1', ...selector };
}

/** Amounts are kept in thousandths at most, and written in canonical form. */
export function defaultResources<T extends ResourceRequirements>(resources: T): T {
  return change(change(resources, 'limits', canonicalAmounts), 'requests', canonicalAmounts);
}

/** Amounts in canonical form, in thousandths at most (SetDefaults_ResourceList). */
export function canonicalAmounts(list: ResourceList): ResourceList {
  return Object.fromEntries(
    Object.entries(list).map(([name, value]) => {
      const amount = parseAmount(value);
      return [name, amount === undefined ? value : roundedToMilli(amount)];
    }),
  );
}

function defaultProbe(probe: Probe): Probe {
  const filled: Probe = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, ...probe };
  return change(change(filled, 'httpGet', defaultHttpGet), 'grpc', (grpc) => ({ service: '', ...grpc }));
}

function defaultHttpGet(action: HttpGetAction): HttpGetAction {
  return { path: '/', scheme: 'HTTP', ...action };
}

/** Stop signals are not switched on yet, so the server drops them. */
function defaultLifecycle(container: Container): Container {
  const { lifecycle } = container;
  if (lifecycle === undefined) return container;
  const kept: Lifecycle = without(lifecycle, 'stopSignal');
  if (lifecycle.stopSignal !== undefined && Object.keys(kept).length === 0) return without(container, 'lifecycle');
  const defaultHandler = (handler: Handler) => change(handler, 'httpGet', defaultHttpGet);
  return { ...container, lifecycle: change(change(kept, 'postStart', defaultHandler), 'preStop', defaultHandler) };
}
