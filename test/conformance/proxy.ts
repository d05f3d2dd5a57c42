import {
  type Cluster,
  categorizer,
  endpointsOf,
  type ProxyPort,
  planNodes,
  proxyPortsOf,
  type ServiceEndpoint,
  slicesOf,
} from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { canonical, filesOf, readLines } from './lines.ts';
import { clusterOf } from './netpol.ts';
import type { CaseResult } from './result.ts';

/** What kube-proxy of one address family on one node makes of a Service and its slices. */
interface RecordedProxy {
  readonly id: string;
  readonly node: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly ipFamily: 'IPv4' | 'IPv6';
  readonly service: { readonly metadata: { readonly namespace: string; readonly name: string } };
  readonly endpointSlices: readonly unknown[];
  readonly ports: readonly Readonly<Record<string, unknown>>[];
}

/** Compares which endpoints kube-proxy uses with recorded ones. */
export function compareProxy({ path }: Case): CaseResult {
  const disagreed: string[] = [];
  const lines = readLines<RecordedProxy>(path);
  for (const line of lines) {
    const difference = differenceIn(line);
    if (difference !== undefined) disagreed.push(`${line.id} : ${difference}`);
  }
  return { agreed: lines.length - disagreed.length, disagreed, unsupported: [] };
}

function differenceIn({ node, ipFamily, service, endpointSlices, ports }: RecordedProxy): string | undefined {
  const cluster = clusterOf(filesOf([service, ...endpointSlices]));
  const got = portsOn(cluster, service.metadata, { name: node.name, zone: node.labels?.[ZONE_LABEL] }, ipFamily);
  if (got.length !== ports.length) return `${ports.length} ports (got ${got.length})`;
  for (const [index, port] of ports.entries()) {
    const wrong = Object.keys(port).find((key) => canonical(port[key]) !== canonical(got[index]?.[key]));
    if (wrong === undefined) continue;
    return `${wrong} ${JSON.stringify(port[wrong])} (got ${JSON.stringify(got[index]?.[wrong])})`;
  }
  return undefined;
}

const ZONE_LABEL = 'topology.kubernetes.io/zone';

function portsOn(
  cluster: Cluster,
  { namespace, name }: RecordedProxy['service']['metadata'],
  node: { readonly name: string; readonly zone: string | undefined },
  family: RecordedProxy['ipFamily'],
): readonly Readonly<Record<string, unknown>>[] {
  const service = cluster.namespace(namespace).findService(name);
  if (service === undefined) return [];
  const { groups } = slicesOf(cluster, service, planNodes(cluster));
  return proxyPortsOf(service, family).map((programmed) => {
    const {
      cluster: anywhere,
      local,
      hasAny,
    } = categorizer(endpointsOf(groups, programmed.port, family), programmed.policy)(node);
    const clusterEndpoints = textsOf(anywhere?.endpoints ?? []);
    const localEndpoints = textsOf(local?.endpoints ?? []);
    return {
      ...programmedFields(programmed),
      sessionAffinity: service.spec.sessionAffinity,
      stickySeconds: service.spec.affinitySeconds,
      clusterEndpoints,
      localEndpoints,
      allReachableEndpoints: [...new Set([...clusterEndpoints, ...localEndpoints])].sort(),
      hasAnyEndpoints: hasAny,
    };
  });
}

function programmedFields({ port, policy, ...fields }: ProxyPort): Readonly<Record<string, unknown>> {
  return {
    ...fields,
    name: port.name,
    protocol: port.protocol,
    port: port.port,
    nodePort: port.nodePort ?? 0,
    internalPolicyLocal: policy.isInternalLocal,
    externalPolicyLocal: policy.isExternalLocal,
    externallyAccessible: policy.isExternallyAccessible,
  };
}

function textsOf(endpoints: readonly ServiceEndpoint[]): readonly string[] {
  return endpoints
    .map(({ address = '', port }) => `${address.includes(':') ? `[${address}]` : address}:${port}`)
    .sort();
}
