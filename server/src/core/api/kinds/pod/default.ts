import { changeEach, without } from '../../change.ts';
import { firstGeneration, nextGeneration } from '../../generation.ts';
import type { ObjectMeta } from '../../object-meta.ts';
import type { KubernetesVersion } from '../../version.ts';
import { withAppArmorProfiles } from './app-armor.ts';
import { defaultPodSpec } from './default-spec.ts';
import { withMatchLabelKeys } from './match-label-keys.ts';
import { defaultPodResources, withRequests } from './pod-level-resources.ts';
import { qosClassOf } from './qos.ts';
import type { Container, PodObject, PodSpec, Toleration } from './types.ts';

/**
 * A new Pod as the server makes it before it checks it: versioned defaults, what the admission plugins that are on by default fill
 * in, and its first status (pkg/apis/core/v1/defaults.go, SetDefaults_Pod; pkg/registry/core/pod/strategy.go, PrepareForCreate;
 * plugin/pkg/admission/{defaulttolerationseconds,priority}).
 */
export function defaultPod(pod: PodObject, version: KubernetesVersion): PodObject {
  const metadata = withoutOldAnnotations(pod.metadata);
  const spec = admitted(defaultPodSpec(podDefaults(pod.spec ?? {}), version));
  return {
    ...firstGeneration({ ...pod, metadata }),
    spec: withAppArmorProfiles(withMatchLabelKeys(spec, metadata.labels ?? {}), metadata.annotations ?? {}),
    status: { phase: 'Pending', ...gatedCondition(spec), qosClass: qosClassOf(spec) },
  };
}

/** A changed Pod: the same defaults, with what the server set itself kept (PrepareForUpdate; the same admission plugins). */
export function updatedPod(next: PodObject, stored: PodObject, version: KubernetesVersion): PodObject {
  const { priority, preemptionPolicy } = stored.spec ?? {};
  const spec = defaultPodSpec(podDefaults(next.spec ?? {}), version);
  const admittedSpec: PodSpec = {
    ...(priority !== undefined && { priority }),
    ...(preemptionPolicy !== undefined && { preemptionPolicy }),
    ...spec,
    tolerations: withDefaultTolerations(spec.tolerations ?? []),
  };
  return nextGeneration({ ...next, metadata: withoutOldAnnotations(next.metadata), spec: admittedSpec }, stored);
}

/** What is filled into Pods but not into templates. */
function podDefaults(spec: PodSpec): PodSpec {
  const linked: PodSpec = { enableServiceLinks: true, ...positiveGracePeriod(spec) };
  const requested = changeEach(changeEach(linked, 'containers', withRequests), 'initContainers', withRequests);
  const sized = defaultPodResources(requested);
  if (sized.hostNetwork !== true) return sized;
  return changeEach(changeEach(sized, 'containers', withHostPorts), 'initContainers', withHostPorts);
}

function positiveGracePeriod(spec: PodSpec): PodSpec {
  const isNegative = (spec.terminationGracePeriodSeconds ?? 0) < 0;
  return isNegative ? { ...spec, terminationGracePeriodSeconds: 1 } : spec;
}

/** On the node's network a port of the container is one of the node. */
function withHostPorts(container: Container): Container {
  return changeEach(container, 'ports', (port) => {
    const { containerPort } = port;
    return port.hostPort !== undefined || containerPort === undefined ? port : { ...port, hostPort: containerPort };
  });
}

const SYSTEM_PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

/** The priority of a class that is not built in is unknown here. */
function admitted(spec: PodSpec): PodSpec {
  const priority = SYSTEM_PRIORITIES.get(spec.priorityClassName ?? '');
  const tolerations = withDefaultTolerations(spec.tolerations ?? []);
  if (priority === undefined) return { ...spec, tolerations };
  return { preemptionPolicy: 'PreemptLowerPriority', ...spec, tolerations, priority: spec.priority ?? priority };
}

const DEFAULT_TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

function withDefaultTolerations(tolerations: readonly Toleration[]): readonly Toleration[] {
  const isTolerated = (taint: string) =>
    tolerations.some(({ key = '', effect = '' }) => ['', taint].includes(key) && ['', 'NoExecute'].includes(effect));
  const added = DEFAULT_TAINTS.filter((taint) => !isTolerated(taint)).map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  return [...tolerations, ...added];
}

function gatedCondition({ schedulingGates = [] }: PodSpec): object {
  if (schedulingGates.length === 0) return {};
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
  return { conditions: [condition] };
}

const OLD_ANNOTATIONS: ReadonlySet<string> = new Set(
  ['beta', 'alpha'].flatMap((stage) =>
    ['init-containers', 'init-container-statuses'].map((name) => `pod.${stage}.kubernetes.io/${name}`),
  ),
);

/** Annotations of long ago that stood for init containers are dropped. */
export function withoutOldAnnotations(metadata: ObjectMeta): ObjectMeta {
  const entries = Object.entries(metadata.annotations ?? {});
  const kept = entries.filter(([key]) => !OLD_ANNOTATIONS.has(key));
  if (kept.length === entries.length) return metadata;
  return kept.length === 0 ? without(metadata, 'annotations') : { ...metadata, annotations: Object.fromEntries(kept) };
}
