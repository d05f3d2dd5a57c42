import type { Ribbon } from './layout.ts';

/**
 * The outline of a ribbon. `across` leads from left to right in a curve, `down` straight downwards, `turn` downwards and then
 * to the right. Outlines of the same way have the same commands, so that one can change into another.
 */
export function ribbonPath(ribbon: Ribbon, way: 'across' | 'down' | 'turn'): string {
  switch (way) {
    case 'across':
      return acrossPath(ribbon);
    case 'down':
      return downPath(ribbon);
    case 'turn':
      return turnPath(ribbon);
  }
}

function acrossPath({ from, to, thickness }: Ribbon): string {
  const middle = (from.x + to.x) / 2;
  return path(
    ['M', from.x, from.y],
    ['C', middle, from.y, middle, to.y, to.x, to.y],
    ['L', to.x, to.y + thickness],
    ['C', middle, to.y + thickness, middle, from.y + thickness, from.x, from.y + thickness],
    ['Z'],
  );
}

function downPath({ from, to, thickness }: Ribbon): string {
  return path(
    ['M', from.x, from.y],
    ['L', to.x, to.y],
    ['L', to.x + thickness, to.y],
    ['L', from.x + thickness, from.y],
    ['Z'],
  );
}

function turnPath({ from, to, thickness }: Ribbon): string {
  const right = from.x + thickness;
  const bottom = to.y + thickness;
  const inner = Math.max(0, Math.min(8, to.x - right, to.y - from.y));
  const outer = inner + thickness;
  return path(
    ['M', from.x, from.y],
    ['L', from.x, bottom - outer],
    ['Q', from.x, bottom, from.x + outer, bottom],
    ['L', to.x, bottom],
    ['L', to.x, to.y],
    ['L', right + inner, to.y],
    ['Q', right, to.y, right, to.y - inner],
    ['L', right, from.y],
    ['Z'],
  );
}

function path(...commands: readonly (readonly (string | number)[])[]): string {
  return commands
    .map(([command, ...numbers]) => `${command}${numbers.map((number) => round(Number(number))).join(' ')}`)
    .join('');
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
