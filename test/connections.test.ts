import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_CONNECTIONS,
  type ConnectionSet,
  connectionsTo,
  includes,
  intersection,
  NO_CONNECTIONS,
  type Protocol,
  renderConnections,
  union,
} from '../server/src/core/index.ts';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

describe('connection sets', () => {
  /** Few ports, so that ranges touch and overlap, and both ends of what there is. */
  const port = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 65530, max: 65535 }));
  const range = fc.tuple(fc.constantFrom(...PROTOCOLS), port, port);
  const set = fc
    .array(range, { maxLength: 6 })
    .map((ranges) =>
      ranges
        .map(([protocol, a, b]) => connectionsTo(protocol, { first: Math.min(a, b), last: Math.max(a, b) }))
        .reduce(union, NO_CONNECTIONS),
    );
  const PORTS = [
    ...Array.from({ length: 14 }, (_, index) => index + 1),
    1000,
    ...[0, 1, 2, 3, 4, 5, 6].map((n) => 65529 + n),
  ];
  const members = (connections: ConnectionSet) =>
    PROTOCOLS.flatMap((protocol) =>
      PORTS.filter((each) => includes(connections, protocol, each)).map((each) => `${protocol} ${each}`),
    );

  test('hold what both or either holds', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(union(a, b)).sort()).toEqual([...new Set([...inA, ...inB])].sort());
        expect(members(intersection(a, b))).toEqual(inA.filter((each) => inB.includes(each)));
      }),
    );
  });

  test('are an algebra of sets', () => {
    fc.assert(
      fc.property(set, set, set, (a, b, c) => {
        expect(union(a, b)).toEqual(union(b, a));
        expect(intersection(a, b)).toEqual(intersection(b, a));
        expect(union(a, union(b, c))).toEqual(union(union(a, b), c));
        expect(intersection(a, union(b, c))).toEqual(union(intersection(a, b), intersection(a, c)));
        expect(union(a, intersection(a, b))).toEqual(a);
        expect(union(a, NO_CONNECTIONS)).toEqual(a);
        expect(intersection(a, ALL_CONNECTIONS)).toEqual(a);
      }),
    );
  });

  test('keep their ranges sorted, and apart by at least one port', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        for (const ranges of [union(a, b), intersection(a, b)].flatMap((each) => PROTOCOLS.map((p) => each[p]))) {
          for (const [index, { first, last }] of ranges.entries()) {
            expect(first).toBeLessThanOrEqual(last);
            expect(first).toBeGreaterThan((ranges[index - 1]?.last ?? -1) + 1);
          }
        }
      }),
    );
  });

  test('are written as people read them', () => {
    const web = union(connectionsTo('TCP', { first: 80, last: 80 }), connectionsTo('TCP', { first: 443, last: 443 }));
    expect(renderConnections(union(web, connectionsTo('UDP', { first: 1, last: 52 })))).toBe('TCP 80,443,UDP 1-52');
    expect(renderConnections(PROTOCOLS.map((protocol) => connectionsTo(protocol)).reduce(union))).toBe(
      'All Connections',
    );
    expect(renderConnections(connectionsTo('TCP', { first: 9, last: 8 }))).toBe('No Connections');
  });
});
