// Made by scripts/generate.mjs.
import { rule as apiConfigMap } from './api/config-map.ts';
import { rule as apiCronJob } from './api/cron-job.ts';
import { rule as apiDaemonSet } from './api/daemon-set.ts';
import { rule as apiDeployment } from './api/deployment.ts';
import { rule as apiEndpointSlice } from './api/endpoint-slice.ts';
import { rule as apiEndpoints } from './api/endpoints.ts';
import { rule as apiIngressClass } from './api/ingress-class.ts';
import { rule as apiIngress } from './api/ingress.ts';
import { rule as apiJob } from './api/job.ts';
import { rule as apiNamespace } from './api/namespace.ts';
import { rule as apiNetworkPolicy } from './api/network-policy.ts';
import { rule as apiPod } from './api/pod.ts';
import { rule as apiReplicaSet } from './api/replica-set.ts';
import { rule as apiReplicationController } from './api/replication-controller.ts';
import { rule as apiService } from './api/service.ts';
import { rule as apiStatefulSet } from './api/stateful-set.ts';
import { rule as endpointSliceIgnoredAddress } from './endpoint-slice/ignored-address.ts';
import { rule as endpointSliceIgnoredPort } from './endpoint-slice/ignored-port.ts';
import { rule as endpointSliceNoServiceName } from './endpoint-slice/no-service-name.ts';
import { rule as ingressBackendPortMissing } from './ingress/backend-port-missing.ts';
import { rule as ingressBackendServiceMissing } from './ingress/backend-service-missing.ts';
import { rule as ingressClassMissing } from './ingress/class-missing.ts';
import { rule as ingressNoClass } from './ingress/no-class.ts';
import { rule as ingressClassDefaultNotTrue } from './ingress-class/default-not-true.ts';
import { rule as manifestMissingType } from './manifest/missing-type.ts';
import { rule as manifestUnknownVersion } from './manifest/unknown-version.ts';
import { rule as manifestWrongType } from './manifest/wrong-type.ts';
import { rule as networkPolicyEgressBlocksDns } from './network-policy/egress-blocks-dns.ts';
import { rule as networkPolicyIgnoredRules } from './network-policy/ignored-rules.ts';
import { rule as networkPolicyPeerSelectsNothing } from './network-policy/peer-selects-nothing.ts';
import { rule as networkPolicySelectsNoPods } from './network-policy/selects-no-pods.ts';
import { rule as networkPolicyUsesServicePort } from './network-policy/uses-service-port.ts';
import { rule as podHostIpNotAnAddress } from './pod/host-ip-not-an-address.ts';
import { rule as podHostNetworkDns } from './pod/host-network-dns.ts';
import { rule as podIgnoredDnsConfig } from './pod/ignored-dns-config.ts';
import { rule as podIgnoredField } from './pod/ignored-field.ts';
import { rule as serviceAddressBand } from './service/address-band.ts';
import { rule as serviceCollision } from './service/collision.ts';
import { rule as serviceIgnoredField } from './service/ignored-field.ts';
import { rule as servicePodsInOtherNamespace } from './service/pods-in-other-namespace.ts';
import { rule as serviceSelectsNoPods } from './service/selects-no-pods.ts';
import { rule as serviceTargetPortMissing } from './service/target-port-missing.ts';
import { rule as serviceTargetPortProtocol } from './service/target-port-protocol.ts';
import { rule as settingsNoEffect } from './settings/no-effect.ts';
import { rule as statefulSetIgnoredHostname } from './stateful-set/ignored-hostname.ts';
import { rule as statefulSetServiceMissing } from './stateful-set/service-missing.ts';
import { rule as yamlDuplicateKey } from './yaml/duplicate-key.ts';
import { rule as yamlIgnoredDocument } from './yaml/ignored-document.ts';
import { rule as yamlSyntax } from './yaml/syntax.ts';
import type { Rule } from './rule.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  apiConfigMap,
  apiCronJob,
  apiDaemonSet,
  apiDeployment,
  apiEndpointSlice,
  apiEndpoints,
  apiIngressClass,
  apiIngress,
  apiJob,
  apiNamespace,
  apiNetworkPolicy,
  apiPod,
  apiReplicaSet,
  apiReplicationController,
  apiService,
  apiStatefulSet,
  endpointSliceIgnoredAddress,
  endpointSliceIgnoredPort,
  endpointSliceNoServiceName,
  ingressBackendPortMissing,
  ingressBackendServiceMissing,
  ingressClassMissing,
  ingressNoClass,
  ingressClassDefaultNotTrue,
  manifestMissingType,
  manifestUnknownVersion,
  manifestWrongType,
  networkPolicyEgressBlocksDns,
  networkPolicyIgnoredRules,
  networkPolicyPeerSelectsNothing,
  networkPolicySelectsNoPods,
  networkPolicyUsesServicePort,
  podHostIpNotAnAddress,
  podHostNetworkDns,
  podIgnoredDnsConfig,
  podIgnoredField,
  serviceAddressBand,
  serviceCollision,
  serviceIgnoredField,
  servicePodsInOtherNamespace,
  serviceSelectsNoPods,
  serviceTargetPortMissing,
  serviceTargetPortProtocol,
  settingsNoEffect,
  statefulSetIgnoredHostname,
  statefulSetServiceMissing,
  yamlDuplicateKey,
  yamlIgnoredDocument,
  yamlSyntax,
];
