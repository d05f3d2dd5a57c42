type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | undefined;

/** An HTML element. Attributes that are false or undefined are left out, true ones are there without a value. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly Child[] = [],
): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill<Target extends Element>(target: Target, attributes: Attributes, children: readonly Child[]): Target {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) target.setAttribute(name, value === true ? '' : String(value));
  }
  target.append(...children.filter((child) => child !== undefined));
  return target;
}

/** Sets the text only if it is another one, so that a selection stays and nothing is read out twice. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** A name that opens its place where it has one, else only the name. The button stays over updates, and so does its focus. */
export class NameButton {
  readonly element = element('span', { class: 'named' });
  private readonly button = element('button', { type: 'button', class: 'link' });
  private open: (() => void) | undefined;

  constructor() {
    this.button.addEventListener('click', () => this.open?.());
  }

  update(name: string, open: (() => void) | undefined): void {
    this.open = open;
    if (open === undefined) {
      setText(this.element, name);
      return;
    }
    setText(this.button, name);
    if (this.button.parentElement !== this.element) this.element.replaceChildren(this.button);
  }
}
