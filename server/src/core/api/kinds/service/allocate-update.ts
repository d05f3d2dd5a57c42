import { sameValue } from '../../equal.ts';
import { addressRules } from '../../ip-checks.ts';
import { finish, giveAddresses, takeAddresses } from './allocate.ts';
import { isSettledDualStack, settleFamilies } from './allocate-families.ts';
import { freedPorts, updatePorts } from './allocate-ports-update.ts';
import { type Allocations, addressClaim, type Claim } from './allocations.ts';
import {
  type AllocationOptions,
  type AllocationOutcome,
  type Attempt,
  inOrder,
  next,
  type Stage,
  startAttempt,
} from './attempt.ts';
import { dropUnneeded } from './drop-unneeded.ts';
import { asFamily, isExternalName, NONE, needsHealthCheck, picksNodePorts, withSpec } from './facts.ts';
import { pickedAddress } from './placeholders.ts';
import { readService } from './read.ts';
import type { Service, ServicePort, ServiceSpec } from './types.ts';

/**
 * What the server does to a changed, defaulted Service before it validates it: it keeps what was allocated and is not asked for
 * anew, allocates what is missing, and drops what the new type has no use for (pkg/registry/core/service, beginUpdate and
 * PrepareForUpdate). In a dry run nothing is taken or freed.
 */
export function allocateOnUpdate(
  service: Service,
  stored: Service,
  allocations: Allocations,
  options: AllocationOptions,
): AllocationOutcome<Service> {
  const old = readService(stored, allocations.families);
  const attempt = startAttempt(allocations, options);
  const settings = { families: allocations.families, addresses: addressRules(options.version, old.spec?.clusterIPs) };
  const given = withClusterIPsInStep(withAllocatedValues(service, old), old);
  const stage = inOrder(
    given,
    (each) => settleFamilies(each, old, settings),
    (each) => updateAddresses(each, old, attempt),
    (each) => updatePorts(each, old, attempt),
  );
  const outcome = finish(stage, attempt, allocations);
  if (outcome.type !== 'allocated') return outcome;
  const freed = options.mode === 'create' ? freedBy(outcome.object, old) : [];
  return { ...outcome, object: dropUnneeded(outcome.object, old), freed };
}

/** What was allocated stays if the client leaves it out, so that the same YAML can be sent again (patchAllocatedValues). */
function withAllocatedValues(service: Service, stored: Service): Service {
  const { spec = {} } = service;
  const { spec: old = {} } = stored;
  const hadAddresses = !isExternalName(spec) && !isExternalName(old);
  const hadHealthCheck = needsHealthCheck(spec) && needsHealthCheck(old);
  const clusterIP = spec.clusterIP || old.clusterIP;
  const clusterIPs = spec.clusterIPs?.length ? spec.clusterIPs : old.clusterIPs;
  const healthCheckNodePort = spec.healthCheckNodePort || old.healthCheckNodePort;
  return withSpec(service, {
    ...spec,
    ...(hadAddresses && clusterIP !== undefined ? { clusterIP } : {}),
    ...(hadAddresses && clusterIPs !== undefined ? { clusterIPs } : {}),
    ...(picksNodePorts(spec) && picksNodePorts(old) ? { ports: withOldNodePorts(spec.ports, old.ports) } : {}),
    ...(hadHealthCheck && healthCheckNodePort !== undefined ? { healthCheckNodePort } : {}),
  });
}

/** Node ports are matched by the ports' names, unless the number serves another port already. */
function withOldNodePorts(
  ports: readonly ServicePort[] = [],
  old: readonly ServicePort[] = [],
): readonly ServicePort[] {
  const used = new Set(ports.map(({ nodePort = 0 }) => nodePort));
  const byName = new Map(old.map(({ name = '', nodePort = 0 }) => [name, nodePort]));
  return ports.map((port) => {
    const nodePort = byName.get(port.name ?? '') ?? 0;
    if ((port.nodePort ?? 0) !== 0 || nodePort === 0 || used.has(nodePort)) return port;
    return { ...port, nodePort };
  });
}

/** Keeps clusterIP and clusterIPs in step where the client has changed one of them only (normalizeClusterIPs). */
function withClusterIPsInStep(service: Service, stored: Service): Service {
  const { spec = {} } = service;
  const { clusterIP = '', clusterIPs = [] } = stored.spec ?? {};
  const given = spec.clusterIP ?? '';
  if (given === clusterIP) {
    const isCleared = clusterIPs.length > 0 && (spec.clusterIPs ?? []).length === 0;
    return isCleared ? withSpec(service, { ...spec, clusterIPs }) : service;
  }
  if (!sameValue(spec.clusterIPs, clusterIPs)) return service;
  return withSpec(service, { ...spec, clusterIPs: given === '' ? [] : [given] });
}

/** Addresses that the change adds (updateClusterIPs). */
function updateAddresses(service: Service, stored: Service, attempt: Attempt): Stage {
  const { spec = {} } = service;
  const { spec: old = {} } = stored;
  if (isSettledDualStack(spec, old)) return next(service);
  if (isExternalName(old) && !isExternalName(spec)) return giveAddresses(service, attempt);
  const isUpgrade = old.ipFamilies?.length === 1 && spec.ipFamilies?.length === 2;
  if (old.clusterIPs?.[0] === NONE || isExternalName(spec) || !isUpgrade) return next(service);
  return giveSecondAddress(service, attempt);
}

function giveSecondAddress(service: Service, attempt: Attempt): Stage {
  const { spec = {} } = service;
  const [first = '', second = ''] = spec.clusterIPs ?? [];
  const family = asFamily(spec.ipFamilies?.[1] ?? '');
  const asked = withSpec(service, { ...spec, clusterIPs: [first, second] });
  const refusal = takeAddresses(asked, [[family, second]], attempt);
  if (refusal !== undefined) return refusal;
  const given = second === '' ? pickedAddress(family) : second;
  return next(withSpec(service, { ...spec, clusterIPs: [first, given] }));
}

function freedBy(service: Service, stored: Service): readonly Claim[] {
  const { spec = {} } = service;
  const { spec: old = {} } = stored;
  return [...freedAddresses(spec, old).flatMap(addressClaim), ...freedPorts(spec, old)];
}

function freedAddresses(spec: ServiceSpec, old: ServiceSpec): readonly string[] {
  const { clusterIPs = [] } = old;
  if (isExternalName(old) || clusterIPs[0] === NONE) return [];
  if (isExternalName(spec)) return clusterIPs;
  const isDowngrade = old.ipFamilies?.length === 2 && spec.ipFamilies?.length === 1;
  return isDowngrade ? clusterIPs.slice(1) : [];
}
