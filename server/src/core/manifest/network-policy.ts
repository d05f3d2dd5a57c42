import type { FieldPath } from '../yaml/index.ts';
import type { Fields, IntOrString } from './fields.ts';
import { type Protocol, protocolOf } from './pod-template.ts';
import { decodeLabelSelector, type LabelSelector } from './selector.ts';

export type PolicyDirection = 'Ingress' | 'Egress';

export interface PolicyPort {
  readonly path: FieldPath;
  /** TCP if left out, never "any" (NPS-14). */
  readonly protocol: Protocol;
  /** Every port of the protocol if undefined. */
  readonly port: IntOrString | undefined;
  readonly endPort: number | undefined;
}

export interface IPBlock {
  readonly path: FieldPath;
  readonly cidr: string;
  readonly except: readonly string[];
}

/** One item of `from` or `to`. Selectors of one item must both match (NPS-5). */
export interface PolicyPeer {
  readonly path: FieldPath;
  readonly podSelector: LabelSelector | undefined;
  readonly namespaceSelector: LabelSelector | undefined;
  readonly ipBlock: IPBlock | undefined;
}

/** One item of `ingress` or `egress`. No peers means every peer, no ports every port (NPS-4). */
export interface PolicyRule {
  readonly path: FieldPath;
  readonly direction: PolicyDirection;
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
}

export interface NetworkPolicySpec {
  readonly path: FieldPath;
  /** Absent means empty: every Pod of the namespace (NPS-7). */
  readonly podSelector: LabelSelector;
  /** As defaulted (NP-DEF-2). */
  readonly policyTypes: readonly PolicyDirection[];
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

export function decodeNetworkPolicy(fields: Fields): NetworkPolicySpec {
  const spec = fields.object('spec');
  const path = spec?.path ?? [...fields.path, 'spec'];
  const egress = decodeRules(spec, 'egress', 'to', 'Egress');
  return {
    path,
    podSelector: decodeLabelSelector(spec, 'podSelector') ?? emptySelector([...path, 'podSelector']),
    policyTypes: policyTypesOf(spec?.strings('policyTypes').map((item) => item.value) ?? [], egress.length),
    ingress: decodeRules(spec, 'ingress', 'from', 'Ingress'),
    egress,
  };
}

function emptySelector(path: FieldPath): LabelSelector {
  return { path, matchLabels: new Map(), matchExpressions: [] };
}

function policyTypesOf(given: readonly string[], egressRules: number): readonly PolicyDirection[] {
  if (given.length === 0) return egressRules > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return (['Ingress', 'Egress'] as const).filter((direction) => given.includes(direction));
}

function decodeRules(
  spec: Fields | undefined,
  key: string,
  peersKey: string,
  direction: PolicyDirection,
): readonly PolicyRule[] {
  return (spec?.objects(key) ?? []).map((rule) => ({
    path: rule.path,
    direction,
    peers: rule.objects(peersKey).map(decodePeer),
    ports: rule.objects('ports').map(decodePort),
  }));
}

function decodePeer(fields: Fields): PolicyPeer {
  const block = fields.object('ipBlock');
  return {
    path: fields.path,
    podSelector: decodeLabelSelector(fields, 'podSelector'),
    namespaceSelector: decodeLabelSelector(fields, 'namespaceSelector'),
    ipBlock: block && {
      path: block.path,
      cidr: block.string('cidr') ?? '',
      except: block.strings('except').map((item) => item.value),
    },
  };
}

function decodePort(fields: Fields): PolicyPort {
  return {
    path: fields.path,
    protocol: protocolOf(fields.string('protocol')),
    port: fields.intOrString('port'),
    endPort: fields.integer('endPort'),
  };
}
