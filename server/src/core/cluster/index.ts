export {
  type AddressBand,
  addressesOf,
  bandsOfCidr,
  clusterFamilies,
  familiesOf,
  type ServiceAddress,
} from './addresses.ts';
export { Cluster } from './cluster.ts';
export { type DnsRecord, namesOf, podNames, recordsOf, type ServiceNames } from './dns.ts';
export {
  findHosts,
  findServicePort,
  namesTried,
  type ResolvedHost,
  resolveHost,
  usesClusterDns,
  type WrittenHost,
} from './host-names.ts';
export { type AddressRange, parseAddress, parseCidr, rangeContains, renderAddress } from './ip.ts';
export { NamespaceView } from './namespace-view.ts';
export { findNearMisses, type LabelDifference, type NearMiss } from './near-misses.ts';
export { type DeclaredPort, declaredPorts, type ResolvedPort, resolveTargetPort } from './ports.ts';
export {
  type SelectedWorkload,
  selectByLabels,
  selectBySelector,
  servicesOfWorkload,
  workloadsInOtherNamespaces,
  workloadsOfService,
} from './select.ts';
export { type ClusterSettings, KUBEADM_SETTINGS, type NodeSetting } from './settings.ts';
