// Made by scripts/generate.mjs.
import { rule as manifestWrongType } from './manifest/wrong-type.ts';
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
  manifestWrongType,
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
