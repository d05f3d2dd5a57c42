import { nanoIn, type ResourceList } from '../../amount.ts';
import type { PodSpec, ResourceRequirements } from './types.ts';

const COMPUTE = ['cpu', 'memory'];

/**
 * How well a Pod's claim on its node is kept (pkg/apis/core/helper/qos, ComputePodQOS): `Guaranteed` if every container limits
 * CPU and memory and requests just that, `BestEffort` if none asks for anything. Resources of the Pod itself win over its containers'.
 */
export function qosClassOf(spec: PodSpec): string {
  const claims = spec.resources === undefined ? containerClaims(spec) : [spec.resources];
  const requests = totals(claims.map((claim) => claim.requests));
  const limits = totals(claims.map((claim) => claim.limits));
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const isLimited =
    spec.resources === undefined
      ? claims.every(limitsAll)
      : !hasAny(spec.resources.limits) || limitsAll(spec.resources);
  const isEqual = requests.size === limits.size && [...requests].every(([name, value]) => limits.get(name) === value);
  return isLimited && isEqual ? 'Guaranteed' : 'Burstable';
}

function containerClaims({ containers = [], initContainers = [] }: PodSpec): readonly ResourceRequirements[] {
  return [...containers, ...initContainers].map(({ resources }) => resources ?? {});
}

function limitsAll({ limits = {} }: ResourceRequirements): boolean {
  return COMPUTE.every((name) => nanoIn(limits, name) > 0n);
}

function hasAny(list: ResourceList | undefined): boolean {
  return Object.keys(list ?? {}).length > 0;
}

function totals(lists: readonly (ResourceList | undefined)[]): ReadonlyMap<string, bigint> {
  const sums = COMPUTE.map((name) => {
    const amounts = lists.map((list) => nanoIn(list ?? {}, name)).filter((amount) => amount > 0n);
    return [name, amounts.reduce((sum, amount) => sum + amount, 0n)] as const;
  });
  return new Map(sums.filter(([, sum]) => sum > 0n));
}
