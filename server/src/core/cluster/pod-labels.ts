import type { WorkloadResource } from '../manifest/index.ts';

/** What is known of a label that a controller adds to the Pods it makes: its possible values, or nothing. */
type AddedLabel = ReadonlySet<string> | 'unknown';

/**
 * The labels that controllers and admission put on Pods beside those of the template (POD-DEF-6, SS-3, JOB-1).
 * Undefined if no Pod of the workload gets the label.
 */
export function findAddedLabel(workload: WorkloadResource, key: string): AddedLabel | undefined {
  if (key === 'topology.kubernetes.io/zone' || key === 'topology.kubernetes.io/region') return 'unknown';
  switch (workload.spec.kind) {
    case 'StatefulSet':
      return statefulSetLabel(workload, key);
    case 'Deployment':
    case 'ReplicaSet':
      return key === 'pod-template-hash' ? 'unknown' : undefined;
    case 'DaemonSet':
      return key === 'controller-revision-hash' || key === 'pod-template-generation' ? 'unknown' : undefined;
    case 'Job':
    case 'CronJob':
      return jobLabel(workload, key);
    default:
      return undefined;
  }
}

/** The ordinals of a StatefulSet's Pods, in order (SS-1). */
export function ordinalsOf(workload: WorkloadResource, replicas = workload.spec.replicas ?? 1): readonly number[] {
  return Array.from(
    { length: Math.min(Math.max(0, replicas), 10_000) },
    (_, index) => workload.spec.firstOrdinal + index,
  );
}

function statefulSetLabel(workload: WorkloadResource, key: string): AddedLabel | undefined {
  switch (key) {
    case 'statefulset.kubernetes.io/pod-name':
      return new Set(ordinalsOf(workload).map((ordinal) => `${workload.name}-${ordinal}`));
    case 'apps.kubernetes.io/pod-index':
      return new Set(ordinalsOf(workload).map(String));
    case 'controller-revision-hash':
      return 'unknown';
    default:
      return undefined;
  }
}

function jobLabel(workload: WorkloadResource, key: string): AddedLabel | undefined {
  switch (key) {
    case 'job-name':
    case 'batch.kubernetes.io/job-name':
      return workload.spec.kind === 'Job' ? new Set([workload.name]) : 'unknown';
    case 'controller-uid':
    case 'batch.kubernetes.io/controller-uid':
    case 'batch.kubernetes.io/job-completion-index':
      return 'unknown';
    default:
      return undefined;
  }
}
