import { nanoOf, type ResourceList, renderNano } from '../../amount.ts';
import { change } from '../../change.ts';
import { entriesOf } from '../../field-checks.ts';
import { type Errors, forbidden, invalid } from '../../field-error.ts';
import { ownValue } from '../../json.ts';
import type { Path } from '../../path.ts';
import { isHugePages, isOvercommitAllowed, isPodLevelResource, podResourceErrors } from './resources.ts';
import type { Container, PodSpec } from './types.ts';

/** Requests that are not given are those of the limits. */
export function withRequests(container: Container): Container {
  return change(container, 'resources', (resources) => {
    const { limits } = resources;
    return limits === undefined ? resources : { ...resources, requests: { ...limits, ...resources.requests } };
  });
}

/**
 * Requests and limits of the Pod as a whole, where it gives only some (pkg/apis/core/v1/defaults.go, defaultPodRequests,
 * defaultHugePagePodLimits).
 */
export function defaultPodResources(spec: PodSpec): PodSpec {
  const { resources } = spec;
  if (resources === undefined) return spec;
  const { limits: givenLimits = {}, requests: givenRequests = {} } = resources;
  const isSet = Object.keys(givenLimits).length + Object.keys(givenRequests).length > 0;
  const limits = isSet ? { ...missingHugePages(spec, givenRequests), ...givenLimits } : givenLimits;
  if (Object.keys(limits).length === 0) return spec;
  const requests = { ...pick(limits, isPodLevelResource), ...missingRequests(spec), ...givenRequests };
  return { ...spec, resources: { ...resources, limits, ...(Object.keys(requests).length > 0 && { requests }) } };
}

function missingHugePages(spec: PodSpec, requests: ResourceList): ResourceList {
  return pick(aggregated(spec, 'limits'), (name) => isHugePages(name) && ownValue(requests, name) === undefined);
}

function missingRequests(spec: PodSpec): ResourceList {
  return pick(aggregated(spec, 'requests'), (name) => isPodLevelResource(name) && isOvercommitAllowed(name));
}

function pick(list: ResourceList, isWanted: (name: string) => boolean): ResourceList {
  return Object.fromEntries(Object.entries(list).filter(([name]) => isWanted(name)));
}

/** What all containers need at once: the sum of those that run together, or the greatest init container if it needs more. */
function aggregated({ containers = [], initContainers = [] }: PodSpec, kind: 'limits' | 'requests'): ResourceList {
  const amountsOf = (container: Container) => Object.entries(container.resources?.[kind] ?? {});
  const running = new Map<string, string>();
  const peak = new Map<string, string>();
  for (const container of initContainers) {
    for (const [name, amount] of amountsOf(container)) {
      const together = combined(running.get(name), amount, sum);
      if (container.restartPolicy === 'Always') running.set(name, together);
      peak.set(name, combined(peak.get(name), together, larger));
    }
  }
  for (const [name, amount] of containers.flatMap(amountsOf)) {
    running.set(name, combined(running.get(name), amount, sum));
  }
  for (const [name, amount] of running) peak.set(name, combined(amount, peak.get(name), larger));
  const names = new Set([...running.keys(), ...peak.keys()]);
  return Object.fromEntries([...names].map((name) => [name, peak.get(name) ?? '0']));
}

function sum(left: bigint, right: bigint): bigint {
  return left + right;
}

function larger(left: bigint, right: bigint): bigint {
  if (left > right) return left;
  return right;
}

/** Of two amounts that may be missing; the text is like that of the first. */
function combined(
  left: string | undefined,
  right: string | undefined,
  combine: (left: bigint, right: bigint) => bigint,
): string {
  return renderNano(combine(nanoOf(left), nanoOf(right)), left ?? right ?? '');
}

/** Errors of the resources of the Pod as a whole (validatePodResources). */
export function podLevelErrors(spec: PodSpec, claimNames: readonly string[], path: Path): Errors {
  const { resources } = spec;
  if (resources === undefined) return [];
  if (spec.os?.name === 'windows') return [forbidden(path, 'may not be set for a windows pod')];
  const claims: Errors =
    resources.claims === undefined
      ? []
      : [forbidden(path.child('claims'), 'claims may not be set for Resources at pod-level')];
  return [...claims, ...podResourceErrors(resources, claimNames, path), ...consistencyErrors(spec, path)];
}

function consistencyErrors(spec: PodSpec, path: Path): Errors {
  const { requests = {}, limits = {} } = spec.resources ?? {};
  const least = (kind: 'requests' | 'limits', given: ResourceList, isChecked: (name: string) => boolean) =>
    entriesOf(aggregated(spec, kind)).flatMap(([name, total]) => {
      const value = ownValue(given, name);
      if (value === undefined || !isChecked(name) || nanoOf(total) <= nanoOf(value)) return [];
      const detail = `must be greater than or equal to aggregate container ${kind} of ${total}`;
      return [invalid(path.child(kind).key(name), value, detail)];
    });
  return [
    ...least('requests', requests, () => true),
    ...least('limits', limits, isHugePages),
    ...(spec.containers ?? []).flatMap((container, index) =>
      containerLimitErrors(container.resources?.limits ?? {}, limits, path.child('containers').index(index)),
    ),
  ];
}

function containerLimitErrors(own: ResourceList, limits: ResourceList, path: Path): Errors {
  return entriesOf(own).flatMap(([name, value]) => {
    const limit = ownValue(limits, name);
    if (limit === undefined || nanoOf(value) <= nanoOf(limit)) return [];
    return [invalid(path.key(name).child('limits'), value, `must be less than or equal to pod limits of ${limit}`)];
  });
}
