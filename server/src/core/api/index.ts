export {
  type AddressRange,
  bitsOf,
  parseAddress,
  parseCidr,
  rangeContains,
  renderAddress,
} from './ip.ts';
