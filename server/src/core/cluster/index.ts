export { type AddressBand, type AddressRange, parseAddress, parseCidr, renderAddress } from '../api/index.ts';
export { addressPieces } from './address-pieces.ts';
export { addressesOf, familiesOf, type ServiceAddress } from './addresses.ts';
export {
  ApiAnswers,
  apiAnswerTo,
  ask,
  askElsewhere,
  manifestOf,
  serverSettings,
  serverSettingsOf,
} from './api-answers.ts';
export { type Offence, type RefusedUpdate, refusedUpdateOf } from './api-updates.ts';
export { type ClaimHolder, claimIndexOf, claimsOfService, type ServiceClaim } from './claims.ts';
export { Cluster } from './cluster.ts';
export { type DnsProtocol, reachesDns } from './cluster-dns.ts';
export {
  ALL_CONNECTIONS,
  type ConnectionSet,
  connectionsTo,
  includes,
  intersection,
  isEmpty,
  NO_CONNECTIONS,
  renderConnections,
  union,
} from './connections.ts';
export { type DnsRecord, namesOf, recordsOf, type ServiceNames } from './dns.ts';
export { slicesOf } from './endpoint-slices.ts';
export {
  findHosts,
  findServicePort,
  type ResolvedHost,
  resolveHost,
  usesClusterDns,
  type WrittenHost,
} from './host-names.ts';
export {
  type BackendTarget,
  backendPortRef,
  backendsOf,
  findBackendPort,
  isIngressBackend,
  type ResolvedBackend,
  resolveBackend,
  serviceNameRef,
} from './ingress-backends.ts';
export { allIngresses, type ClassOfIngress, classOf, ingressesOfClass } from './ingress-classes.ts';
export { findRegexCause, patternOf, REWRITE_TARGET, type RegexCause } from './ingress-nginx.ts';
export {
  examplesOf,
  type HostMatch,
  isPattern,
  matchHost,
  type PathExamples,
} from './ingress-paths.ts';
export { type HostRelations, hostRelationsOf, type RouteRelations, relationsOf } from './ingress-relations.ts';
export {
  hostRef,
  type MatchedRoute,
  type MatchedRule,
  type Preference,
  parseRequestUrl,
  preferenceOf,
  qualifiedName,
  type RequestUrl,
  type Route,
  type RoutingResult,
  routeRef,
  routeRequest,
  routesOf,
} from './ingress-routes.ts';
export { type Certainty, matchPods, requirementsOf } from './known-labels.ts';
export type { ManifestChange } from './manifest-changes.ts';
export { NamespaceView } from './namespace-view.ts';
export {
  findNearMisses,
  findNearMissesOfSelector,
  findNearNamespaces,
  type LabelDifference,
  type NearMiss,
  type NearNamespace,
} from './near-misses.ts';
export { findOtherPolicy } from './other-policies.ts';
export { type NodePlan, type PlacedNode, type PlacementOverrides, planNodes, zonesOf } from './placement.ts';
export type { PodSlices } from './pod-slices.ts';
export {
  DEFAULT_POLICY_OPTIONS,
  isolatingPolicies,
  type Party,
  type PolicyOptions,
  policiesSelecting,
  portsOfRule,
  ruleNames,
  rulesOf,
  subjectsOf,
  workloadsOfPeer,
} from './policies.ts';
export {
  type Admitted,
  admittedBy,
  admittedByRules,
  matchesUnlabelled,
  namespacesOfPeer,
  type SelectedNamespaces,
} from './policy-peers.ts';
export { type DeclaredPort, declaredPorts, type ResolvedPort, resolveTargetPort } from './ports.ts';
export { endpointsOf, type ServiceEndpoint } from './proxy-endpoints.ts';
export { type ProxyPort, proxyPortsOf } from './proxy-ports.ts';
export { type Reach, reachableBy, reachOfWorkload } from './reach-counts.ts';
export { allWorkloads, connectionsBetween } from './reachability.ts';
export {
  type SelectedWorkload,
  servicesOfWorkload,
  workloadsInOtherNamespaces,
  workloadsOfService,
} from './select.ts';
export {
  type ClusterSettings,
  KUBEADM_SETTINGS,
  type NodeSetting,
  type PortRange,
  parsePortRange,
} from './settings.ts';
export type { SliceGroup, SliceMember, SlicePort } from './slice-groups.ts';
export { storedObjectOf, storedWithout } from './stored-objects.ts';
export type { HintOutcome } from './topology-hints.ts';
export {
  type CategorizedEndpoints,
  categorizer,
  decideTraffic,
  isExternallyAccessible,
  type TrafficDecision,
  type TrafficPolicy,
  type TrafficScope,
  type TrafficSource,
} from './traffic.ts';
export { type Connection, type Fact, type Verdict, verdictOn } from './verdict.ts';
export type { WrittenEndpoint } from './written-endpoints.ts';
