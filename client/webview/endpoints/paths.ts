import type { Ribbon } from './layout.ts';

/** The outline of a ribbon that goes from left to right, as SVG path data. */
export function acrossPath({ from, to, thickness }: Ribbon): string {
  const middle = (from.x + to.x) / 2;
  const [a, b] = [from.y + thickness, to.y + thickness];
  return (
    `M${at(from.x, from.y)}C${at(middle, from.y)} ${at(middle, to.y)} ${at(to.x, to.y)}` +
    `L${at(to.x, b)}C${at(middle, b)} ${at(middle, a)} ${at(from.x, a)}Z`
  );
}

/** The outline of a ribbon that goes down. */
export function downPath({ from, to, thickness }: Ribbon): string {
  const right = from.x + thickness;
  return `M${at(from.x, from.y)}L${at(right, from.y)}L${at(right, to.y)}L${at(from.x, to.y)}Z`;
}

/** The outline of a ribbon that goes down and turns to the right. */
export function turningPath({ from, to, thickness }: Ribbon, radius: number): string {
  const right = from.x + thickness;
  const bottom = to.y + thickness;
  const inner = Math.max(0, Math.min(radius, to.y - from.y, to.x - right));
  const outer = Math.min(inner + thickness, bottom - from.y);
  return (
    `M${at(from.x, from.y)}L${at(from.x, bottom - outer)}Q${at(from.x, bottom)} ${at(from.x + outer, bottom)}` +
    `L${at(to.x, bottom)}L${at(to.x, to.y)}L${at(right + inner, to.y)}Q${at(right, to.y)} ${at(right, to.y - inner)}` +
    `L${at(right, from.y)}Z`
  );
}

function at(x: number, y: number): string {
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
