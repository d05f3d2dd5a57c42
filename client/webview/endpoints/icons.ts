import { svg } from './dom.ts';
import type { EndpointRow } from './messages.ts';

/** A sign for how an endpoint stands, told apart by its shape. The word stands beside it. */
export function stateIcon(state: EndpointRow['state']): SVGSVGElement {
  const attributes = { class: `state ${state.replace(' ', '-')}`, viewBox: '0 0 12 12', 'aria-hidden': 'true' };
  return svg('svg', attributes, SHAPES[state]());
}

const LINE = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 };

const SHAPES: Readonly<Record<EndpointRow['state'], () => readonly SVGElement[]>> = {
  ready: () => [svg('circle', { cx: 6, cy: 6, r: 4.5, fill: 'currentColor' })],
  'not ready': () => [svg('circle', { ...LINE, cx: 6, cy: 6, r: 4, 'stroke-dasharray': '2.2 1.6' })],
  terminating: () => [
    svg('rect', { ...LINE, x: 2, y: 2, width: 8, height: 8 }),
    svg('path', { ...LINE, d: 'M2 10L10 2' }),
  ],
  'no port': () => [svg('path', { ...LINE, d: 'M2 2L10 10M10 2L2 10' })],
};
