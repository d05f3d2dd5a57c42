import type { PodTemplate, ServicePort, ServiceResource } from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { podNames } from './dns.ts';
import { workloadsOfService } from './select.ts';

/** What a name leads to when a Pod looks it up in the cluster's DNS. */
export interface ResolvedHost {
  readonly service: ServiceResource;
  /** The full name that was found. */
  readonly name: string;
  /** How many names the resolver asked for until this one, from 1 (dns.md, section 5: search list, ndots 5). */
  readonly tries: number;
  /** The Pod that the name is about, for names of single Pods below a headless Service. */
  readonly pod: string | undefined;
}

/** Dots from which a resolver tries a name as it is before the search list, in Pods with cluster DNS. */
const NDOTS = 5;

/**
 * Resolves a host name as a Pod of the namespace does with dnsPolicy ClusterFirst. Undefined if no Service in view answers
 * to it; names are compared without regard to case.
 */
export function resolveHost(cluster: Cluster, namespace: string, host: string): ResolvedHost | undefined {
  const names = namesTried(cluster, namespace, host.toLowerCase());
  for (const [index, name] of names.entries()) {
    const found = findByFullName(cluster, name);
    if (found !== undefined) return { ...found, name, tries: index + 1 };
  }
  return undefined;
}

/** The names that a resolver asks for in turn. A trailing dot makes a name absolute. */
export function namesTried(cluster: Cluster, namespace: string, host: string): readonly string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const domain = cluster.settings.clusterDomain;
  const searched = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain].map((suffix) => `${host}.${suffix}`);
  const dots = host.split('.').length - 1;
  return dots >= NDOTS ? [host, ...searched] : [...searched, host];
}

/** The Service or Pod behind a full name: `service.namespace.svc.ZONE` or `pod.service.namespace.svc.ZONE`. */
function findByFullName(cluster: Cluster, name: string): Pick<ResolvedHost, 'service' | 'pod'> | undefined {
  const zone = `.svc.${cluster.settings.clusterDomain.toLowerCase()}`;
  if (!name.endsWith(zone)) return undefined;
  const labels = name.slice(0, -zone.length).split('.');
  const [namespace = '', serviceName = '', pod, ...more] = labels.reverse();
  const service = cluster.namespace(namespace).findService(serviceName);
  if (service === undefined || more.length > 0) return undefined;
  if (pod === undefined) return { service, pod: undefined };
  const pods = workloadsOfService(cluster, service).flatMap(({ workload }) => podNames(workload, service));
  return pods.includes(pod) ? { service, pod } : undefined;
}

/** The Service's port of a number, whatever its protocol. */
export function findServicePort(service: ServiceResource, number: number): ServicePort | undefined {
  return service.spec.ports.find((port) => port.port === number);
}

/** Whether a Pod asks the cluster's DNS at all (dns.md, section 4). */
export function usesClusterDns(template: PodTemplate): boolean {
  if (template.dnsPolicy === 'ClusterFirstWithHostNet') return true;
  return (template.dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst' && !template.hostNetwork;
}

/** A host name in a text, and the port written after it. */
export interface WrittenHost {
  readonly name: string;
  readonly port: number | undefined;
  /** Where the name stands in the text. */
  readonly start: number;
  /** It stands alone, in a URL, or before a port: then even a bare word is a host name. */
  readonly isEvident: boolean;
}

const HOST = /(?<before>^|[^\w.-])(?<name>[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?)(:(?<port>\d{1,5}))?(?=$|[^\w.:-])/gi;

/** Everything in a text that can be a host name. Whether it is one, only a lookup tells. */
export function findHosts(text: string): readonly WrittenHost[] {
  const whole = text.trim().replace(/^["']|["']$/g, '');
  return [...text.matchAll(HOST)].map((match) => {
    const { before = '', name = '', port } = match.groups ?? {};
    const start = match.index + before.length;
    const isInUrl = text.slice(0, start).endsWith('://') || before === '@';
    const isAlone = whole === match[0].slice(before.length);
    return {
      name,
      port: port === undefined ? undefined : Number(port),
      start,
      isEvident: isAlone || isInUrl || port !== undefined,
    };
  });
}
