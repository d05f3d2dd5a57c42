/** The library's public surface: the only file of core that shells may import. */

export {
  type ApiAnswer,
  ApiServer,
  type ApiServerSettings,
  type Applied,
  ApplySession,
  addressErrors,
  addressWarnings,
  answerJson,
  appliedJson,
  applyManifest,
  applyText,
  bandsOfCidr,
  bandsOfPorts,
  canonicalAddressErrors,
  canonicalCidrErrors,
  cidrErrors,
  cidrWarnings,
  createApiServer,
  createdJson,
  type LabelSelectorObject,
  labelSelectorErrors,
  outcomeOf,
  Path,
  parseVersion,
  resourceOfPath,
  sortedJson,
  storedBy,
  storedJson,
} from './api/index.ts';
export {
  type AddressRange,
  ALL_CONNECTIONS,
  addressPieces,
  allIngresses,
  backendsOf,
  Cluster,
  type ConnectionSet,
  categorizer,
  connectionsBetween,
  connectionsTo,
  DEFAULT_POLICY_OPTIONS,
  endpointsOf,
  type HintOutcome,
  includes,
  intersection,
  KUBEADM_SETTINGS,
  manifestOf,
  NO_CONNECTIONS,
  type Party,
  type PolicyOptions,
  type ProxyPort,
  parseAddress,
  parseCidr,
  parsePortRange,
  parseRequestUrl,
  planNodes,
  proxyPortsOf,
  type ResolvedBackend,
  type RoutingResult,
  reachableBy,
  renderAddress,
  renderConnections,
  resolveBackend,
  resolveTargetPort,
  routeRequest,
  routesOf,
  type ServiceEndpoint,
  type SliceGroup,
  type SliceMember,
  serverSettings,
  serverSettingsOf,
  slicesOf,
  union,
  type Verdict,
  verdictOn,
  workloadsOfService,
} from './cluster/index.ts';
export {
  type DiagnoseOptions,
  diagnose,
  diagnoseInSteps,
  type Finding,
  type RelatedLocation,
  type RuleFailure,
  type RuleLevel,
  resolveFix,
} from './diagnose.ts';
export { codeLenses, type LensAction, type PlacedLens } from './features/code-lens.ts';
export type { Choice } from './features/completion/completion-context.ts';
export { type Completion, type CompletionOptions, complete } from './features/completion.ts';
export type { DistributionQuery } from './features/distribution-words.ts';
export {
  distributableServices,
  distributionOf,
  type EndpointDistribution,
  type EndpointShare,
  findServiceAt,
  renderDistribution,
  serviceKey,
  stateOf,
} from './features/endpoint-distribution.ts';
export { type Hover, hover } from './features/hover.ts';
export { type InlayHint, inlayHints } from './features/inlay-hints.ts';
export { type Link, type Markup, type MarkupWriter, renderMarkup } from './features/markup.ts';
export { testUrl, type UrlAnswer, type UrlStep, type UrlTest } from './features/url-test.ts';
export {
  type FieldRef,
  type IngressBackend,
  type IngressResource,
  matchesSelector,
  type Protocol,
  type Resource,
  type ServiceResource,
  type WorkloadResource,
} from './manifest/index.ts';
export type { Fix, Rule, Severity } from './rules/rule.ts';
export { LineIndex, type LinePosition } from './text/line-index.ts';
export { applyEdits, type TextEdit } from './text/text-edit.ts';
export type { TextRange } from './text/text-range.ts';
export {
  type FileChange,
  type Location,
  ManifestFile,
  type ManifestSet,
  type PlacedDocument,
  SETTINGS_NAMES,
  Snapshot,
} from './workspace/index.ts';
export {
  dataOf,
  isBroken,
  isJsonObject,
  isTooDeep,
  type Json,
  type JsonObject,
  MAX_DEPTH,
  parseDocument,
  splitDocuments,
  type YamlDocument,
} from './yaml/index.ts';
