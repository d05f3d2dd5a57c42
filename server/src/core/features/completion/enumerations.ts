import { typeAt } from '../../api/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import type { FieldPath } from '../../yaml/index.ts';
import { findPlace } from '../hover/field-place.ts';
import type { Choice, Chooser } from './completion-context.ts';

/** The values of fields that take one of a few words, the default first, each with what it does. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Service spec.type': {
    ClusterIP: 'an address inside of the cluster',
    NodePort: 'also a port of every node',
    LoadBalancer: 'also a load balancer outside of the cluster',
    ExternalName: 'only a DNS alias for another host',
  },
  'Service spec.sessionAffinity': {
    None: 'each connection is spread anew',
    ClientIP: 'a client address keeps its endpoint for a while',
  },
  'Service spec.externalTrafficPolicy': {
    Cluster: 'any endpoint, the client address is hidden',
    Local: 'endpoints of the same node only, the client address is kept',
  },
  'Service spec.internalTrafficPolicy': {
    Cluster: 'any endpoint',
    Local: 'endpoints of the same node only, else dropped',
  },
  'Service spec.ipFamilyPolicy': {
    SingleStack: 'one address',
    PreferDualStack: 'two addresses where the cluster has two families',
    RequireDualStack: 'two addresses, or refused',
  },
  'Service spec.trafficDistribution': {
    PreferSameZone: 'endpoints of the same zone first',
    PreferSameNode: 'endpoints of the same node first',
    PreferClose: 'deprecated name of PreferSameZone',
  },
  'Service spec.ipFamilies': { IPv4: 'an IPv4 address', IPv6: 'an IPv6 address' },
  'Service spec.clusterIP': { None: 'headless: the name leads to the Pods themselves' },
  'Ingress spec.rules.http.paths.pathType': {
    Prefix: 'the path and everything below it',
    Exact: 'this path only',
    ImplementationSpecific: 'as the controller has it',
  },
  'NetworkPolicy spec.podSelector': { '{}': 'every Pod of the namespace' },
  'NetworkPolicy spec.policyTypes': {
    Ingress: 'connections to the Pods are limited',
    Egress: 'connections from the Pods are limited',
  },
  'EndpointSlice addressType': {
    IPv4: 'IPv4 addresses',
    IPv6: 'IPv6 addresses',
    FQDN: 'host names, deprecated',
  },
  'IngressClass spec.parameters.scope': {
    Cluster: 'a cluster-scoped object',
    Namespace: 'an object of the namespace beside it',
  },
};

/** The same for fields that many kinds have, by their last two names. */
const COMMON: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ports.protocol': { TCP: 'the default', UDP: 'datagrams', SCTP: 'where the network plugin has it' },
  'matchExpressions.operator': {
    In: 'the label has one of the values',
    NotIn: 'the label has none of the values, or is missing',
    Exists: 'the label is there, whatever its value',
    DoesNotExist: 'the label is missing',
  },
  'spec.dnsPolicy': {
    ClusterFirst: 'cluster DNS',
    ClusterFirstWithHostNet: 'cluster DNS, for Pods with hostNetwork',
    Default: 'the DNS of the node',
    None: 'only what dnsConfig says',
  },
  'from.podSelector': { '{}': 'every Pod' },
  'to.podSelector': { '{}': 'every Pod' },
  'from.namespaceSelector': { '{}': 'every namespace' },
  'to.namespaceSelector': { '{}': 'every namespace' },
  'httpGet.scheme': { HTTP: 'the default', HTTPS: 'without a check of the certificate' },
};

/** Words that a field takes, and true or false. */
export const enumerationChoices: Chooser = ({ resource, path }) => {
  const names = path.filter((step) => typeof step === 'string');
  const words = VALUES[`${resource.kind} ${names.join('.')}`] ?? COMMON[names.slice(-2).join('.')];
  if (words !== undefined) return Object.entries(words).map(([label, reason]) => ({ label, reason, kind: 'value' }));
  const type = typeAt(apiVersionOf(resource), resource.kind, path);
  return type?.kind === 'scalar' && type.base === 'bool' ? trueOrFalse(resource, path) : [];
};

function trueOrFalse(resource: Resource, path: FieldPath): readonly Choice[] {
  const { words = '' } = findPlace(apiVersionOf(resource), resource.kind, path) ?? {};
  const sentences = typeof words === 'string' ? {} : words;
  return ['true', 'false'].map((label) => ({ label, reason: sentences[label] ?? '', kind: 'value' }));
}
