import {
  isExternalName,
  isHeadless,
  namespaceOf,
  type ServiceResource,
  type WorkloadResource,
} from '../manifest/index.ts';
import { addressesOf, familiesOf } from './addresses.ts';
import type { Cluster } from './cluster.ts';
import { ordinalsOf } from './pod-labels.ts';
import { resolveTargetPort } from './ports.ts';
import { workloadsOfService } from './select.ts';

/** The names of a Service, from the shortest, which only its own namespace resolves, to the full one. */
export interface ServiceNames {
  readonly short: string;
  readonly withNamespace: string;
  readonly full: string;
}

export function namesOf(cluster: Cluster, service: ServiceResource): ServiceNames {
  const withNamespace = `${service.name}.${namespaceOf(service)}`;
  return { short: service.name, withNamespace, full: `${withNamespace}.svc.${cluster.settings.clusterDomain}` };
}

/** One record that the cluster's DNS answers; `data` in words where no figure is known before creation. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'SRV';
  readonly data: string;
  /** Whether `data` is record data, or words about it. */
  readonly known: boolean;
}

/** The records of a Service (kubernetes/dns specification 1.1.0, section 2). SRV only for named ports (DNS-1). */
export function recordsOf(cluster: Cluster, service: ServiceResource): readonly DnsRecord[] {
  const { full } = namesOf(cluster, service);
  if (isExternalName(service.spec)) return externalRecords(full, service);
  if (isHeadless(service.spec)) return headlessRecords(cluster, service, full);
  const addresses = addressesOf(cluster, service).map((address): DnsRecord => {
    const type = address.family === 'IPv4' ? 'A' : 'AAAA';
    if (address.kind === 'given') return { name: full, type, data: address.address, known: true };
    return { name: full, type, data: 'its address', known: false };
  });
  const named = service.spec.ports.filter((port) => port.name !== '');
  const services = named.map(
    (port): DnsRecord => ({
      name: `_${port.name}._${port.protocol.toLowerCase()}.${full}`,
      type: 'SRV',
      data: `0 100 ${port.port} ${full}`,
      known: true,
    }),
  );
  return [...addresses, ...services];
}

function externalRecords(name: string, service: ServiceResource): readonly DnsRecord[] {
  const target = service.spec.externalName;
  return target === undefined ? [] : [{ name, type: 'CNAME', data: target, known: true }];
}

/** One address record per ready Pod and family; SRV records carry the Pod's port (SVC-PORT-13). */
function headlessRecords(cluster: Cluster, service: ServiceResource, full: string): readonly DnsRecord[] {
  const types = familiesOf(cluster, service).map((family) => (family === 'IPv4' ? 'A' : 'AAAA'));
  const workloads = workloadsOfService(cluster, service).map(({ workload }) => workload);
  const names = workloads.flatMap((workload) => podNames(workload, service)).map((host) => `${host}.${full}`);
  const addresses = types.flatMap((type): DnsRecord[] => [
    { name: full, type, data: 'one per ready Pod', known: false },
    ...names.map((name): DnsRecord => ({ name, type, data: 'its Pod, when ready', known: false })),
  ]);
  return [...addresses, ...headlessServices(service, workloads, full)];
}

function headlessServices(
  service: ServiceResource,
  workloads: readonly WorkloadResource[],
  full: string,
): readonly DnsRecord[] {
  return service.spec.ports
    .filter((port) => port.name !== '')
    .flatMap((port) => {
      const ports = workloads.flatMap((workload) => resolveTargetPort(workload.spec.template, port)?.port ?? []);
      const name = `_${port.name}._${port.protocol.toLowerCase()}.${full}`;
      return [...new Set(ports)].map(
        (number): DnsRecord => ({ name, type: 'SRV', data: `port ${number} of each ready Pod`, known: false }),
      );
    });
}

/** Host names of the Pods under a headless Service: a hostname and this Service as subdomain, which a StatefulSet sets itself (SS-2). */
export function podNames(workload: WorkloadResource, service: ServiceResource): readonly string[] {
  const { spec, name } = workload;
  if (spec.kind === 'StatefulSet') {
    return spec.serviceName === service.name ? ordinalsOf(workload).map((ordinal) => `${name}-${ordinal}`) : [];
  }
  return spec.template.subdomain === service.name && spec.template.hostname ? [spec.template.hostname] : [];
}
