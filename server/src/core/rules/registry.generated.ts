// Made by scripts/generate.mjs.
import { rule as ingressBackendPortMissing } from './ingress/backend-port-missing.ts';
import { rule as ingressBackendServiceMissing } from './ingress/backend-service-missing.ts';
import { rule as ingressClassMissing } from './ingress/class-missing.ts';
import { rule as ingressNoClass } from './ingress/no-class.ts';
import { rule as manifestWrongType } from './manifest/wrong-type.ts';
import { rule as networkPolicyEgressBlocksDns } from './network-policy/egress-blocks-dns.ts';
import { rule as networkPolicyPeerSelectsNothing } from './network-policy/peer-selects-nothing.ts';
import { rule as networkPolicySelectsNoPods } from './network-policy/selects-no-pods.ts';
import { rule as networkPolicyUsesServicePort } from './network-policy/uses-service-port.ts';
import { rule as podHostNetworkDns } from './pod/host-network-dns.ts';
import { rule as servicePodsInOtherNamespace } from './service/pods-in-other-namespace.ts';
import { rule as serviceSelectsNoPods } from './service/selects-no-pods.ts';
import { rule as serviceTargetPortMissing } from './service/target-port-missing.ts';
import { rule as serviceTargetPortProtocol } from './service/target-port-protocol.ts';
import { rule as settingsNoEffect } from './settings/no-effect.ts';
import { rule as statefulSetServiceMissing } from './stateful-set/service-missing.ts';
import { rule as yamlDuplicateKey } from './yaml/duplicate-key.ts';
import { rule as yamlSyntax } from './yaml/syntax.ts';
import type { Rule } from './rule.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ingressBackendPortMissing,
  ingressBackendServiceMissing,
  ingressClassMissing,
  ingressNoClass,
  manifestWrongType,
  networkPolicyEgressBlocksDns,
  networkPolicyPeerSelectsNothing,
  networkPolicySelectsNoPods,
  networkPolicyUsesServicePort,
  podHostNetworkDns,
  servicePodsInOtherNamespace,
  serviceSelectsNoPods,
  serviceTargetPortMissing,
  serviceTargetPortProtocol,
  settingsNoEffect,
  statefulSetServiceMissing,
  yamlDuplicateKey,
  yamlSyntax,
];
