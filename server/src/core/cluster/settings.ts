/** A Node as the settings name it, for clusters whose Node objects are not in the repository. */
export interface NodeSetting {
  readonly name: string;
  readonly zone: string | undefined;
}

/** What a cluster is like where no manifest says it. */
export interface ClusterSettings {
  /** DNS zone of the cluster. */
  readonly clusterDomain: string;
  /** Service CIDRs, the primary family's first. */
  readonly serviceCIDRs: readonly string[];
  readonly podCIDRs: readonly string[];
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
  nodes: [],
  defaultIngressClass: undefined,
  dnsService: { namespace: 'kube-system', labels: new Map([['k8s-app', 'kube-dns']]) },
  given: new Set(),
};
