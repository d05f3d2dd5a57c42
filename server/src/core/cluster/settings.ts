import { CURRENT_VERSION, type KubernetesVersion } from '../api/index.ts';

/** A Node as the settings name it, for clusters whose Node objects are not in the repository. */
export interface NodeSetting {
  readonly name: string;
  readonly zone: string | undefined;
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** A range as the API server's flag has it, `30000-32767`; undefined for any other text. */
export function parsePortRange(text: string): PortRange | undefined {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  return range.first >= 1 && range.first <= range.last && range.last <= 65535 ? range : undefined;
}

/** What a cluster is like where no manifest says it. */
export interface ClusterSettings {
  /** DNS zone of the cluster. */
  readonly clusterDomain: string;
  /** Service CIDRs, the primary family's first. */
  readonly serviceCIDRs: readonly string[];
  readonly podCIDRs: readonly string[];
  /** Where node ports come from, both ends included. */
  readonly nodePortRange: PortRange;
  readonly kubernetesVersion: KubernetesVersion;
  readonly nodes: readonly NodeSetting[];
  readonly defaultIngressClass: string | undefined;
  /** The cluster's DNS, where policies must let queries through. */
  readonly dnsService: { readonly namespace: string; readonly labels: ReadonlyMap<string, string> };
  /** The keys that were set on purpose; all others are kubeadm's defaults and answers say "assumed". */
  readonly given: ReadonlySet<keyof ClusterSettings>;
}

/** What kubeadm sets up (kubeadm v1beta4 ClusterConfiguration, addons/dns manifests). */
export const KUBEADM_SETTINGS: ClusterSettings = {
  clusterDomain: 'cluster.local',
  serviceCIDRs: ['10.96.0.0/12'],
  podCIDRs: [],
  nodePortRange: { first: 30000, last: 32767 },
  kubernetesVersion: CURRENT_VERSION,
  nodes: [],
  defaultIngressClass: undefined,
  dnsService: { namespace: 'kube-system', labels: new Map([['k8s-app', 'kube-dns']]) },
  given: new Set(),
};
