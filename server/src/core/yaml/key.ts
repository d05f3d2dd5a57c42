import { isInteger } from './scalar.ts';

/**
 * The name of a field whose key is written without quotes, as sigs.k8s.io/yaml makes it of what go-yaml reads (yaml.go,
 * convertToJSONableObject): `yes` is "true", `0x10` is "16", `1.10` is "1.1". Undefined for null, which it refuses.
 */
export function resolveKey(text: string, value: string | number | boolean | null): string | undefined {
  if (value === null) return undefined;
  return typeof value === 'number' && !isInteger(text) ? printFloat(value) : String(value);
}

/** Like Go's strconv.FormatFloat(value, 'g', -1, 32): the fewest digits that tell a number from all others of 32 bits. */
function printFloat(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf';
  const digits = DIGITS.find((count) => Math.fround(Number(single.toPrecision(count))) === single) ?? 9;
  const [mantissa = '', exponent = ''] = single.toExponential(digits - 1).split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 6) return String(Number(single.toPrecision(digits)));
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8];
