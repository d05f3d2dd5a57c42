export {
  type AddressBand,
  addressesOf,
  bandsOfCidr,
  clusterFamilies,
  familiesOf,
  type ServiceAddress,
} from './addresses.ts';
export { Cluster } from './cluster.ts';
export {
  ALL_CONNECTIONS,
  type ConnectionSet,
  connectionsTo,
  includes,
  intersection,
  isAll,
  isEmpty,
  NO_CONNECTIONS,
  renderConnections,
  union,
} from './connections.ts';
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
export { type ClassOfIngress, classOf } from './ingress-classes.ts';
export { examplesOf, type HostMatch, matchesPath, matchHost, type PathExamples } from './ingress-paths.ts';
export {
  allIngresses,
  duplicatesOf,
  findBackendPort,
  ingressesOfClass,
  type MatchedRoute,
  overridesOf,
  type Preference,
  parseRequestUrl,
  preferenceOf,
  type RequestUrl,
  type ResolvedBackend,
  type Route,
  type RoutingResult,
  resolveBackend,
  routeRef,
  routeRequest,
  routesOf,
} from './ingress-routes.ts';
export { type AddressRange, parseAddress, parseCidr, rangeContains, renderAddress } from './ip.ts';
export { NamespaceView } from './namespace-view.ts';
export { findNearMisses, type LabelDifference, type NearMiss } from './near-misses.ts';
export {
  DEFAULT_POLICY_OPTIONS,
  isolatingPolicies,
  type Party,
  type PolicyOptions,
  peerMatches,
  policiesSelecting,
  portsOfRule,
  ruleNames,
  rulesOf,
  subjectsOf,
} from './policies.ts';
export { type DeclaredPort, declaredPorts, type ResolvedPort, resolveTargetPort } from './ports.ts';
export {
  allWorkloads,
  clientsOf,
  connectionsBetween,
  type Fact,
  serversOf,
  type Verdict,
  verdictOn,
} from './reachability.ts';
export {
  type SelectedWorkload,
  selectByLabels,
  selectBySelector,
  servicesOfWorkload,
  workloadsInOtherNamespaces,
  workloadsOfService,
} from './select.ts';
export { type ClusterSettings, KUBEADM_SETTINGS, type NodeSetting } from './settings.ts';
