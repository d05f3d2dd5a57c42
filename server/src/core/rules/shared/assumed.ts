import type { ApiAnswer, FieldError } from '../../api/index.ts';
import { apiAnswerTo, askElsewhere, type Cluster } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import type { Severity } from '../rule.ts';

type Setting = NonNullable<FieldError['dependsOn']>;

/** The setting that an error rests on where nobody has said what it is. */
export function assumedSetting({ dependsOn }: FieldError, { settings }: Cluster): Setting | undefined {
  return dependsOn === undefined || settings.given.has(dependsOn) ? undefined : dependsOn;
}

/** The server's failures have no field; only health check ports come to one. */
export function isAssumedFailure(message: string, { settings }: Cluster): boolean {
  return message.includes('not in the valid range') && !settings.given.has('nodePortRange');
}

/**
 * Hardly anybody changes the range of node ports. The service CIDRs are everywhere different, and how many families a cluster has is
 * mostly known to whoever asks for them.
 */
export function assumedSeverity(setting: Setting, { detail }: Pick<FieldError, 'detail'>): Severity {
  if (setting === 'nodePortRange') return 'warning';
  return /\bnot configured\b/.test(detail) ? 'hint' : 'information';
}

/** Other clusters have other addresses and ports, and which one this is for is not said. */
export function assumption(dependsOn: Setting, { settings }: Cluster): string {
  const { serviceCIDRs, nodePortRange } = settings;
  const value = dependsOn === 'serviceCIDRs' ? serviceCIDRs.join(', ') : `${nodePortRange.first}-${nodePortRange.last}`;
  return `Assumed is kubeadm's ${value}: if the cluster has another, set ${dependsOn} in .kube-netlens.yaml.`;
}

/**
 * The answer to an object, and behind it what another cluster would say: the server stops at the first refusal, and one that is only
 * assumed must not hide those that are sure.
 */
export function answersTo(resource: Resource, cluster: Cluster): readonly ApiAnswer[] {
  const answer = apiAnswerTo(cluster, resource);
  if (answer === undefined) return [];
  const elsewhere = isOnlyAssumed(answer, cluster) ? askElsewhere(cluster, resource) : undefined;
  return elsewhere === undefined ? [answer] : [answer, elsewhere];
}

function isOnlyAssumed(answer: ApiAnswer, cluster: Cluster): boolean {
  if (answer.status === 201 || answer.problems.length > 0) return false;
  if (answer.status === 500) return isAssumedFailure(answer.message, cluster);
  return answer.errors.length > 0 && answer.errors.every((error) => assumedSetting(error, cluster) !== undefined);
}
