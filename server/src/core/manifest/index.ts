export { decodeDocument } from './decode.ts';
export { SERVICE_NAME_LABEL, type SliceEndpoint, type TopologyHints } from './endpoint-slice.ts';
export type { EndpointAddress, EndpointSubsetPort } from './endpoints.ts';
export { Fields, type IntOrString, type TypeProblem } from './fields.ts';
export type { IngressBackend, IngressPath, IngressRule } from './ingress.ts';
export { CLASS_ANNOTATION, DEFAULT_CLASS_ANNOTATION } from './ingress-class.ts';
export type { IPBlock, PolicyDirection, PolicyPeer, PolicyPort, PolicyRule } from './network-policy.ts';

export {
  type Container,
  type ContainerPort,
  type DnsOption,
  type EnvVar,
  type PodTemplate,
  PROTOCOLS,
  type Protocol,
} from './pod-template.ts';
export * from './resource.ts';
export {
  isEmptySelector,
  type LabelRequirement,
  type LabelSelector,
  type Labels,
  matchesSelector,
} from './selector.ts';
export {
  type IPFamily,
  isExternalName,
  isHeadless,
  isTopologyAuto,
  type ServicePort,
  type ServiceSpec,
  TOPOLOGY_ANNOTATIONS,
} from './service.ts';
export type { PodOwner, PodStatus, WorkloadKind, WorkloadSpec } from './workload.ts';
