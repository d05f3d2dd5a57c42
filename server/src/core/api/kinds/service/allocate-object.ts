import type { ApiObject } from '../../kind-rules.ts';
import { allocateOnCreate } from './allocate.ts';
import { allocateOnUpdate } from './allocate-update.ts';
import type { Allocations } from './allocations.ts';
import type { AllocationOptions, AllocationOutcome } from './attempt.ts';
import { isService } from './facts.ts';

/** What the server allocates for a defaulted object, before it validates it: nothing if it is no Service. `stored` is undefined on creation. */
export function allocate(
  object: ApiObject,
  stored: ApiObject | undefined,
  allocations: Allocations,
  options: AllocationOptions,
): AllocationOutcome {
  if (!isService(object)) return { type: 'allocated', object, claims: [], freed: [] };
  return stored === undefined
    ? allocateOnCreate(object, allocations, options)
    : allocateOnUpdate(object, stored, allocations, options);
}
