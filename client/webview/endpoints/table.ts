import { element, NameButton, setText } from './dom.ts';
import { shareOf } from './groups.ts';
import { stateIcon } from './icons.ts';
import type { Distribution, EndpointRow, Place } from './messages.ts';
import { percent, zoneName } from './words.ts';

const COLUMNS = ['Endpoint', 'Runs on', 'Port', 'State', 'Share'] as const;

/** Every endpoint in words, a line each. Lines stay over updates, and with them the focus. */
export class EndpointTable {
  readonly element = element('div', { class: 'table' });
  private readonly service = new NameButton();
  private readonly port = element('span');
  private readonly body = element('tbody');
  private readonly lines = new Map<string, Line>();

  /** `trace` gets the endpoints that are pointed at. */
  constructor(
    private readonly open: (place: Place) => void,
    private readonly trace: (ids: readonly string[]) => void,
  ) {
    const head = COLUMNS.map((name) => element('th', { scope: 'col', class: className(name) }, [name]));
    const table = element('table', {}, [
      element('caption', {}, ['Endpoints of ', this.service.element, this.port]),
      element('thead', {}, [element('tr', {}, head)]),
      this.body,
    ]);
    this.element.append(table);
  }

  update(distribution: Distribution): void {
    const { endpoints, title, portLabel, place } = distribution;
    this.service.update(title, place && (() => this.open(place)));
    setText(this.port, `, port ${portLabel}`);
    this.element.hidden = endpoints.length === 0;
    const used = new Set(endpoints.map(({ id }) => id));
    for (const [id, line] of this.lines) {
      if (used.has(id)) continue;
      line.element.remove();
      this.lines.delete(id);
    }
    for (const [index, endpoint] of endpoints.entries()) {
      const line = this.lineOf(endpoint.id);
      line.show(endpoint, shareOf(distribution, endpoint));
      const there = this.body.children[index];
      if (there !== line.element) this.body.insertBefore(line.element, there ?? null);
    }
  }

  /** Lets the lines of some endpoints stand out. */
  highlight(ids: ReadonlySet<string>): void {
    for (const [id, line] of this.lines) line.element.classList.toggle('traced', ids.has(id));
  }

  private lineOf(id: string): Line {
    const known = this.lines.get(id);
    if (known !== undefined) return known;
    const line = new Line(id, this.open, this.trace);
    this.lines.set(id, line);
    return line;
  }
}

function className(column: (typeof COLUMNS)[number]): string {
  return column.toLowerCase().replace(' ', '-');
}

class Line {
  readonly element = element('tr');
  private readonly name = new NameButton();
  private readonly cells = COLUMNS.map((column, index) =>
    element(index === 0 ? 'th' : 'td', { class: className(column), ...(index === 0 ? { scope: 'row' } : {}) }),
  );
  private readonly workload = element('small');
  private shown = '';

  constructor(
    id: string,
    private readonly open: (place: Place) => void,
    trace: (ids: readonly string[]) => void,
  ) {
    this.element.append(...this.cells);
    this.cells[0]?.append(this.name.element, this.workload);
    const point = () => trace([id]);
    const leave = () => trace([]);
    this.element.addEventListener('pointerenter', point);
    this.element.addEventListener('pointerleave', leave);
    this.element.addEventListener('focusin', point);
    this.element.addEventListener('focusout', leave);
  }

  show(endpoint: EndpointRow, share: number): void {
    const { place } = endpoint;
    this.name.update(endpoint.name, place && (() => this.open(place)));
    const text = JSON.stringify([endpoint, share]);
    if (text === this.shown) return;
    this.shown = text;
    const [, node, port, state, part] = this.cells;
    setText(this.workload, endpoint.workload);
    node?.replaceChildren(
      element('span', {}, [endpoint.node ?? 'not known']),
      element('small', {}, [endpoint.zone === undefined ? '' : zoneName(endpoint.zone)]),
    );
    if (port !== undefined) setText(port, portWords(endpoint));
    state?.replaceChildren(stateIcon(endpoint.state), ` ${endpoint.state}`);
    if (part !== undefined) setText(part, share === 0 ? 'none' : percent(share));
    this.element.classList.toggle('idle', share === 0);
  }
}

function portWords({ address, targetPort }: EndpointRow): string {
  const host = address?.includes(':') ? `[${address}]` : address;
  return [host, targetPort].filter((part) => part !== undefined).join(':') || 'none';
}
