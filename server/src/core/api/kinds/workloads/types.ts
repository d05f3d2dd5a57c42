import type { ApiObject } from '../../kind-rules.ts';
import type { LabelSelectorObject, StringMap } from '../../labels.ts';
import type { ObjectMeta } from '../../object-meta.ts';
import type { PodTemplate } from '../pod/types.ts';
import type { ClaimSpec } from '../pod/volume-types.ts';

/** A number, or a percentage. */
export type IntOrPercent = number | string;

/** The parts of the controllers of Pods that their rules read, decoded. */
export interface Workload<Spec> extends ApiObject {
  readonly spec?: Spec;
  readonly status?: unknown;
}

export interface DeploymentSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelectorObject;
  readonly template?: PodTemplate;
  readonly strategy?: UpdateStrategy;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly progressDeadlineSeconds?: number;
}

export interface UpdateStrategy {
  readonly type?: string;
  readonly rollingUpdate?: RollingUpdate;
}

export interface RollingUpdate {
  readonly maxUnavailable?: IntOrPercent;
  readonly maxSurge?: IntOrPercent;
  readonly partition?: number;
}

export interface ReplicaSetSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly selector?: LabelSelectorObject;
  readonly template?: PodTemplate;
}

export interface ReplicationControllerSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly selector?: StringMap;
  readonly template?: PodTemplate;
}

export interface DaemonSetSpec {
  readonly selector?: LabelSelectorObject;
  readonly template?: PodTemplate;
  readonly updateStrategy?: UpdateStrategy;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
}

export interface StatefulSetSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelectorObject;
  readonly template?: PodTemplate;
  readonly volumeClaimTemplates?: readonly ClaimObject[];
  readonly serviceName?: string;
  readonly podManagementPolicy?: string;
  readonly updateStrategy?: UpdateStrategy;
  readonly revisionHistoryLimit?: number;
  readonly minReadySeconds?: number;
  readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
  readonly ordinals?: { readonly start?: number };
}

export interface ClaimObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
  readonly spec?: ClaimSpec;
  readonly status?: object;
}

export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly activeDeadlineSeconds?: number;
  readonly podFailurePolicy?: { readonly rules?: readonly FailureRule[] };
  readonly successPolicy?: { readonly rules?: readonly SuccessRule[] };
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly selector?: LabelSelectorObject;
  readonly manualSelector?: boolean;
  readonly template?: PodTemplate;
  readonly ttlSecondsAfterFinished?: number;
  readonly completionMode?: string;
  readonly suspend?: boolean;
  readonly podReplacementPolicy?: string;
  readonly managedBy?: string;
}

export interface FailureRule {
  readonly action?: string;
  readonly onExitCodes?: {
    readonly containerName?: string;
    readonly operator?: string;
    readonly values?: readonly number[];
  };
  readonly onPodConditions?: readonly { readonly type?: string; readonly status?: string }[];
}

export interface SuccessRule {
  readonly succeededIndexes?: string;
  readonly succeededCount?: number;
}

export interface CronJobSpec {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly startingDeadlineSeconds?: number;
  readonly concurrencyPolicy?: string;
  readonly suspend?: boolean;
  readonly jobTemplate?: { readonly metadata?: ObjectMeta; readonly spec?: JobSpec };
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
}
