import { element } from './dom.ts';
import type { SliceGroup } from './messages.ts';
import { count } from './words.ts';

/** The most endpoints that the control plane puts into one slice. */
const FULL = 100;
/** More slices of a group than that are only counted. */
const BOXES = 20;

/** EndpointSlices as boxes that are filled as far as the slices are. */
export function sliceBoxes(groups: readonly SliceGroup[]): Node[] {
  if (groups.length === 0) return [];
  const lists = groups.map(({ family, ports, sizes }) =>
    element('li', {}, [`${family} · ${ports}`, element('span', { class: 'boxes' }, boxesOf(sizes))]),
  );
  return [element('h2', {}, ['EndpointSlices']), element('ul', {}, lists)];
}

function boxesOf(sizes: readonly number[]): (Node | string)[] {
  const boxes = sizes.slice(0, BOXES).map((size) => {
    const box = element('span', { class: 'slice', title: `${count(size, 'endpoint')} of at most ${FULL}` }, [
      `${size}`,
    ]);
    box.style.setProperty('--filled', `${Math.min(100, (size / FULL) * 100)}%`);
    return box;
  });
  return sizes.length <= BOXES ? boxes : [...boxes, `and ${sizes.length - BOXES} more`];
}
