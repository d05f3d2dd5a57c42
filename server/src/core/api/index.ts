export type { ApiAnswer } from './answer.ts';
export { answerJson, storedJson } from './answer-json.ts';
export {
  type Applied,
  type ApplyOutcome,
  ApplySession,
  appliedJson,
  applyManifest,
  applyText,
  createdJson,
  invalidType,
  outcomeOf,
  sortedJson,
  storedBy,
} from './apply/index.ts';
export { decode } from './decode.ts';
export type { DecodeProblem } from './decode-problem.ts';
export type { FieldError, Reason } from './field-error.ts';
export {
  type AddressRange,
  bitsOf,
  type LenientAddress,
  type LenientCidr,
  parseAddress,
  parseCidr,
  parseLenientAddress,
  parseLenientCidr,
  rangeContains,
  renderAddress,
  renderCidr,
  singleAddress,
} from './ip.ts';
export {
  addressErrors,
  addressWarnings,
  canonicalAddressErrors,
  canonicalCidrErrors,
  cidrErrors,
  cidrWarnings,
} from './ip-checks.ts';
export type { ApiObject } from './kind-rules.ts';
export {
  type AddressBand,
  type AddressBands,
  bandsOfCidr,
  bandsOfPorts,
  familyOfPicked,
  isPlaceholder,
  type PortBands,
} from './kinds/service/index.ts';
export { type LabelSelectorObject, labelSelectorErrors } from './labels.ts';
export {
  configMapKeyProblems,
  dns1035LabelProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelValueProblems,
  portNameProblems,
  qualifiedNameProblems,
} from './names.ts';
export { Path } from './path.ts';
export {
  findResource,
  isBuiltInGroup,
  knownKinds,
  resourceOfPath,
  resourcesOfKind,
  servedResources,
  typeAt,
  typeBelow,
} from './schema/schema.ts';
export { describeType, type SchemaField, type SchemaType, type StructType } from './schema/types.ts';
export { ApiServer, type ApiServerSettings, createApiServer } from './server.ts';
export { CURRENT_VERSION, type KubernetesVersion, parseVersion } from './version.ts';
export type { ApiWarning } from './warning.ts';
