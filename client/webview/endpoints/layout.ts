import { groupEndpoints, type Item, type NodeGroup, type ZoneGroup } from './groups.ts';
import type { Distribution } from './messages.ts';

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The room there is: the width of the picture and the size of its font, both in pixels. */
export interface Room {
  readonly width: number;
  readonly em: number;
}

/** A band of connections. `x` and `y` are its corner at either end: the upper one, or the left one where it leaves downwards. */
export interface Ribbon {
  readonly id: string;
  /** Index of the zone that it leads to. */
  readonly zone: number;
  readonly thickness: number;
  readonly from: Point;
  readonly to: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of the picture. */
export interface Row {
  readonly item: Item;
  readonly zone: number;
  readonly box: Box;
}

/** A frame with a name, which may not be known. */
interface Named {
  readonly label: string | undefined;
  readonly box: Box;
}

/** The part of the connections that reaches no endpoint. */
export interface Cut {
  readonly share: number;
  /** Undefined where there are no connections to be cut. */
  readonly ribbon: Ribbon | undefined;
  readonly text: Box;
}

interface Stack {
  readonly zones: Named[];
  /** Names of nodes, beside their lines or above them; `middle` is the height of the name. */
  readonly nodes: (Named & { readonly middle: number })[];
  readonly rows: Row[];
}

/** Where everything stands. */
export interface PictureLayout extends Readonly<Stack> {
  readonly width: number;
  readonly height: number;
  /** Clients and Service stand above their endpoints, not beside them. */
  readonly isStacked: boolean;
  readonly clients: Box;
  readonly service: Box;
  /** From the clients to the Service. */
  readonly inlet: Ribbon | undefined;
  readonly ribbons: readonly Ribbon[];
  readonly cut: Cut | undefined;
}

/** What is settled before the endpoints are looked at. */
interface Frame extends Room {
  readonly isStacked: boolean;
  /** Length of the Service's edge, which all connections together fill. */
  readonly edge: number;
  /** Where the endpoints' column begins. */
  readonly left: number;
  readonly top: number;
}

/** With fewer em than that, clients and Service stand above their endpoints. */
const WIDE = 58;
/** Room for the name of a node beside its lines, in em. */
const NODE_COLUMN = 6.5;
/** Shares are sums of fractions, so a little is lost to rounding. */
const NEGLIGIBLE = 1e-6;

/** Places everything. Thicknesses are in proportion: together with what is lost they fill the Service's edge. */
export function layOut(distribution: Distribution, room: Room): PictureLayout {
  const zones = groupEndpoints(distribution);
  const items = zones.flatMap(({ nodes }) => nodes.flatMap((node) => node.items));
  const lost = lostShare(distribution, items);
  const frame = frameFor(room, items.length);
  const cutBox = lost === 0 ? undefined : cutBoxIn(frame, lost);
  const top = cutBox === undefined ? frame.top : cutBox.y + cutBox.height + room.em;
  const stack: Stack = { zones: [], nodes: [], rows: [] };
  const bottom = Math.max(stackZones(stack, zones, { ...frame, top }), cutBox ? cutBox.y + cutBox.height : 0);
  const heads = headsIn(frame, lost === 1 ? frame.edge : bottom);
  const hasConnections = distribution.outcome.kind !== 'nothing';
  return {
    width: room.width,
    height: Math.max(bottom, heads.service.y + heads.service.height),
    isStacked: frame.isStacked,
    ...heads,
    inlet: hasConnections ? inletBetween(frame, heads) : undefined,
    ...stack,
    ribbons: ribbonsTo(stack.rows, frame, leaveFrom(frame, heads.service, lost)),
    cut: cutBox && {
      share: lost,
      ribbon: hasConnections ? cutRibbon(frame, heads.service, cutBox, lost) : undefined,
      text: cutBox,
    },
  };
}

function lostShare({ outcome }: Distribution, items: readonly Item[]): number {
  if (outcome.kind !== 'spread') return 1;
  const lost = 1 - items.reduce((sum, { share }) => sum + share, 0);
  return lost > NEGLIGIBLE ? lost : 0;
}

function frameFor({ width, em }: Room, lines: number): Frame {
  if (width >= WIDE * em) {
    const edge = em * Math.min(12, Math.max(7, lines * 0.4));
    return { width, em, isStacked: false, edge, left: 31.5 * em, top: 0 };
  }
  const edge = Math.min(7 * em, Math.max(4 * em, width * 0.18));
  return { width, em, isStacked: true, edge, left: edge + 1.6 * em, top: 10.2 * em };
}

/** Clients and Service: at half the height, or at the top one below the other. */
function headsIn({ width, em, edge, isStacked }: Frame, bottom: number): { clients: Box; service: Box } {
  if (isStacked) {
    const head = { x: 0, width, height: 3.4 * em };
    return { clients: { ...head, y: 0 }, service: { ...head, y: 5 * em } };
  }
  const head = { y: Math.max(0, (bottom - edge) / 2), height: edge };
  return { clients: { ...head, x: 0, width: 9 * em }, service: { ...head, x: 12.5 * em, width: 11 * em } };
}

function inletBetween({ edge, isStacked }: Frame, { clients, service }: { clients: Box; service: Box }): Ribbon {
  const from = isStacked ? { x: 0, y: clients.height } : { x: clients.width, y: clients.y };
  return { id: 'inlet', zone: 0, thickness: edge, from, to: { x: service.x, y: service.y } };
}

/** The first line of the column, for what reaches no endpoint and why. */
function cutBoxIn({ width, em, edge, left, top, isStacked }: Frame, lost: number): Box {
  const text = lost === 1 && isStacked ? 8 : 2.2;
  return { x: left, y: top, width: width - left, height: Math.max(lost * edge, text * em) };
}

function cutRibbon(frame: Frame, service: Box, box: Box, lost: number): Ribbon {
  const { edge, em, left } = frame;
  const thickness = lost * edge;
  const to = { x: left - 1.2 * em, y: box.y + (box.height - thickness) / 2 };
  return { id: 'cut', zone: 0, thickness, from: leaveFrom(frame, service, 0)(0, thickness), to };
}

/** Where on the Service's edge a ribbon leaves: from the top down, or from the right to the left, so that none cross. */
type Leave = (offset: number, thickness: number) => Point;

function leaveFrom({ isStacked, edge }: Frame, { x, y, width, height }: Box, lost: number): Leave {
  const start = lost * edge;
  if (isStacked) return (offset, thickness) => ({ x: x + edge - start - offset - thickness, y: y + height });
  return (offset) => ({ x: x + width, y: y + start + offset });
}

/** Zones below each other, each with a line for its name. Returns where they end. */
function stackZones(stack: Stack, groups: readonly ZoneGroup[], frame: Frame): number {
  const { left, width, em } = frame;
  let y = frame.top;
  for (const [zone, group] of groups.entries()) {
    const top = y;
    y += (group.label === undefined ? 0.4 : 2) * em;
    for (const node of group.nodes) y = stackNode(stack, { ...node, zone, y }, frame);
    y += 0.2 * em;
    stack.zones.push({ label: group.label, box: { x: left, y: top, width: width - left, height: y - top } });
    y += 0.8 * em;
  }
  return y - 0.8 * em;
}

/** The lines of a node, with its name beside or above them. Returns where they end. */
function stackNode(stack: Stack, node: NodeGroup & { zone: number; y: number }, frame: Frame): number {
  const { left, width, em, isStacked } = frame;
  const isAbove = isStacked && node.label !== undefined;
  const inset = isStacked || node.label === undefined ? 0.6 * em : NODE_COLUMN * em;
  const top = node.y + (isAbove ? 1.6 * em : 0);
  const bottom = stackItems(stack, node, { x: left + inset, y: top, width: width - left - inset - 0.6 * em }, frame);
  const beside = { x: left + 0.8 * em, y: top, width: inset - em, height: bottom - top };
  const above = { x: left + 0.8 * em, y: node.y, width: width - left - em, height: 1.6 * em };
  const [first] = node.items;
  const middle = isAbove || first === undefined ? node.y + 0.85 * em : top + lineHeight(first, frame) / 2;
  stack.nodes.push({ label: node.label, box: isAbove ? above : beside, middle });
  return bottom + 0.2 * em;
}

/** High enough for its words and for its ribbon. */
function lineHeight({ share }: Item, { em, edge }: Pick<Frame, 'em' | 'edge'>): number {
  return Math.max(2 * em, share * edge + 0.3 * em);
}

function stackItems(
  stack: Stack,
  { items, zone }: NodeGroup & { zone: number },
  { x, y, width }: Point & { width: number },
  { em, edge }: Frame,
): number {
  let bottom = y;
  for (const item of items) {
    const height = lineHeight(item, { em, edge });
    stack.rows.push({ item, zone, box: { x, y: bottom, width, height } });
    bottom += height;
  }
  return bottom;
}

/** One ribbon for each line that gets connections, side by side along the Service's edge in the order of the lines. */
function ribbonsTo(rows: readonly Row[], { left, edge }: Frame, leave: Leave): readonly Ribbon[] {
  const ribbons: Ribbon[] = [];
  let offset = 0;
  for (const { item, zone, box } of rows) {
    const thickness = item.share * edge;
    if (thickness === 0) continue;
    const to = { x: left, y: box.y + (box.height - thickness) / 2 };
    ribbons.push({ id: item.id, zone, thickness, from: leave(offset, thickness), to });
    offset += thickness;
  }
  return ribbons;
}
