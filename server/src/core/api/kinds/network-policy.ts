import { type Errors, forbidden, invalid, invalidEach, notSupported, required } from '../field-error.ts';
import { parseLenientCidr, rangeContains } from '../ip.ts';
import { type AddressRules, cidrErrors, cidrWarnings } from '../ip-checks.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import { type LabelSelectorObject, labelSelectorErrors, type SelectorRules } from '../labels.ts';
import { portNameProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import { behaves } from '../version.ts';
import type { Warnings } from '../warning.ts';

interface NetworkPolicy extends ApiObject {
  readonly spec?: NetworkPolicySpec;
}

interface NetworkPolicySpec {
  readonly podSelector?: LabelSelectorObject;
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
  readonly policyTypes?: readonly string[];
}

interface IngressRule {
  readonly ports?: readonly PolicyPort[];
  readonly from?: readonly Peer[];
}

interface EgressRule {
  readonly ports?: readonly PolicyPort[];
  readonly to?: readonly Peer[];
}

interface PolicyPort {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface Peer {
  readonly podSelector?: LabelSelectorObject;
  readonly namespaceSelector?: LabelSelectorObject;
  readonly ipBlock?: IPBlock;
}

interface IPBlock {
  readonly cidr?: string;
  readonly except?: readonly string[];
}

/** What an update tolerates of the stored object. */
interface PolicyRules {
  readonly selectors: SelectorRules;
  readonly cidrs: AddressRules;
}

/** NetworkPolicies (pkg/registry/networking/networkpolicy, strategy.go; pkg/apis/networking/validation, ValidateNetworkPolicy). */
export const NETWORK_POLICY = defineKind<NetworkPolicy>({
  groupKind: 'NetworkPolicy.networking.k8s.io',
  namespaced: true,
  default: (policy) => ({
    ...policy,
    metadata: { ...policy.metadata, generation: 1 },
    spec: withDefaults(policy.spec ?? {}),
  }),
  prepareUpdate: (next) => ({ ...next, spec: withDefaults(next.spec ?? {}) }),
  validate: ({ metadata, spec = {} }, context) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: SUBDOMAIN_NAME }),
    ...specErrors(spec, rulesFor(undefined, context)),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, context) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, rulesFor(stored, context)),
  ],
  warn: ({ spec = {} }) => peersOf(spec).flatMap(([{ ipBlock }, path]) => blockWarnings(ipBlock ?? {}, path)),
});

function withDefaults(spec: NetworkPolicySpec): NetworkPolicySpec {
  const { ingress, egress, policyTypes = [] } = spec;
  return {
    ...spec,
    ...(ingress !== undefined && { ingress: ingress.map(withProtocols) }),
    ...(egress !== undefined && { egress: egress.map(withProtocols) }),
    policyTypes: policyTypes.length > 0 ? policyTypes : impliedTypes(egress ?? []),
  };
}

function withProtocols<T extends IngressRule | EgressRule>(rule: T): T {
  if (rule.ports === undefined) return rule;
  return { ...rule, ports: rule.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) };
}

/** A policy is about ingress even if it says nothing of it. */
function impliedTypes(egress: readonly EgressRule[]): readonly string[] {
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** A stored policy whose selector is wrong may have wrong values in all selectors; its CIDRs may go on wherever they stand. */
function rulesFor(stored: NetworkPolicy | undefined, { version }: ApiContext): PolicyRules {
  const { podSelector, ...spec } = stored?.spec ?? {};
  const isWrong = labelSelectorErrors(podSelector, Path.root).length > 0;
  const kept = peersOf(spec).flatMap(([{ ipBlock = {} }]) => [ipBlock.cidr ?? '', ...(ipBlock.except ?? [])]);
  return {
    selectors: { values: isWrong ? 'any' : 'checked' },
    cidrs: { strict: behaves(version, 'strictAddresses'), kept },
  };
}

const SPEC = Path.root.child('spec');

/** All peers with their paths, those of ingress rules first. */
function peersOf({ ingress = [], egress = [] }: NetworkPolicySpec): readonly (readonly [Peer, Path])[] {
  return [
    ...ingress.flatMap(({ from = [] }, index) => placed(from, SPEC.child('ingress').index(index).child('from'))),
    ...egress.flatMap(({ to = [] }, index) => placed(to, SPEC.child('egress').index(index).child('to'))),
  ];
}

function placed<T>(items: readonly T[], path: Path): readonly (readonly [T, Path])[] {
  return items.map((item, index) => [item, path.index(index)] as const);
}

function specErrors(
  { podSelector, ingress = [], egress = [], policyTypes = [] }: NetworkPolicySpec,
  rules: PolicyRules,
): Errors {
  return [
    ...labelSelectorErrors(podSelector, SPEC.child('podSelector'), rules.selectors),
    ...placed(ingress, SPEC.child('ingress')).flatMap(([{ ports, from }, path]) => [
      ...portsErrors(ports, path.child('ports')),
      ...peersErrors(from, path.child('from'), rules),
    ]),
    ...placed(egress, SPEC.child('egress')).flatMap(([{ ports, to }, path]) => [
      ...portsErrors(ports, path.child('ports')),
      ...peersErrors(to, path.child('to'), rules),
    ]),
    ...policyTypesErrors(policyTypes),
  ];
}

const POLICY_TYPES = ['Ingress', 'Egress'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

function policyTypesErrors(types: readonly string[]): Errors {
  const path = SPEC.child('policyTypes');
  if (types.length > 2) return [invalid(path, types, 'may not specify more than two policyTypes')];
  return placed(types, path).flatMap(([type, at]) =>
    POLICY_TYPES.includes(type) ? [] : [notSupported(at, type, POLICY_TYPES)],
  );
}

function portsErrors(ports: readonly PolicyPort[] = [], path: Path): Errors {
  return placed(ports, path).flatMap(([port, at]) => portErrors(port, at));
}

function portErrors({ protocol = '', port, endPort }: PolicyPort, path: Path): Errors {
  const end = path.child('endPort');
  const protocolErrors = PROTOCOLS.includes(protocol)
    ? []
    : [notSupported(path.child('protocol'), protocol, PROTOCOLS)];
  if (port === undefined) return [...protocolErrors, ...unexpectedEnd(end, endPort, 'not specified')];
  if (typeof port === 'string') {
    return [
      ...protocolErrors,
      ...unexpectedEnd(end, endPort, 'non-numeric'),
      ...invalidEach(path.child('port'), port, portNameProblems(port)),
    ];
  }
  return [
    ...protocolErrors,
    ...invalidEach(path.child('port'), port, portNumberProblems(port)),
    ...(endPort === undefined ? [] : rangeEndErrors(end, port, endPort)),
  ];
}

function unexpectedEnd(path: Path, endPort: number | undefined, port: string): Errors {
  return endPort === undefined ? [] : [invalid(path, endPort, `may not be specified when \`port\` is ${port}`)];
}

function rangeEndErrors(path: Path, port: number, endPort: number): Errors {
  return [
    // The server prints the port, not its end.
    ...(endPort < port ? [invalid(path, port, 'must be greater than or equal to `port`')] : []),
    ...invalidEach(path, endPort, portNumberProblems(endPort)),
  ];
}

function peersErrors(peers: readonly Peer[] = [], path: Path, rules: PolicyRules): Errors {
  return placed(peers, path).flatMap(([peer, at]) => peerErrors(peer, at, rules));
}

function peerErrors({ podSelector, namespaceSelector, ipBlock }: Peer, path: Path, rules: PolicyRules): Errors {
  const hasSelector = podSelector !== undefined || namespaceSelector !== undefined;
  return [
    ...labelSelectorErrors(podSelector, path.child('podSelector'), rules.selectors),
    ...labelSelectorErrors(namespaceSelector, path.child('namespaceSelector'), rules.selectors),
    ...(ipBlock === undefined ? [] : blockErrors(ipBlock, path.child('ipBlock'), rules.cidrs)),
    ...(!hasSelector && ipBlock === undefined ? [required(path, 'must specify a peer')] : []),
    ...(hasSelector && ipBlock !== undefined ? [forbidden(path, 'may not specify both ipBlock and another peer')] : []),
  ];
}

function blockErrors({ cidr = '', except = [] }: IPBlock, path: Path, rules: AddressRules): Errors {
  if (cidr === '') return [required(path.child('cidr'))];
  return [
    ...cidrErrors(path.child('cidr'), cidr, rules),
    // What is excepted from nothing is not looked at.
    ...(parseLenientCidr(cidr) === undefined ? [] : placed(except, path.child('except'))).flatMap(([text, at]) => [
      ...cidrErrors(at, text, rules),
      ...subsetErrors(at, text, cidr),
    ]),
  ];
}

function subsetErrors(path: Path, text: string, whole: string): Errors {
  if (parseLenientCidr(text) === undefined || isStrictSubset(text, whole)) return [];
  return [invalid(path, text, 'must be a strict subset of `cidr`')];
}

function blockWarnings({ cidr = '', except = [] }: IPBlock, peer: Path): Warnings {
  const path = peer.child('ipBlock');
  return [[cidr, path.child('cidr')] as const, ...placed(except, path.child('except'))].flatMap(([text, at]) =>
    cidrWarnings(at, text).map((message) => ({ message, at: at.at })),
  );
}

/** Mask lengths are compared as written, so that of an IPv4-mapped address counts IPv6 bits. */
function isStrictSubset(part: string, whole: string): boolean {
  const inner = parseLenientCidr(part)?.range;
  const outer = parseLenientCidr(whole)?.range;
  if (inner === undefined || outer === undefined || maskLengthOf(whole) >= maskLengthOf(part)) return false;
  return rangeContains(outer, { family: inner.family, value: inner.first });
}

function maskLengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}
