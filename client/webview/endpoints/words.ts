/** A share as a person reads it: `33%`, `8.3%`, `<0.1%`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '<0.1%';
  const isShort = value >= 10 || Number.isInteger(Math.round(value * 10) / 10);
  return `${isShort ? Math.round(value) : value.toFixed(1)}%`;
}

/** `1 endpoint`, `3 endpoints`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `zone a`; a zone whose own name says so already is left alone. */
export function zoneName(zone: string): string {
  return zone.startsWith('zone') ? zone : `zone ${zone}`;
}
