import { svg } from './dom.ts';
import type { Item } from './groups.ts';
import type { Box, Cut, PictureLayout, Row } from './layout.ts';
import type { Lettering } from './lettering.ts';
import type { Distribution, EndpointRow } from './messages.ts';
import { count, percent, zoneName } from './words.ts';

/** Zones take turns with the colours of the charts palette. */
const COLOURS = 5;

/** Bold letters are wider, so this part of the room holds as many. */
const BOLD = 0.88;

/** The class that gives the colour of a zone. */
export function zoneClass(zone: number): string {
  return `zone-${zone % COLOURS}`;
}

/** Everything but the ribbons. */
export function drawScene(distribution: Distribution, layout: PictureLayout, lettering: Lettering): readonly Node[] {
  const { title, type, address, portLabel } = distribution;
  return [
    box(layout.clients, 'head', clientLines(distribution), lettering),
    box(layout.service, 'head service', [title, type, address, portLabel], lettering),
    ...layout.zones.map((zone, index) => drawZone(zone, index, lettering)),
    ...layout.nodes.map((node) => drawNode(node, layout, lettering)),
    ...layout.rows.map((row) => drawRow(row, lettering)),
    ...(layout.cut === undefined ? [] : [drawCut(layout.cut, distribution, lettering)]),
  ];
}

function clientLines({ clients, controls }: Distribution): readonly string[] {
  const node = clients.find(({ value }) => value === controls.client)?.label ?? clients[0]?.label ?? '';
  if (controls.traffic === 'external') return ['Clients', 'outside', `via ${node}`];
  return ['Clients', 'in the cluster', `on ${node}`];
}

/** A box with lines in it, the first one in bold. In a low box the other lines share one. */
function box(frame: Box, name: string, lines: readonly string[], lettering: Lettering): SVGElement {
  const { x, y, width, height } = frame;
  const { em } = lettering;
  const shown = height < 5 * em ? [lines[0] ?? '', lines.slice(1).join(' · ')] : lines;
  const top = y + height / 2 - ((shown.length - 1) * 1.45 * em) / 2;
  const texts = shown.map((line, index) =>
    label(
      lettering.fit(line, (width - 1.6 * em) * (index === 0 ? BOLD : 1)),
      x + 0.8 * em,
      top + index * 1.45 * em,
      index === 0 ? 'strong' : 'muted',
    ),
  );
  return svg('g', { class: name }, [rectangle(frame, 'frame', 4), ...texts]);
}

function drawZone(zone: PictureLayout['zones'][number], index: number, lettering: Lettering): SVGElement {
  const { x, y, width } = zone.box;
  const { em, fit } = lettering;
  const name =
    zone.label === undefined ? [] : [label(fit(zoneName(zone.label), width - em), x + 0.8 * em, y + em, 'strong')];
  return svg('g', { class: `zone ${zoneClass(index)}` }, [rectangle(zone.box, 'frame', 4), ...name]);
}

/** The name of a node, and a bracket around its lines. */
function drawNode(
  node: PictureLayout['nodes'][number],
  { isStacked }: PictureLayout,
  lettering: Lettering,
): SVGElement {
  if (node.label === undefined) return svg('g');
  const { x, y, width, height } = node.box;
  const { em, fit } = lettering;
  const name = label(fit(node.label, width - 0.6 * em), x, node.middle, 'muted');
  const right = x + width - 0.3 * em;
  const bracket = svg('path', { class: 'bracket', d: `M${right} ${y + 0.3 * em}V${y + height - 0.3 * em}` });
  return svg('g', { class: 'node' }, isStacked ? [name] : [name, bracket]);
}

interface Columns {
  readonly name: number;
  readonly nameWidth: number;
  /** Right edge; undefined if there is no room. */
  readonly port: number | undefined;
  readonly percent: number;
  readonly bar: { readonly x: number; readonly width: number } | undefined;
}

/** What has no room is left out: the table has it. */
function columnsOf({ x, width }: Box, em: number): Columns {
  const right = x + width - 0.4 * em;
  const barWidth = width >= 24 * em ? 6 * em : 0;
  const bar = barWidth === 0 ? undefined : { x: right - barWidth, width: barWidth };
  const share = right - barWidth - (barWidth === 0 ? 0 : 0.8 * em);
  const port = width >= 16 * em ? share - 3.8 * em : undefined;
  const name = x + 1.6 * em;
  return {
    name,
    nameWidth: (port === undefined ? share - 3.4 * em : port - 3.4 * em) - name,
    port,
    percent: share,
    bar,
  };
}

function drawRow({ item, zone, box: frame }: Row, lettering: Lettering): SVGElement {
  const { em } = lettering;
  const columns = columnsOf(frame, em);
  const middle = frame.y + frame.height / 2;
  const state = outStateOf(item);
  const port = isShownOut(item) ? undefined : portOf(item);
  const isOut = state !== undefined;
  const nameWidth = columns.nameWidth - (isOut && columns.port === undefined ? 3 * em : 0);
  const parts = [
    rectangle(inset(frame, 0.12 * em), 'plate', 3),
    dot(frame.x + 0.8 * em, middle, em, isOut),
    label(lettering.fit(nameOf(item), nameWidth), columns.name, middle, item.isRest ? 'name muted' : 'name'),
    ...(columns.port === undefined || port === undefined ? [] : [label(port, columns.port, middle, 'muted end')]),
    ...(isOut && isShownOut(item)
      ? [label(state, columns.percent, middle, 'muted end')]
      : [label(percent(item.share), columns.percent, middle, item.share === 0 ? 'muted end' : 'end')]),
    ...(columns.bar === undefined ? [] : drawBar(columns.bar, middle, em, item)),
  ];
  const name = `row ${zoneClass(zone)}${isOut ? ' out' : ''}${item.isRest ? '' : ' single'}`;
  return svg('g', { class: name, 'data-id': item.id }, [...parts, svg('title', {}, [titleOf(item)])]);
}

function drawBar({ x, width }: { x: number; width: number }, middle: number, em: number, item: Item): SVGElement[] {
  const frame = { x, y: middle - 0.35 * em, width, height: 0.7 * em };
  if (isShownOut(item)) return [rectangle(frame, 'hatched', 2)];
  return [rectangle(frame, 'track', 2), rectangle({ ...frame, width: width * item.share }, 'bar', 2)];
}

/** A filled circle for what is ready, an open dashed one for what is not. */
function dot(cx: number, cy: number, em: number, isOut: boolean): SVGElement {
  return svg('circle', { class: isOut ? 'dot hollow' : 'dot', cx, cy, r: 0.28 * em });
}

/** The state in words; undefined if all endpoints of the line are ready. */
function outStateOf({ endpoints }: Item): string | undefined {
  const states = new Set(endpoints.map(({ state }) => state));
  if (states.size === 1) return endpoints[0]?.state === 'ready' ? undefined : endpoints[0]?.state;
  return undefined;
}

/** Where nothing arrives, the state is said in place of port and share. */
function isShownOut(item: Item): boolean {
  return outStateOf(item) !== undefined && item.share === 0;
}

function portOf({ endpoints }: Item): string | undefined {
  const ports = new Set(endpoints.map(({ targetPort }) => targetPort));
  const [port] = ports;
  return ports.size === 1 && port !== undefined ? String(port) : undefined;
}

function nameOf({ endpoints, isRest }: Item): string {
  if (!isRest) return endpoints[0]?.name ?? '';
  const out = endpoints.filter(({ state }) => state !== 'ready').length;
  const note = out === 0 || out === endpoints.length ? '' : ` (${out} not ready)`;
  return `… and ${endpoints.length} more${note}`;
}

function titleOf(item: Item): string {
  const [first] = item.endpoints;
  if (first === undefined || item.isRest) return `${count(item.endpoints.length, 'endpoint')} · ${percent(item.share)}`;
  return [...describe(first), percent(item.share)].join(' · ');
}

function describe({ name, workload, address, state }: EndpointRow): readonly string[] {
  return [name, workload, address, state].filter((part) => part !== undefined);
}

/** What is said where connections end. */
function drawCut({ share, ribbon, text }: Cut, { outcome }: Distribution, lettering: Lettering): SVGElement {
  const { em } = lettering;
  const x = text.x + (ribbon === undefined ? 0 : 0.6 * em);
  const lines = lettering.wrap(share < 1 ? '' : outcome.reason, text.width - 0.6 * em, 5).filter((line) => line !== '');
  const top = text.y + text.height / 2 - (lines.length * 1.45 * em) / 2;
  const words = lines.map((line, index) => label(line, x, top + (index + 1) * 1.45 * em, 'muted'));
  const mark = ribbon === undefined ? [] : drawCap(ribbon, em);
  return svg('g', { class: 'cut' }, [...mark, label(cutTitle(share, outcome), x, top, 'strong'), ...words]);
}

function cutTitle(share: number, { kind }: Distribution['outcome']): string {
  if (share < 1) return `${percent(share)} dropped`;
  return { dropped: 'Dropped', rejected: 'Rejected', nothing: 'No connections', spread: 'Dropped' }[kind];
}

/** A bar across the end of a ribbon, and a cross behind it. */
function drawCap({ to, thickness }: { to: { x: number; y: number }; thickness: number }, em: number): SVGElement[] {
  const middle = to.y + thickness / 2;
  const arm = 0.35 * em;
  const x = to.x + 0.8 * em;
  const cross = `M${x - arm} ${middle - arm}L${x + arm} ${middle + arm}M${x - arm} ${middle + arm}L${x + arm} ${middle - arm}`;
  const reach = 0.3 * em;
  return [
    svg('path', { class: 'cap', d: `M${to.x} ${to.y - reach}V${to.y + thickness + reach}` }),
    svg('path', { class: 'cap', d: cross }),
  ];
}

function rectangle({ x, y, width, height }: Box, name: string, radius: number): SVGElement {
  return svg('rect', { class: name, x, y, width, height, rx: radius });
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x, y: y + by, width, height: height - 2 * by };
}

function label(text: string, x: number, y: number, name: string): SVGElement {
  return svg('text', { class: name, x, y, dy: '0.35em' }, [text]);
}
