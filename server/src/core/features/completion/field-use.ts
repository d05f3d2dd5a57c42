import type { SchemaField, StructType } from '../../api/index.ts';
import { dataOf, findNode, isJsonObject, type JsonObject, type YamlNode } from '../../yaml/index.ts';
import type { CompletionContext } from './completion-context.ts';

/** How much a field is needed beside those that are there already: 0 is needed, 1 is possible, 2 has no use. */
export interface FieldUse {
  readonly rank: 0 | 1 | 2;
  /** Why, in a few words. */
  readonly note?: string;
}

/** What the fields that are there make of each field that is not. */
export function usesIn(
  { place, resource, path }: CompletionContext,
  struct: StructType,
): (field: SchemaField) => FieldUse {
  const { root } = place.document;
  const given = objectOf(findNode(root, place.path));
  const spec = objectOf(findNode(root, [...resource.path, 'spec']));
  const rules = path.length === 0 ? OF_OBJECTS : (RULES[struct.name] ?? []);
  const holding = rules.filter(({ when }) => when?.(given, spec) ?? true);
  return (field) => useBy(holding, field);
}

function useBy(holding: readonly UseRule[], { name, required }: SchemaField): FieldUse {
  const own = holding.filter(({ fields }) => fields.includes(name));
  const useless = own.find(({ useless }) => useless !== undefined)?.useless;
  if (useless !== undefined) return { rank: 2, note: useless };
  if (required) return { rank: 0, note: 'required' };
  return { rank: own.length > 0 ? 0 : 1 };
}

function objectOf(node: YamlNode | undefined): JsonObject {
  const data = dataOf(node);
  return isJsonObject(data) ? data : {};
}

/** Fields that are needed, or without use for the reason that is given, where a condition holds of the fields beside them. */
interface UseRule {
  readonly fields: readonly string[];
  readonly when?: (given: JsonObject, spec: JsonObject) => boolean;
  readonly useless?: string;
}

/** A name in DNS has no Pods behind it (SVC-EXT-7). */
const NOT_OF_NAMES = [
  'selector',
  'clusterIP',
  'clusterIPs',
  'externalIPs',
  'sessionAffinity',
  'sessionAffinityConfig',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'externalTrafficPolicy',
  'healthCheckNodePort',
  'publishNotReadyAddresses',
  'ipFamilies',
  'ipFamilyPolicy',
  'allocateLoadBalancerNodePorts',
  'loadBalancerClass',
  'internalTrafficPolicy',
  'trafficDistribution',
];

const OF_LOAD_BALANCERS = [
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'allocateLoadBalancerNodePorts',
  'loadBalancerClass',
  'healthCheckNodePort',
];

/** What kube-proxy acts on, which knows no headless Services, and what the server warns of (SVC-HL-4, KP-2). */
const NOT_OF_HEADLESS = [
  'sessionAffinity',
  'sessionAffinityConfig',
  'externalIPs',
  'internalTrafficPolicy',
  'trafficDistribution',
];

const SET_BY_SERVER = [
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
];

const isNamed = ({ type }: JsonObject) => type === 'ExternalName';
const isBalanced = ({ type }: JsonObject) => type === 'LoadBalancer';
const hasNodePorts = ({ type }: JsonObject) => type === 'NodePort' || type === 'LoadBalancer';
const isExternal = (spec: JsonObject) => hasNodePorts(spec) || has('externalIPs')(spec);

function has(...names: readonly string[]): (given: JsonObject) => boolean {
  return (given) => names.some((name) => Object.hasOwn(given, name));
}

function not(condition: (given: JsonObject) => boolean): (given: JsonObject) => boolean {
  return (given) => !condition(given);
}

function leavesOut(direction: string): (spec: JsonObject) => boolean {
  return ({ policyTypes }) => Array.isArray(policyTypes) && policyTypes.length > 0 && !policyTypes.includes(direction);
}

/** The same of the Service that a port is in. */
function inService(condition: (spec: JsonObject) => boolean): (given: JsonObject, spec: JsonObject) => boolean {
  return (_, spec) => condition(spec);
}

/** Of groups of fields that exclude each other those that are not there. */
function oneOf(...groups: readonly (readonly string[])[]): readonly UseRule[] {
  return groups.flatMap((fields) =>
    groups
      .filter((group) => group !== fields)
      .map((others) => ({ fields, when: has(...others), useless: `not beside ${others.join(' or ')}` })),
  );
}

const OF_OBJECTS: readonly UseRule[] = [{ fields: ['status'], useless: 'the server fills it in' }];

/** By the struct that the field is in. */
const RULES: Readonly<Record<string, readonly UseRule[]>> = {
  ObjectMeta: [
    { fields: SET_BY_SERVER, useless: 'the server fills it in' },
    { fields: ['generateName'], when: has('name'), useless: 'not beside name' },
  ],
  ServiceSpec: [
    { fields: ['externalName'], when: isNamed },
    { fields: ['externalName'], when: not(isNamed), useless: 'only for ExternalName' },
    { fields: ['ports'], when: isNamed, useless: 'for ExternalName only read by Ingress controllers' },
    { fields: NOT_OF_NAMES, when: isNamed, useless: 'not for ExternalName' },
    { fields: ['clusterIPs'], when: not(has('clusterIP')), useless: 'only beside clusterIP' },
    { fields: OF_LOAD_BALANCERS, when: not(isBalanced), useless: 'only for LoadBalancer' },
    { fields: ['externalTrafficPolicy'], when: not(isExternal), useless: 'only for NodePort and LoadBalancer' },
    {
      fields: ['healthCheckNodePort'],
      when: ({ externalTrafficPolicy }) => externalTrafficPolicy !== 'Local',
      useless: 'only for externalTrafficPolicy Local',
    },
    {
      fields: ['sessionAffinityConfig'],
      when: ({ sessionAffinity }) => sessionAffinity !== 'ClientIP',
      useless: 'only for sessionAffinity ClientIP',
    },
    { fields: NOT_OF_HEADLESS, when: ({ clusterIP }) => clusterIP === 'None', useless: 'not for headless Services' },
  ],
  ServicePort: [
    { fields: ['nodePort'], when: inService(not(hasNodePorts)), useless: 'only for NodePort and LoadBalancer' },
  ],
  IngressSpec: [{ fields: ['rules'] }],
  HTTPIngressPath: [{ fields: ['path'] }],
  IngressBackend: oneOf(['service'], ['resource']),
  ServiceBackendPort: oneOf(['name'], ['number']),
  NetworkPolicySpec: [
    { fields: ['ingress'], when: leavesOut('Ingress'), useless: 'policyTypes leaves it out' },
    { fields: ['egress'], when: leavesOut('Egress'), useless: 'policyTypes leaves it out' },
  ],
  NetworkPolicyPeer: oneOf(['ipBlock'], ['podSelector', 'namespaceSelector']),
  NetworkPolicyPort: [
    { fields: ['endPort'], when: ({ port }) => typeof port !== 'number', useless: 'only for a port that is a number' },
  ],
  LabelSelectorRequirement: [
    {
      fields: ['values'],
      when: ({ operator }) => operator === 'Exists' || operator === 'DoesNotExist',
      useless: 'only for In and NotIn',
    },
    { fields: ['values'], when: ({ operator }) => operator === 'In' || operator === 'NotIn' },
  ],
  PodSpec: [{ fields: ['dnsConfig'], when: ({ dnsPolicy }) => dnsPolicy === 'None' }],
  Probe: oneOf(['exec'], ['httpGet'], ['tcpSocket'], ['grpc']),
  EnvVar: oneOf(['value'], ['valueFrom']),
  Endpoint: [{ fields: ['deprecatedTopology'], useless: 'the server ignores it' }],
};
