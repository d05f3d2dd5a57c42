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

/** The Pod that a workload makes, or a Pod itself. */
export interface PodTemplate {
  /** Where `metadata` and `spec` stand: `spec.template` of a Deployment, the root of a Pod. */
  readonly path: FieldPath;
  readonly labels: Labels;
  readonly containers: readonly Container[];
  /** Init containers that keep running (`restartPolicy: Always`), so their ports count. */
  readonly sidecars: readonly Container[];
  readonly hostNetwork: boolean;
  readonly dnsPolicy: string | undefined;
  readonly hostname: string | undefined;
  readonly subdomain: string | undefined;
  readonly nodeName: string | undefined;
}

/** `fields` is what holds `metadata` and `spec`. */
export function decodePodTemplate(fields: Fields): PodTemplate {
  const spec = fields.object('spec');
  return {
    path: fields.path,
    labels: fields.object('metadata')?.stringMap('labels') ?? new Map(),
    containers: (spec?.objects('containers') ?? []).map(decodeContainer),
    sidecars: (spec?.objects('initContainers') ?? []).filter(isSidecar).map(decodeContainer),
    hostNetwork: spec?.boolean('hostNetwork') ?? false,
    dnsPolicy: spec?.string('dnsPolicy'),
    hostname: spec?.string('hostname'),
    subdomain: spec?.string('subdomain'),
    nodeName: spec?.string('nodeName'),
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
  const protocol = protocolOf(fields.string('protocol'));
  return [{ path: fields.path, name: fields.string('name'), containerPort, protocol }];
}
