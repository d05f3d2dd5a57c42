import { type Labels, namespaceOf, type ServiceResource, type WorkloadResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import type { NamespaceView } from './namespace-view.ts';
import { findAddedLabel } from './pod-labels.ts';

/** A workload of which a selector matches Pods. */
export interface SelectedWorkload {
  readonly workload: WorkloadResource;
  /** How many of its Pods match; undefined where the manifest gives no number (DaemonSet). */
  readonly pods: number | undefined;
}

/** Which Pods a Service sends traffic to: those of its namespace with all labels of its selector. */
export function workloadsOfService(cluster: Cluster, service: ServiceResource): readonly SelectedWorkload[] {
  const known = cluster.derived(noSelections);
  const selected = known.get(service) ?? selectByLabels(cluster.namespace(namespaceOf(service)), service.spec.selector);
  known.set(service, selected);
  return selected;
}

/** Many rules ask the same of each Service. */
function noSelections(): Map<ServiceResource, readonly SelectedWorkload[]> {
  return new Map();
}

/**
 * The workloads of a namespace with Pods that carry all these labels, those included that controllers add. An empty map
 * selects nothing, as an empty Service selector does (SVC-SEL-3).
 */
export function selectByLabels(view: NamespaceView, labels: Labels): readonly SelectedWorkload[] {
  if (labels.size === 0) return [];
  return candidates(view, labels)
    .filter((workload) => carriesAll(workload, labels))
    .map((workload) => ({ workload, pods: countMatching(workload, labels) }));
}

/** The workloads with the rarest of the labels, or all if a label may come from a controller. */
function candidates(view: NamespaceView, labels: Labels): readonly WorkloadResource[] {
  let best: readonly WorkloadResource[] | undefined;
  for (const [key, value] of labels) {
    if (isControllerKey(key)) continue;
    const found = view.workloadsWithLabel(key, value);
    if (best === undefined || found.length < best.length) best = found;
  }
  return best ?? view.workloads;
}

const CONTROLLER_KEYS =
  /^(statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/|batch\.kubernetes\.io\/|topology\.kubernetes\.io\/|job-name$|controller-|pod-template-)/;

function isControllerKey(key: string): boolean {
  return CONTROLLER_KEYS.test(key);
}

function carriesAll(workload: WorkloadResource, labels: Labels): boolean {
  return [...labels].every(([key, value]) => mayCarry(workload, key, value));
}

function mayCarry(workload: WorkloadResource, key: string, value: string): boolean {
  const written = workload.spec.template.labels.get(key);
  if (written !== undefined) return written === value;
  const added = findAddedLabel(workload, key);
  return added === 'unknown' || (added?.has(value) ?? false);
}

/** One Pod if the selector names a single StatefulSet Pod, else all. */
function countMatching(workload: WorkloadResource, labels: Labels): number | undefined {
  const single = [...labels.keys()].some(
    (key) => key === 'statefulset.kubernetes.io/pod-name' || key === 'apps.kubernetes.io/pod-index',
  );
  return single ? 1 : workload.spec.replicas;
}

/** The Services of its namespace that select a workload's Pods. */
export function servicesOfWorkload(cluster: Cluster, workload: WorkloadResource): readonly ServiceResource[] {
  const view = cluster.namespace(namespaceOf(workload));
  return view.services.filter(
    (service) => service.spec.selector.size > 0 && carriesAll(workload, service.spec.selector),
  );
}

/** Workloads of other namespaces that carry all labels of a Service's selector; the Service cannot reach them. */
export function workloadsInOtherNamespaces(cluster: Cluster, service: ServiceResource): readonly SelectedWorkload[] {
  const own = namespaceOf(service);
  return cluster.namespaces
    .filter((view) => view.name !== own)
    .flatMap((view) => selectByLabels(view, service.spec.selector));
}
