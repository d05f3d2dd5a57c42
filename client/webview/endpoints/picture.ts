import { element, svg } from './dom.ts';
import { drawScene, zoneClass } from './drawing.ts';
import { layOut, type PictureLayout, type Ribbon } from './layout.ts';
import { letteringOf } from './lettering.ts';
import type { Distribution, Place } from './messages.ts';
import { acrossPath, downPath, turningPath } from './paths.ts';

/** The ribbons and boxes. It is hidden from screen readers: the table says the same. */
export class Picture {
  readonly element = element('div', { class: 'picture', 'aria-hidden': 'true' });
  private readonly scene = svg('g');
  private readonly ribbons = svg('g', { class: 'ribbons' });
  private readonly svg = svg('svg', { focusable: 'false' }, [hatching(), this.ribbons, this.scene]);
  private paths = new Map<string, SVGPathElement>();
  private distribution: Distribution | undefined;
  private layout: PictureLayout | undefined;
  private highlighted: ReadonlySet<string> = new Set();

  /** `trace` gets the endpoints that are pointed at. */
  constructor(
    private readonly open: (place: Place) => void,
    private readonly trace: (ids: readonly string[]) => void,
  ) {
    this.element.append(this.svg);
    this.svg.addEventListener('mouseover', ({ target }) => this.trace(this.endpointsAt(target).map(({ id }) => id)));
    this.svg.addEventListener('mouseleave', () => this.trace([]));
    this.svg.addEventListener('click', ({ target }) => this.openAt(target));
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  update(distribution: Distribution): void {
    this.distribution = distribution;
    this.draw();
  }

  /** Brings out the lines and ribbons of some endpoints; of none if there are none. */
  highlight(ids: ReadonlySet<string>): void {
    this.highlighted = ids;
    const traced = new Set(
      this.layout?.rows.filter(({ item }) => item.endpoints.some(({ id }) => ids.has(id))).map(({ item }) => item.id),
    );
    this.svg.classList.toggle('tracing', traced.size > 0);
    for (const each of this.svg.querySelectorAll<SVGElement>('[data-id]'))
      each.classList.toggle('traced', traced.has(each.dataset['id'] ?? ''));
  }

  /** Ribbons glide to their new places after an edit, but not while the window is resized. */
  private resize(): void {
    if (this.distribution === undefined || this.element.clientWidth === this.layout?.width) return;
    this.svg.classList.add('still');
    this.draw();
    requestAnimationFrame(() => this.svg.classList.remove('still'));
  }

  private draw(): void {
    const width = this.element.clientWidth;
    if (this.distribution === undefined || width === 0) return;
    const lettering = letteringOf(this.element);
    const layout = layOut(this.distribution, { width, em: lettering.em });
    this.layout = layout;
    this.svg.setAttribute('viewBox', `-1 -1 ${width + 2} ${layout.height + 2}`);
    this.svg.setAttribute('height', String(layout.height + 2));
    this.scene.replaceChildren(...drawScene(this.distribution, layout, lettering));
    this.drawRibbons(layout, lettering.em);
    this.highlight(this.highlighted);
  }

  private drawRibbons(layout: PictureLayout, em: number): void {
    const { inlet, cut, ribbons, isStacked } = layout;
    const paths = new Map<string, SVGPathElement>();
    const put = (ribbon: Ribbon, name: string, d: string) => {
      const path = this.paths.get(ribbon.id) ?? svg('path', { 'data-id': ribbon.id });
      path.setAttribute('class', `ribbon ${name}`);
      // A style, not the attribute: only styles glide.
      path.style.setProperty('d', `path("${d}")`);
      paths.set(ribbon.id, path);
    };
    const pathOf = (ribbon: Ribbon) => (isStacked ? turningPath(ribbon, em) : acrossPath(ribbon));
    if (inlet !== undefined) put(inlet, 'inlet', isStacked ? downPath(inlet) : acrossPath(inlet));
    if (cut?.ribbon !== undefined) put(cut.ribbon, 'lost', pathOf(cut.ribbon));
    for (const ribbon of ribbons) put(ribbon, zoneClass(ribbon.zone), pathOf(ribbon));
    for (const [id, path] of this.paths) if (!paths.has(id)) path.remove();
    for (const [id, path] of paths) if (!this.paths.has(id)) this.ribbons.append(path);
    this.paths = paths;
  }

  private endpointsAt(target: EventTarget | null): Distribution['endpoints'] {
    const id = target instanceof Element ? target.closest<SVGElement>('[data-id]')?.dataset['id'] : undefined;
    return this.layout?.rows.find(({ item }) => item.id === id)?.item.endpoints ?? [];
  }

  private openAt(target: EventTarget | null): void {
    const isService = target instanceof Element && target.closest('.service') !== null;
    const [first] = this.endpointsAt(target);
    const place = isService ? this.distribution?.place : first?.place;
    if (place !== undefined) this.open(place);
  }
}

function hatching(): SVGElement {
  const line = svg('path', { class: 'hatch', d: 'M0 6L6 0' });
  const pattern = svg('pattern', { id: 'hatching', width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, [line]);
  return svg('defs', {}, [pattern]);
}
