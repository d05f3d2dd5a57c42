import type { FieldPath } from '../yaml/index.ts';
import type { Fields } from './fields.ts';
import type { Labels } from './selector.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** A protocol field with its default, TCP (SVC-DEF-5, POD-DEF-1). An unknown word is TCP too: the server rejects it. */
export function protocolOf(text: string | undefined): Protocol {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}

/** A port that a container declares. Declaring is optional for numbers, needed for names (PORT-13). */
export interface ContainerPort {
  readonly path: FieldPath;
  readonly name: string | undefined;
  readonly containerPort: number;
  readonly protocol: Protocol;
  readonly hostPort: number | undefined;
  readonly hostIP: string | undefined;
}

export interface EnvVar {
  readonly path: FieldPath;
  readonly name: string;
  readonly value: string | undefined;
}

export interface Container {
  readonly path: FieldPath;
  readonly name: string;
  readonly ports: readonly ContainerPort[];
  readonly env: readonly EnvVar[];
}

/** A line for resolv.conf: `ndots:2`, or a bare `edns0`. */
export interface DnsOption {
  readonly path: FieldPath;
  readonly name: string;
  readonly value: string | undefined;
}

/** What the kubelet adds to the resolv.conf that the DNS policy gives. */
export interface DnsConfig {
  readonly nameservers: readonly { readonly value: string; readonly path: FieldPath }[];
  readonly options: readonly DnsOption[];
}

/** Names for one address in the Pod's /etc/hosts. */
export interface HostAlias {
  readonly path: FieldPath;
  readonly ip: string;
  readonly hostnames: readonly string[];
}

/** The Pod that a workload makes, or a Pod itself. */
export interface PodTemplate {
  /** Where `metadata` and `spec` stand: `spec.template` of a Deployment, the root of a Pod. */
  readonly path: FieldPath;
  /** A template may name a namespace, but no controller reads it. */
  readonly writtenNamespace: string | undefined;
  readonly labels: Labels;
  readonly containers: readonly Container[];
  /** Init containers that keep running (`restartPolicy: Always`), so their ports count. */
  readonly sidecars: readonly Container[];
  readonly hostNetwork: boolean;
  readonly dnsPolicy: string | undefined;
  readonly dnsConfig: DnsConfig;
  readonly hostAliases: readonly HostAlias[];
  readonly hostname: string | undefined;
  readonly subdomain: string | undefined;
  readonly setHostnameAsFQDN: boolean;
  readonly nodeName: string | undefined;
}

/** `fields` is what holds `metadata` and `spec`. */
export function decodePodTemplate(fields: Fields): PodTemplate {
  const metadata = fields.object('metadata');
  const spec = fields.object('spec');
  return {
    path: fields.path,
    writtenNamespace: metadata?.string('namespace') || undefined,
    labels: metadata?.stringMap('labels') ?? new Map(),
    containers: (spec?.objects('containers') ?? []).map(decodeContainer),
    sidecars: (spec?.objects('initContainers') ?? []).filter(isSidecar).map(decodeContainer),
    hostNetwork: spec?.boolean('hostNetwork') ?? false,
    dnsPolicy: spec?.string('dnsPolicy'),
    dnsConfig: decodeDnsConfig(spec?.object('dnsConfig')),
    hostAliases: (spec?.objects('hostAliases') ?? []).map(decodeHostAlias),
    hostname: spec?.string('hostname'),
    subdomain: spec?.string('subdomain'),
    setHostnameAsFQDN: spec?.boolean('setHostnameAsFQDN') ?? false,
    nodeName: spec?.string('nodeName'),
  };
}

function decodeDnsConfig(fields: Fields | undefined): DnsConfig {
  return {
    nameservers: fields?.strings('nameservers') ?? [],
    options: (fields?.objects('options') ?? []).map((option) => ({
      path: option.path,
      name: option.string('name') ?? '',
      value: option.string('value'),
    })),
  };
}

function decodeHostAlias(fields: Fields): HostAlias {
  return {
    path: fields.path,
    ip: fields.string('ip') ?? '',
    hostnames: fields.strings('hostnames').map((item) => item.value),
  };
}

function isSidecar(container: Fields): boolean {
  return container.string('restartPolicy') === 'Always';
}

function decodeContainer(fields: Fields): Container {
  return {
    path: fields.path,
    name: fields.string('name') ?? '',
    ports: fields.objects('ports').flatMap(decodeContainerPort),
    env: fields.objects('env').map((item) => ({
      path: item.path,
      name: item.string('name') ?? '',
      value: item.string('value'),
    })),
  };
}

function decodeContainerPort(fields: Fields): readonly ContainerPort[] {
  const containerPort = fields.integer('containerPort');
  if (containerPort === undefined) return [];
  return [
    {
      path: fields.path,
      name: fields.string('name'),
      containerPort,
      protocol: protocolOf(fields.string('protocol')),
      hostPort: fields.integer('hostPort') || undefined,
      hostIP: fields.string('hostIP') || undefined,
    },
  ];
}
