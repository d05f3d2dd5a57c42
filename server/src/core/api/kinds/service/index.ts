export { allocateOnCreate } from './allocate.ts';
export { allocate } from './allocate-object.ts';
export { allocateOnUpdate } from './allocate-update.ts';
export { Allocations, type Claim, claimsOf, type PoolSettings } from './allocations.ts';
export {
  type AddressBand,
  type AddressBands,
  bandsOfCidr,
  bandsOfPorts,
  type PortBands,
} from './bands.ts';
export { ALLOCATED_PORT, familyOfPicked, isPlaceholder } from './placeholders.ts';
export { asRead, asShown, asStored, readService } from './read.ts';
export { SERVICE } from './service.ts';
export type { Service, ServiceSpec } from './types.ts';
