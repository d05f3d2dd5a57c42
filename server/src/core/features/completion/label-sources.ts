import { type Cluster, namespacesOfPeer } from '../../cluster/index.ts';
import {
  displayName,
  type Labels,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyPeer,
  type WorkloadResource,
} from '../../manifest/index.ts';
import type { FieldPath } from '../../yaml/index.ts';
import type { CompletionContext } from './completion-context.ts';

/** Something whose labels are worth writing: a Pod that a selector may select, a selector that a Pod may fit. */
export interface LabelSource {
  /** `Pod cart has`, `Service cart selects`. */
  readonly claim: string;
  readonly labels: Labels;
}

/** Whose labels the mapping or the list of expressions at a path is about; nobody's if it is not about labels. */
export function labelSources(context: CompletionContext, path: FieldPath): readonly LabelSource[] {
  const last = path.at(-1);
  const isSelector = last === 'matchLabels' || last === 'matchExpressions';
  return isSelector ? ofSelector(context, path.slice(0, -1)) : ofMap(context, path);
}

function ofSelector(context: CompletionContext, path: FieldPath): readonly LabelSource[] {
  const { cluster, resource } = context;
  const names = namesIn(path);
  if (names.endsWith('namespaceSelector')) return namespaceLabels(cluster);
  if (resource.type === 'NetworkPolicy' && names !== 'spec.podSelector') return peerLabels(cluster, resource, path);
  if (resource.type === 'Workload' && OWN_PODS.test(names)) return [templateLabels(resource)];
  return OTHER_PODS.test(`${resource.kind} ${names}`) ? podLabels(cluster, namespaceOf(resource)) : [];
}

/** The selector of a workload, which its own template must fit. */
const OWN_PODS = /^spec\.(jobTemplate\.spec\.)?selector$/;

/** Selectors of Pods of the same namespace. */
const OTHER_PODS = /^(NetworkPolicy spec\.podSelector|PodDisruptionBudget spec\.selector|.*\.labelSelector)$/;

/** Selectors of an older form, without matchLabels, and the labels of Pods. */
function ofMap({ cluster, resource }: CompletionContext, path: FieldPath): readonly LabelSource[] {
  const names = namesIn(path);
  if (resource.type === 'Service' && names === 'spec.selector') return podLabels(cluster, namespaceOf(resource));
  if (resource.type !== 'Workload') return [];
  if (resource.kind === 'ReplicationController' && names === 'spec.selector') return [templateLabels(resource)];
  const ofPods = [...resource.spec.template.path.slice(resource.path.length), 'metadata', 'labels'];
  return names === namesIn(ofPods) ? wantedLabels(cluster, resource) : [];
}

function namesIn(path: FieldPath): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

function templateLabels({ spec }: WorkloadResource): LabelSource {
  return { claim: 'The Pod template has', labels: spec.template.labels };
}

/** What the workload itself and the Services of its namespace select Pods by. */
function wantedLabels(cluster: Cluster, workload: WorkloadResource): readonly LabelSource[] {
  const own = workload.spec.selector?.matchLabels;
  const { services } = cluster.namespace(namespaceOf(workload));
  return [
    ...(own === undefined ? [] : [{ claim: 'The selector wants', labels: own }]),
    ...services.map(({ name, spec }) => ({ claim: `Service ${name} selects`, labels: spec.selector })),
  ];
}

function podLabels(cluster: Cluster, namespace: string, place = ''): readonly LabelSource[] {
  return cluster.namespace(namespace).workloads.map((workload) => ({
    claim: `${displayName(workload)}${place} has`,
    labels: workload.spec.template.labels,
  }));
}

/** Labels of the Pods in the namespaces that a peer is about, of which some may only possibly be meant. */
function peerLabels(cluster: Cluster, policy: NetworkPolicyResource, path: FieldPath): readonly LabelSource[] {
  const peer = findPeer(policy, [...policy.path, ...path.slice(0, -1)]);
  if (peer === undefined) return [];
  const { certain, possible } = namespacesOfPeer(cluster, policy, peer);
  return [...certain, ...possible].flatMap(({ name }) =>
    podLabels(cluster, name, name === namespaceOf(policy) ? '' : ` in ${name}`),
  );
}

function findPeer({ spec }: NetworkPolicyResource, path: FieldPath): PolicyPeer | undefined {
  const key = path.join('/');
  return [...spec.ingress, ...spec.egress].flatMap(({ peers }) => peers).find((peer) => peer.path.join('/') === key);
}

function namespaceLabels(cluster: Cluster): readonly LabelSource[] {
  return cluster.namespaces.map((view) => ({ claim: `Namespace ${view.name} has`, labels: view.labels }));
}
