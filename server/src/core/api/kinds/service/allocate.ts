import type { IPFamily } from '../../../manifest/index.ts';
import { type FieldError, onThisCluster } from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import type { AddressRules } from '../../ip-checks.ts';
import { behaves, CURRENT_VERSION, type KubernetesVersion } from '../../version.ts';
import { settleFamilies } from './allocate-families.ts';
import { givePorts } from './allocate-ports.ts';
import type { Allocations } from './allocations.ts';
import {
  type AllocationOptions,
  type AllocationOutcome,
  type Attempt,
  failed,
  inOrder,
  next,
  refused,
  type Stage,
  startAttempt,
} from './attempt.ts';
import { clusterIPsPath, invalidAddresses } from './cluster-ips.ts';
import { isExternalName, NONE, specOf, withSpec } from './facts.ts';
import { pickedAddress } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';

export interface ServiceAllocationOptions extends AllocationOptions {
  readonly version?: KubernetesVersion;
}

/**
 * What the server does to a new, defaulted Service before it validates it: it fills in the families, takes cluster addresses, node
 * ports and the health check port out of their pools, and stops at the first of these steps that fails, with nothing taken
 * (pkg/registry/core/service/storage, beginCreate).
 */
export function allocateOnCreate(
  service: Service,
  allocations: Allocations,
  options: ServiceAllocationOptions,
): AllocationOutcome {
  const attempt = startAttempt(allocations, options);
  const settings = { families: allocations.families, addresses: addressRules(options) };
  const stage = inOrder(
    withClusterIPs(service),
    (each) => settleFamilies(each, undefined, settings),
    (each) => giveAddresses(each, attempt),
    (each) => givePorts(each, attempt),
  );
  return finish(stage, attempt, allocations);
}

/** What of a Service's address rules depends on the version, and what an update may keep. */
export function addressRules({ version = CURRENT_VERSION }: ServiceAllocationOptions, stored?: Service): AddressRules {
  const kept = stored === undefined ? [] : specOf(stored).clusterIPs;
  return { strict: behaves(version, 'strictAddresses'), kept: kept ?? [] };
}

/** A refused request leaves nothing behind. */
export function finish(stage: Stage, attempt: Attempt, allocations: Allocations): AllocationOutcome {
  const claims = attempt.claims();
  if (stage.type === 'next') return { type: 'allocated', service: stage.service, claims, freed: [] };
  allocations.release(claims);
  return stage;
}

/** A clusterIP alone is the whole list; a list alone is an error, which is found later (normalizeClusterIPs). */
function withClusterIPs(service: Service): Service {
  const spec = specOf(service);
  const { clusterIP = '', clusterIPs = [] } = spec;
  return clusterIP === '' || clusterIPs.length > 0 ? service : withSpec(service, { ...spec, clusterIPs: [clusterIP] });
}

/** One cluster address per family, unless the Service has none at all (allocClusterIPs). */
export function giveAddresses(service: Service, attempt: Attempt): Stage {
  const spec = specOf(service);
  const { ipFamilies = [], clusterIPs = [] } = spec;
  if (isExternalName(spec) || clusterIPs[0] === NONE) return next(service);
  const wanted = ipFamilies.map((_, index) => clusterIPs[index] ?? '');
  const asked = withSpec(service, { ...spec, clusterIPs: wanted });
  const refusal = takeAddresses(
    asked,
    ipFamilies.map((family, index) => [family, wanted[index] ?? '']),
    attempt,
  );
  if (refusal !== undefined) return refusal;
  const given = wanted.map((text, index) => (text === '' ? pickedAddress(ipFamilies[index] as IPFamily) : text));
  return next(withSpec(service, { ...spec, clusterIPs: given, clusterIP: given[0] ?? '' }));
}

/** Takes addresses, the empty ones at random (allocIPs). Undefined if all went well. */
export function takeAddresses(
  service: Service,
  wanted: readonly (readonly [family: string, text: string])[],
  attempt: Attempt,
): Stage | undefined {
  const spec = specOf(service);
  for (const [family, text] of wanted) {
    const problem =
      text === '' ? attempt.pickAddress(family as IPFamily) : attempt.claimAddress(family as IPFamily, text);
    if (problem === undefined) continue;
    if (text !== '') return refused(addressError(spec, text, problem));
    return failed(`failed to allocate a serviceIP for Service ${quote(service.metadata.name ?? '')}: ${problem}`);
  }
  return undefined;
}

function addressError(spec: ServiceSpec, text: string, problem: string): FieldError {
  const detail = `failed to allocate IP ${text}: ${problem}`;
  const error = invalidAddresses(clusterIPsPath(spec), spec.clusterIPs, detail);
  return problem.endsWith('already allocated') ? error : onThisCluster('serviceCIDRs', error);
}
