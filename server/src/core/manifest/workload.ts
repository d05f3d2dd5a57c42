import type { Fields } from './fields.ts';
import { decodePodTemplate, type PodTemplate } from './pod-template.ts';
import { decodeLabelSelector, type LabelSelector } from './selector.ts';

export type WorkloadKind =
  | 'Pod'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Job'
  | 'CronJob';

/** What a dump of a live Pod says of it. */
export interface PodStatus {
  readonly podIPs: readonly string[];
  /** `Succeeded` and `Failed` Pods are no endpoints any more. */
  readonly phase: string | undefined;
  /** Condition Ready; undefined where the manifest has no status. */
  readonly ready: boolean | undefined;
  readonly terminating: boolean;
}

export interface WorkloadSpec {
  readonly kind: WorkloadKind;
  /** As defaulted (1); undefined where no figure stands in the manifest: one Pod per Node of a DaemonSet. */
  readonly replicas: number | undefined;
  readonly template: PodTemplate;
  readonly selector: LabelSelector | undefined;
  /** StatefulSet only. */
  readonly serviceName: string | undefined;
  readonly firstOrdinal: number;
  /** Job and CronJob only: each Pod has an index, and a hostname made of it. */
  readonly isIndexed: boolean;
  /** Pod only. */
  readonly status: PodStatus | undefined;
  /** Pod only: the controller that made it, in a dump of a live cluster. */
  readonly owner: PodOwner | undefined;
}

/** A reference to the object that a Pod belongs to. */
export interface PodOwner {
  readonly kind: string;
  readonly name: string;
}

export function decodeWorkload(kind: WorkloadKind, fields: Fields): WorkloadSpec {
  const spec = fields.object('spec');
  return {
    kind,
    replicas: replicasOf(kind, spec),
    template: decodePodTemplate(templateFields(kind, fields, spec)),
    selector: kind === 'ReplicationController' || kind === 'Pod' ? undefined : decodeLabelSelector(spec, 'selector'),
    serviceName: kind === 'StatefulSet' ? spec?.string('serviceName') || undefined : undefined,
    firstOrdinal: (kind === 'StatefulSet' ? spec?.object('ordinals')?.integer('start') : undefined) ?? 0,
    isIndexed: jobFields(kind, spec)?.string('completionMode') === 'Indexed',
    status: kind === 'Pod' ? decodeStatus(fields) : undefined,
    owner: kind === 'Pod' ? decodeOwner(fields) : undefined,
  };
}

function jobFields(kind: WorkloadKind, spec: Fields | undefined): Fields | undefined {
  if (kind === 'CronJob') return spec?.object('jobTemplate')?.object('spec');
  return kind === 'Job' ? spec : undefined;
}

/** What holds the Pod's `metadata` and `spec`; where it is missing, the workload's own mapping with nothing readable in it. */
function templateFields(kind: WorkloadKind, fields: Fields, spec: Fields | undefined): Fields {
  if (kind === 'Pod') return fields;
  const owner = kind === 'CronJob' ? spec?.object('jobTemplate')?.object('spec') : spec;
  return (
    owner?.object('template') ??
    fields.empty([...fields.path, ...TEMPLATE_PATH[kind === 'CronJob' ? 'CronJob' : 'other']])
  );
}

const TEMPLATE_PATH = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  other: ['spec', 'template'],
} as const;

function replicasOf(kind: WorkloadKind, spec: Fields | undefined): number | undefined {
  switch (kind) {
    case 'Pod':
      return 1;
    case 'DaemonSet':
      return undefined;
    case 'Job':
      return spec?.integer('parallelism') ?? 1;
    case 'CronJob':
      return spec?.object('jobTemplate')?.object('spec')?.integer('parallelism') ?? 1;
    default:
      return spec?.integer('replicas') ?? 1;
  }
}

function decodeStatus(fields: Fields): PodStatus | undefined {
  const status = fields.object('status');
  if (status === undefined) return undefined;
  const podIPs = status.objects('podIPs').flatMap((item) => item.string('ip') ?? []);
  const podIP = status.string('podIP');
  const readyCondition = status.objects('conditions').find((condition) => condition.string('type') === 'Ready');
  return {
    podIPs: podIPs.length > 0 ? podIPs : podIP ? [podIP] : [],
    phase: status.string('phase'),
    ready: readyCondition && readyCondition.string('status') === 'True',
    terminating: fields.object('metadata')?.has('deletionTimestamp') ?? false,
  };
}

function decodeOwner(fields: Fields): PodOwner | undefined {
  const owners = fields.object('metadata')?.objects('ownerReferences') ?? [];
  // A Node owns the mirror Pods of its static Pods, each of which is a workload of its own.
  const owner = owners.find((each) => each.string('kind') !== 'Node');
  return owner && { kind: owner.string('kind') ?? '', name: owner.string('name') ?? '' };
}
