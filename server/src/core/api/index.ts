export {
  type AddressRange,
  bitsOf,
  parseAddress,
  parseCidr,
  rangeContains,
  renderAddress,
} from './ip.ts';
export { CURRENT_VERSION, type KubernetesVersion, parseVersion } from './version.ts';
