/** The library's public surface: the only file of core that shells may import. */

export {
  type AddressRange,
  ALL_CONNECTIONS,
  allIngresses,
  Cluster,
  type ConnectionSet,
  classOf,
  connectionsBetween,
  connectionsTo,
  DEFAULT_POLICY_OPTIONS,
  includes,
  intersection,
  KUBEADM_SETTINGS,
  NO_CONNECTIONS,
  type Party,
  type PolicyOptions,
  parseAddress,
  parseCidr,
  parseRequestUrl,
  type ResolvedBackend,
  renderAddress,
  renderConnections,
  resolveBackend,
  resolveTargetPort,
  routeRequest,
  routesOf,
  union,
} from './cluster/index.ts';
export {
  type DiagnoseOptions,
  diagnose,
  type Finding,
  type RelatedLocation,
  type RuleLevel,
  resolveFix,
} from './diagnose.ts';
export { codeLenses, type LensAction, type PlacedLens } from './features/code-lens.ts';
export { type Hover, hover } from './features/hover.ts';
export { type Link, type Markup, renderMarkup } from './features/markup.ts';
export type {
  FieldRef,
  IngressResource,
  Protocol,
  Resource,
  ServiceResource,
  WorkloadResource,
} from './manifest/index.ts';
export { RULES } from './rules/registry.generated.ts';
export type { Fix, Rule, Severity } from './rules/rule.ts';
export { LineIndex, type LinePosition } from './text/line-index.ts';
export { applyEdits, type TextEdit } from './text/text-edit.ts';
export type { TextRange } from './text/text-range.ts';
export {
  type FileChange,
  type Location,
  type ManifestSet,
  relativeTo,
  SETTINGS_NAMES,
  Snapshot,
} from './workspace/index.ts';
