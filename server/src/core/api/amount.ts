import { ownValue } from './json.ts';
import { findSuffix, parseQuantity } from './quantity.ts';

/** An amount of a resource to calculate with: `500m`, `1536Mi`, `1e3`. */
export interface Amount {
  /** In billionths, the least that the server knows. */
  readonly nano: bigint;
  /** As the server writes it. */
  readonly text: string;
}

/** Amounts of resources by their names, as `decode` leaves them: each in the server's own form. */
export type ResourceList = Readonly<Record<string, string>>;

const NANO = 1_000_000_000n;

/** Undefined for a text that is no quantity (apimachinery/pkg/api/resource/quantity.go, ParseQuantity). */
export function parseAmount(value: string): Amount | undefined {
  const quantity = parseQuantity(value);
  return quantity.type === 'failure' ? undefined : { nano: nanoOfCanonical(quantity.text), text: quantity.text };
}

/** The value of a quantity in the server's own form. */
function nanoOfCanonical(text: string): bigint {
  const [, sign = '', digits = '', fraction = '', ending = ''] = /^([+-]?)(\d*)\.?(\d*)(.*)$/.exec(text) ?? [];
  const unscaled = BigInt(`${sign === '-' ? '-' : ''}0${digits}${fraction}`);
  const { format, power } = findSuffix(ending) ?? { format: 'decimal', power: 0 };
  return format === 'binary'
    ? timesTen(unscaled << BigInt(power), 9 - fraction.length)
    : timesTen(unscaled, power + 9 - fraction.length);
}

/** Of larger powers it does not matter how large they are, and no machine could hold the number. */
const LARGEST_POWER = 10_000;

function timesTen(value: bigint, power: number): bigint {
  const scale = 10n ** BigInt(Math.min(Math.abs(power), LARGEST_POWER));
  return power >= 0 ? value * scale : value / scale;
}

/** An amount in billionths; 0 for one that is missing. */
export function nanoOf(value: string | undefined): bigint {
  return value === undefined ? 0n : (parseAmount(value)?.nano ?? 0n);
}

/** The same of an amount in a list. */
export function nanoIn(list: ResourceList, name: string): bigint {
  return nanoOf(ownValue(list, name));
}

/** Whether it is a whole number. */
export function isWhole({ nano }: Amount): boolean {
  return nano % NANO === 0n;
}

/** Rounded up to thousandths, as all amounts of a container are (pkg/apis/core/v1/defaults.go, SetDefaults_ResourceList). */
export function roundedToMilli({ nano, text }: Amount): string {
  const milli = 1_000_000n;
  if (nano % milli === 0n) return text;
  const size = (nano < 0n ? -nano : nano) / milli + 1n;
  return written(nano < 0n ? -size : size, 'm');
}

/** The text of a calculated amount. `like` is one of those it was made of: Ki and Mi stay such. */
export function renderNano(nano: bigint, like: string): string {
  const value = nano / NANO;
  const isBinary = nano % NANO === 0n && value >= 1024n && like.endsWith('i');
  return isBinary && value % 1024n === 0n ? written(value / 1024n, 'Ki') : written(nano, 'n');
}

function written(value: bigint, suffix: string): string {
  const quantity = parseQuantity(`${value}${suffix}`);
  return quantity.type === 'quantity' ? quantity.text : '0';
}
