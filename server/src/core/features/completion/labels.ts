import type { Cluster } from '../../cluster/index.ts';
import { displayName, type Labels, namespaceOf, SERVICE_NAME_LABEL } from '../../manifest/index.ts';
import type { Choice, Chooser, CompletionContext } from './completion-context.ts';
import { presentKeys } from './cursor.ts';

/** Keys of labels that exist where a selector looks. */
export const labelKeyChoices: Chooser = (context) => {
  const { path, place } = context;
  const sources = sourcesFor(context, path);
  const present = presentKeys(place);
  const keys = new Map<string, string>();
  for (const { owner, labels } of sources) {
    for (const [key, value] of labels) if (!keys.has(key)) keys.set(key, `${owner} has ${key}=${value}`);
  }
  return [...keys]
    .filter(([key]) => !present.includes(key))
    .map(([label, reason]): Choice => {
      return { label, reason, kind: 'reference', ...(place.hasColon ? {} : { insert: `${label}: ` }) };
    });
};

/** Values that a label has where a selector looks. */
export const labelValueChoices: Chooser = (context) => {
  const key = String(context.path.at(-1));
  if (key === SERVICE_NAME_LABEL) return serviceNames(context);
  const values = new Map<string, string>();
  for (const { owner, labels } of sourcesFor(context, context.path.slice(0, -1))) {
    const value = labels.get(key);
    if (value !== undefined && !values.has(value)) values.set(value, `${owner} has it`);
  }
  return [...values].map(([label, reason]) => ({ label, reason, kind: 'reference' }));
};

function serviceNames({ cluster, resource }: CompletionContext): readonly Choice[] {
  const { services } = cluster.namespace(namespaceOf(resource));
  return services.map(({ name }) => ({ label: name, reason: 'Service of this namespace', kind: 'reference' }));
}

interface LabelSource {
  readonly owner: string;
  readonly labels: Labels;
}

/** Whose labels a map of labels is about; nobody's if it is no selector. */
function sourcesFor(
  { cluster, resource }: CompletionContext,
  path: readonly (string | number)[],
): readonly LabelSource[] {
  const names = path.filter((step) => typeof step === 'string').join('.');
  if (names.endsWith('namespaceSelector.matchLabels')) return namespaceLabels(cluster);
  if (resource.kind === 'Service' && names === 'spec.selector') return podLabels(cluster, namespaceOf(resource));
  if (resource.kind === 'NetworkPolicy' && names.endsWith('podSelector.matchLabels')) {
    return podLabels(cluster, namespaceOf(resource));
  }
  if (resource.type !== 'Workload' || !/(^|\.)spec\.selector(\.matchLabels)?$/.test(names)) return [];
  return [{ owner: 'The Pod template', labels: resource.spec.template.labels }];
}

function podLabels(cluster: Cluster, namespace: string): readonly LabelSource[] {
  return cluster
    .namespace(namespace)
    .workloads.map((workload) => ({ owner: displayName(workload), labels: workload.spec.template.labels }));
}

function namespaceLabels(cluster: Cluster): readonly LabelSource[] {
  return cluster.namespaces.map((view) => ({ owner: `Namespace ${view.name}`, labels: view.labels }));
}
