import type { IPFamily } from '../../../manifest/index.ts';
import { type FieldError, onThisCluster } from '../../field-error.ts';
import { quote } from '../../go-text.ts';
import { addressRules } from '../../ip-checks.ts';
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
import { asFamily, isExternalName, NONE, withClusterIPs, withSpec } from './facts.ts';
import { pickedAddress } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';

/**
 * What the server does to a new, defaulted Service before it validates it: it fills in the families, takes cluster addresses, node
 * ports and the health check port out of their pools, and stops at the first of these steps that fails, with nothing taken
 * (pkg/registry/core/service/storage, beginCreate).
 */
export function allocateOnCreate(
  service: Service,
  allocations: Allocations,
  options: AllocationOptions,
): AllocationOutcome<Service> {
  const attempt = startAttempt(allocations, options);
  const settings = { families: allocations.families, addresses: addressRules(options.version) };
  const stage = inOrder(
    withSpec(service, withClusterIPs(service.spec ?? {})),
    (each) => settleFamilies(each, undefined, settings),
    (each) => giveAddresses(each, attempt),
    (each) => givePorts(each, attempt),
  );
  return finish(stage, attempt, allocations);
}

/** A refused request leaves nothing behind. */
export function finish(stage: Stage, attempt: Attempt, allocations: Allocations): AllocationOutcome<Service> {
  const claims = attempt.claims();
  if (stage.type === 'next') return { type: 'allocated', object: stage.service, claims, freed: [] };
  allocations.release(claims);
  return stage;
}

/** One cluster address per family, unless the Service has none at all (allocClusterIPs). */
export function giveAddresses(service: Service, attempt: Attempt): Stage {
  const { spec = {} } = service;
  const { ipFamilies = [], clusterIPs = [] } = spec;
  if (isExternalName(spec) || clusterIPs[0] === NONE) return next(service);
  const wanted = ipFamilies.map((family, index) => [asFamily(family), clusterIPs[index] ?? ''] as const);
  const asked = withSpec(service, { ...spec, clusterIPs: wanted.map(([, text]) => text) });
  const refusal = takeAddresses(asked, wanted, attempt);
  if (refusal !== undefined) return refusal;
  const given = wanted.map(([family, text]) => (text === '' ? pickedAddress(family) : text));
  return next(withSpec(service, { ...spec, clusterIPs: given, clusterIP: given[0] ?? '' }));
}

/** Takes addresses, the empty ones at random (allocIPs). Undefined if all went well. */
export function takeAddresses(
  service: Service,
  wanted: readonly (readonly [family: IPFamily, text: string])[],
  attempt: Attempt,
): Stage | undefined {
  const { spec = {}, metadata } = service;
  for (const [family, text] of wanted) {
    const problem = text === '' ? attempt.pickAddress(family) : attempt.claimAddress(family, text);
    if (problem === undefined) continue;
    if (text !== '') return refused(addressError(spec, text, problem));
    return failed(`failed to allocate a serviceIP for Service ${quote(metadata.name ?? '')}: ${problem}`);
  }
  return undefined;
}

/** Even a taken address is one of this cluster: the first that its CIDR hands out is always taken. */
function addressError(spec: ServiceSpec, text: string, problem: string): FieldError {
  const detail = `failed to allocate IP ${text}: ${problem}`;
  return onThisCluster('serviceCIDRs', invalidAddresses(clusterIPsPath(spec), spec.clusterIPs, detail));
}
