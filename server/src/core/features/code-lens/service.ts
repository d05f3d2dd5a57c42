import { type SelectedWorkload, workloadsOfService } from '../../cluster/index.ts';
import { displayName, fieldOf, isExternalName, type Resource } from '../../manifest/index.ts';
import { count, list } from '../../words.ts';
import type { LensAnswer } from './registry.ts';

/** `2 ports → 3 Pods of Deployment cart`: opens the distribution. A Service that selects nothing has none. */
export const serviceLenses: LensAnswer = (resource, cluster) => {
  if (resource.type !== 'Service' || isExternalName(resource.spec)) return [];
  const selected = workloadsOfService(cluster, resource);
  if (selected.length === 0) return [];
  const ports = count(resource.spec.ports.length, 'port');
  const title = `${ports} → ${describeSelected(selected)} · show endpoints`;
  return [{ target: lensTarget(resource), title, action: { kind: 'endpoints', service: resource } }];
};

/** Lenses of an object stand above its first line. */
export function lensTarget(resource: Resource) {
  return fieldOf(resource, 'kind');
}

/** `3 Pods of Deployment cart`, `4 Pods of 2 workloads`, `one Pod per Node of DaemonSet agent`. */
export function describeSelected(selected: readonly SelectedWorkload[]): string {
  const [first] = selected;
  if (selected.length > 3) return `Pods of ${count(selected.length, 'workload')}`;
  const names = list(selected.map(({ workload }) => displayName(workload)));
  if (selected.length === 1 && first?.pods === undefined) return `one Pod per Node of ${names}`;
  const total = selected.reduce((sum, { pods }) => sum + (pods ?? 0), 0);
  return selected.some(({ pods }) => pods === undefined) ? `Pods of ${names}` : `${count(total, 'Pod')} of ${names}`;
}
