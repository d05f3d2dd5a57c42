export { allocateOnCreate, type ServiceAllocationOptions } from './allocate.ts';
export { allocateOnUpdate } from './allocate-update.ts';
export { Allocations, type Claim, claimsOf, type PoolSettings } from './allocations.ts';
export type { AllocationOptions, AllocationOutcome } from './attempt.ts';
export {
  type AddressBand,
  type AddressBands,
  bandsOfCidr,
  bandsOfPorts,
  DEFAULT_NODE_PORTS,
  type PortBands,
  type PortRange,
} from './bands.ts';
export { ALLOCATED_IPV4, ALLOCATED_IPV6, ALLOCATED_PORT, isPlaceholder, type NodePort } from './placeholders.ts';
export { readService, shownService, storedService } from './read.ts';
export { SERVICE } from './service.ts';
export type { Service, ServicePort, ServiceSpec } from './types.ts';
