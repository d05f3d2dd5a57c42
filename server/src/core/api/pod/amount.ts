import { parseQuantity } from '../quantity.ts';
import type { Quantity, ResourceList } from './types.ts';

/** An amount of a resource to calculate with: `500m`, `1536Mi`, `1e3`. */
export interface Amount {
  /** In billionths, the least that the server knows. */
  readonly nano: bigint;
  /** As the server writes it. */
  readonly text: string;
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 1_000_000_000n;

/** Undefined for a text that is no amount. */
export function parseAmount(value: Quantity): Amount | undefined {
  const quantity = parseQuantity(String(value).trim());
  return quantity.type === 'failure' ? undefined : { nano: nanoOf(quantity.text), text: quantity.text };
}

/** The value of a quantity in the server's own form. */
function nanoOf(text: string): bigint {
  const [, sign = '', digits = '', fraction = '', suffix = ''] = /^([+-]?)(\d*)\.?(\d*)(.*)$/.exec(text) ?? [];
  const unscaled = BigInt(`0${digits}${fraction}`) * (sign === '-' ? -1n : 1n);
  const binary = BINARY.indexOf(suffix);
  const power = binary >= 0 ? 0 : suffix.startsWith('e') ? Number(suffix.slice(1)) : DECIMAL.indexOf(suffix) * 3 - 9;
  return timesTen(unscaled * 1024n ** BigInt(Math.max(0, binary)), power - fraction.length + 9);
}

function timesTen(value: bigint, power: number): bigint {
  return power >= 0 ? value * 10n ** BigInt(power) : value / 10n ** BigInt(-power);
}

/** An amount of a list in billionths; 0 if it is not in the list. */
export function nanoIn(list: ResourceList, name: string): bigint {
  const value = list[name];
  return value === undefined ? 0n : (parseAmount(value)?.nano ?? 0n);
}

/** Whether it is a whole number. */
export function isWhole({ nano }: Amount): boolean {
  return nano % NANO === 0n;
}

/** Rounded up to thousandths, as all amounts of a container are. */
export function roundedToMilli({ nano, text }: Amount): string {
  const milli = 1_000_000n;
  if (nano % milli === 0n) return text;
  const size = (nano < 0n ? -nano : nano) / milli + 1n;
  return written(nano < 0n ? -size : size, 'm');
}

/** The text of a calculated amount. `like` is one of those it was made of: Ki and Mi stay such. */
export function renderNano(nano: bigint, like: Quantity): string {
  const value = nano / NANO;
  const isBinary = nano % NANO === 0n && value >= 1024n && String(like).endsWith('i');
  return isBinary && value % 1024n === 0n ? written(value / 1024n, 'Ki') : written(nano, 'n');
}

function written(value: bigint, suffix: string): string {
  const quantity = parseQuantity(`${value}${suffix}`);
  return quantity.type === 'quantity' ? quantity.text : '0';
}
