import { describe, expect, test } from 'vitest';
import { type Box, layOut, type PictureLayout } from '../client/webview/endpoints/layout.ts';
import type { Distribution, EndpointRow } from '../client/webview/endpoints/messages.ts';

const ROOMS = [
  { name: 'side by side', width: 900, em: 13 },
  { name: 'stacked', width: 280, em: 13 },
];

function endpoint(index: number, part: Partial<EndpointRow> = {}): EndpointRow {
  return {
    id: `pod-${index}`,
    name: `cart-${index}`,
    workload: 'Deployment cart',
    place: undefined,
    zone: 'abc'[index % 3],
    node: `${'abc'[index % 3]}1`,
    address: undefined,
    targetPort: 8080,
    state: 'ready',
    share: 0,
    ...part,
  };
}

function distribution(
  endpoints: readonly EndpointRow[],
  kind: Distribution['outcome']['kind'] = 'spread',
): Distribution {
  const asWritten = { service: 'shop/cart', port: 0, client: '', traffic: 'internal', family: 'IPv4' } as const;
  return {
    services: [],
    ports: [],
    clients: [{ value: '', label: 'any node' }],
    families: [],
    controls: { ...asWritten, replicas: endpoints.length, zones: 3, nodes: 3 },
    title: 'shop/cart',
    type: 'ClusterIP',
    address: '10.96.0.50',
    portLabel: 'http 80',
    place: undefined,
    slices: [],
    endpoints,
    outcome: { kind, reason: 'A reason.' },
    assumptions: [],
  };
}

const even = (count: number) =>
  distribution(Array.from({ length: count }, (_, i) => endpoint(i, { share: 1 / count })));

interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The parts of the Service's edge that ribbons leave from, in order along it. */
function leaving({ ribbons, cut, isStacked, service }: PictureLayout): readonly Interval[] {
  return [...ribbons, ...(cut?.ribbon === undefined ? [] : [cut.ribbon])]
    .map(({ from, thickness }) => ({ start: isStacked ? from.x - service.x : from.y - service.y, thickness }))
    .map(({ start, thickness }) => ({ from: start, to: start + thickness }))
    .sort((a, b) => a.from - b.from);
}

/** Ribbons and what is lost fill the edge from end to end, without gaps. */
function expectFilled(layout: PictureLayout): void {
  const intervals = leaving(layout);
  const edge = layout.inlet?.thickness ?? 0;
  expect(intervals.length).toBeGreaterThan(0);
  const ends = [0, ...intervals.map(({ to }) => to)];
  for (const [index, { from }] of intervals.entries()) expect(from).toBeCloseTo(ends[index] ?? Number.NaN, 6);
  expect(ends.at(-1)).toBeCloseTo(edge, 6);
}

function overlaps(a: Box, b: Box): boolean {
  const sure = 0.01;
  const apart = a.x + a.width <= b.x + sure || b.x + b.width <= a.x + sure;
  return !apart && a.y + a.height > b.y + sure && b.y + b.height > a.y + sure;
}

function overlapping(boxes: readonly Box[]): readonly [Box, Box][] {
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap((b): [Box, Box][] => (overlaps(a, b) ? [[a, b]] : [])),
  );
}

describe.each(ROOMS)('$name', (room) => {
  test.each([1, 3, 12, 60, 1000])('ribbons of %i endpoints fill the edge of the Service', (count) => {
    const layout = layOut(even(count), room);
    expectFilled(layout);
    expect(layout.cut).toBeUndefined();
  });

  test('what is lost fills the rest of the edge', () => {
    const layout = layOut(distribution([endpoint(0, { share: 1 / 3 }), endpoint(1, { share: 1 / 3 })]), room);
    expectFilled(layout);
    expect(layout.cut?.share).toBeCloseTo(1 / 3);
  });

  test.each(['dropped', 'rejected'] as const)('%s connections end in one ribbon as wide as the edge', (kind) => {
    const layout = layOut(distribution([endpoint(0)], kind), room);
    expect(layout.ribbons).toEqual([]);
    expect(layout.cut?.ribbon?.thickness).toBe(layout.inlet?.thickness);
  });

  test('no connections, no ribbons, whatever the shares', () => {
    const layout = layOut(distribution([endpoint(0, { share: 1 })], 'nothing'), room);
    expect([layout.inlet, layout.cut?.ribbon, ...layout.ribbons]).toEqual([undefined, undefined]);
  });

  test.each([1, 3, 12, 60, 1000])('nothing of %i endpoints overlaps or leaves the picture', (count) => {
    const { rows, zones, clients, service, cut, width, height } = layOut(even(count), room);
    expect(overlapping(rows.map(({ box }) => box))).toEqual([]);
    expect(overlapping([clients, service, ...zones.map(({ box }) => box), ...(cut ? [cut.text] : [])])).toEqual([]);
    for (const { x, y, width: wide, height: high } of [clients, service, ...zones.map(({ box }) => box)]) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width + 0.01);
      expect(y + high).toBeLessThanOrEqual(height + 0.01);
    }
  });

  test('a reason leaves room for the endpoints below it', () => {
    const { zones, service, clients, cut } = layOut(distribution([endpoint(0), endpoint(1)], 'dropped'), room);
    expect(cut).toBeDefined();
    expect(overlapping([clients, service, ...zones.map(({ box }) => box), ...(cut ? [cut.text] : [])])).toEqual([]);
  });

  test('a line is as high as its ribbon', () => {
    const { rows, ribbons } = layOut(distribution([endpoint(0, { share: 0.9 }), endpoint(1, { share: 0.1 })]), room);
    for (const { id, to, thickness } of ribbons) {
      const box = rows.find(({ item }) => item.id === id)?.box;
      expect(to.y).toBeGreaterThanOrEqual(box?.y ?? Number.NaN);
      expect(to.y + thickness).toBeLessThanOrEqual((box?.y ?? Number.NaN) + (box?.height ?? 0));
    }
  });

  test('lines stay in order when an endpoint is left out', () => {
    const idsOf = (layout: PictureLayout) => layout.rows.map(({ item }) => item.id);
    const before = layOut(even(12), room);
    const endpoints = even(12).endpoints.map((each) => (each.id === 'pod-4' ? { ...each, share: 0 } : each));
    const after = layOut(distribution(endpoints), room);
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(after.ribbons.map(({ id }) => id)).toEqual(idsOf(before).filter((id) => id !== 'pod-4'));
  });

  test('many endpoints become a line per node, and none is lost', () => {
    const { rows } = layOut(even(1000), room);
    expect(rows.length).toBeLessThanOrEqual(51);
    expect(rows.filter(({ item }) => item.isRest)).toHaveLength(3);
    expect(rows.reduce((sum, { item }) => sum + item.endpoints.length, 0)).toBe(1000);
    expect(rows.reduce((sum, { item }) => sum + item.share, 0)).toBeCloseTo(1);
  });
});
