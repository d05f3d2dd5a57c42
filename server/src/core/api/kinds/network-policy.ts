import { changeEach } from '../change.ts';
import { each, oneOf, optional, portName, portNumber } from '../field-checks.ts';
import { type Errors, forbidden, invalid, required } from '../field-error.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { parseLenientCidr, rangeContains } from '../ip.ts';
import { type AddressRules, addressRules, cidrErrors, cidrWarnings } from '../ip-checks.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import { type LabelSelectorObject, labelSelectorErrors, type SelectorRules } from '../labels.ts';
import { dnsSubdomainProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path, SPEC } from '../path.ts';
import { eachWarning, type Warnings } from '../warning.ts';

interface NetworkPolicy extends ApiObject {
  readonly spec?: NetworkPolicySpec;
}

interface NetworkPolicySpec {
  readonly podSelector?: LabelSelectorObject;
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
  readonly policyTypes?: readonly string[];
}

interface PolicyRule {
  readonly ports?: readonly PolicyPort[];
}

interface IngressRule extends PolicyRule {
  readonly from?: readonly Peer[];
}

interface EgressRule extends PolicyRule {
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
  default: (policy) => firstGeneration(withDefaults(policy)),
  prepareUpdate: (next, stored) => nextGeneration(withDefaults(next), stored),
  validate: ({ metadata, spec = {} }, context) => [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...specErrors(spec, rulesFor(undefined, context)),
  ],
  validateUpdate: ({ metadata, spec = {} }, stored, context) => [
    ...objectMetaUpdateErrors(metadata, stored.metadata),
    ...specErrors(spec, rulesFor(stored, context)),
  ],
  warn: ({ spec = {} }) => peersOf(spec).flatMap(([{ ipBlock = {} }, path]) => blockWarnings(ipBlock, path)),
});

function withDefaults(policy: NetworkPolicy): NetworkPolicy {
  const { spec = {} } = policy;
  const { egress = [], policyTypes: given = [] } = spec;
  const typed: NetworkPolicySpec = { ...spec, policyTypes: given.length > 0 ? given : impliedTypes(egress) };
  return { ...policy, spec: changeEach(changeEach(typed, 'ingress', withProtocols), 'egress', withProtocols) };
}

function withProtocols(rule: PolicyRule): PolicyRule {
  return changeEach(rule, 'ports', (port) => ({ ...port, protocol: port.protocol ?? 'TCP' }));
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
    cidrs: addressRules(version, kept),
  };
}

const INGRESS = SPEC.child('ingress');
const EGRESS = SPEC.child('egress');

/** All peers with their paths, those of ingress rules first. */
function peersOf({ ingress, egress }: NetworkPolicySpec): readonly (readonly [Peer, Path])[] {
  const placed = (peers: readonly Peer[] | undefined, path: Path) =>
    each(peers, path, (peer, at) => [[peer, at] as const]);
  return [
    ...each(ingress, INGRESS, ({ from }, path) => placed(from, path.child('from'))),
    ...each(egress, EGRESS, ({ to }, path) => placed(to, path.child('to'))),
  ];
}

function specErrors({ podSelector, ingress, egress, policyTypes }: NetworkPolicySpec, rules: PolicyRules): Errors {
  return [
    ...labelSelectorErrors(podSelector, SPEC.child('podSelector'), rules.selectors),
    ...each(ingress, INGRESS, ({ ports, from }, path) => [
      ...each(ports, path.child('ports'), portErrors),
      ...each(from, path.child('from'), (peer, at) => peerErrors(peer, rules, at)),
    ]),
    ...each(egress, EGRESS, ({ ports, to }, path) => [
      ...each(ports, path.child('ports'), portErrors),
      ...each(to, path.child('to'), (peer, at) => peerErrors(peer, rules, at)),
    ]),
    ...policyTypesErrors(policyTypes ?? []),
  ];
}

const POLICY_TYPES = ['Ingress', 'Egress'];
/** In another order than elsewhere, and so printed. */
const POLICY_PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

function policyTypesErrors(types: readonly string[]): Errors {
  const path = SPEC.child('policyTypes');
  if (types.length > 2) return [invalid(path, types, 'may not specify more than two policyTypes')];
  return each(types, path, (type, at) => oneOf(type, POLICY_TYPES, at));
}

function portErrors({ protocol = '', port, endPort }: PolicyPort, path: Path): Errors {
  const end = path.child('endPort');
  const protocolErrors = oneOf(protocol, POLICY_PROTOCOLS, path.child('protocol'));
  if (port === undefined) return [...protocolErrors, ...unexpectedEnd(endPort, 'not specified', end)];
  if (typeof port === 'string') {
    return [...protocolErrors, ...unexpectedEnd(endPort, 'non-numeric', end), ...portName(port, path.child('port'))];
  }
  return [
    ...protocolErrors,
    ...portNumber(port, path.child('port')),
    ...optional(endPort, (last) => rangeEndErrors(port, last, end)),
  ];
}

function unexpectedEnd(endPort: number | undefined, port: string, path: Path): Errors {
  return optional(endPort, (last) => [invalid(path, last, `may not be specified when \`port\` is ${port}`)]);
}

function rangeEndErrors(port: number, endPort: number, path: Path): Errors {
  return [
    // The server prints the port, not its end.
    ...(endPort < port ? [invalid(path, port, 'must be greater than or equal to `port`')] : []),
    ...portNumber(endPort, path),
  ];
}

function peerErrors({ podSelector, namespaceSelector, ipBlock }: Peer, rules: PolicyRules, path: Path): Errors {
  const hasSelector = podSelector !== undefined || namespaceSelector !== undefined;
  return [
    ...labelSelectorErrors(podSelector, path.child('podSelector'), rules.selectors),
    ...labelSelectorErrors(namespaceSelector, path.child('namespaceSelector'), rules.selectors),
    ...optional(ipBlock, (block) => blockErrors(block, rules.cidrs, path.child('ipBlock'))),
    ...(!hasSelector && ipBlock === undefined ? [required(path, 'must specify a peer')] : []),
    ...(hasSelector && ipBlock !== undefined ? [forbidden(path, 'may not specify both ipBlock and another peer')] : []),
  ];
}

function blockErrors({ cidr = '', except }: IPBlock, rules: AddressRules, path: Path): Errors {
  if (cidr === '') return [required(path.child('cidr'))];
  // What is excepted from nothing is not looked at.
  const exceptions = parseLenientCidr(cidr) === undefined ? [] : except;
  return [
    ...cidrErrors(path.child('cidr'), cidr, rules),
    ...each(exceptions, path.child('except'), (text, at) => [
      ...cidrErrors(at, text, rules),
      ...subsetErrors(text, cidr, at),
    ]),
  ];
}

function subsetErrors(text: string, whole: string, path: Path): Errors {
  if (parseLenientCidr(text) === undefined || isStrictSubset(text, whole)) return [];
  return [invalid(path, text, 'must be a strict subset of `cidr`')];
}

function blockWarnings({ cidr = '', except }: IPBlock, peer: Path): Warnings {
  const path = peer.child('ipBlock');
  const warningsOf = (text: string, at: Path) => eachWarning(at, cidrWarnings(at, text));
  return [...warningsOf(cidr, path.child('cidr')), ...each(except, path.child('except'), warningsOf)];
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
