import { element } from './dom.ts';
import type { Choice, Controls, Distribution } from './messages.ts';

const TRAFFIC: readonly Choice[] = [
  { value: 'internal', label: 'inside the cluster' },
  { value: 'external', label: 'outside' },
];

const FIGURES = ['replicas', 'zones', 'nodes'] as const;

/** The most that is laid out. */
const MOST = 1000;

/** What can be chosen and tried out, in one line. Says so with every change. */
export class Toolbar {
  readonly element = element('form', { class: 'toolbar' });
  private readonly service = select('Service');
  private readonly port = select('port');
  private readonly traffic = select('from');
  private readonly family = select('over');
  private readonly client = select('node');
  private readonly replicas = figure('replicas', 0);
  private readonly zones = figure('zones', 1);
  private readonly nodes = figure('nodes', 1);
  private readonly reset = element('button', { type: 'reset' }, ['Reset']);
  private shown: Distribution | undefined;
  private asked: Controls | undefined;

  constructor(private readonly onChange: (controls: Controls) => void) {
    const fields = [
      this.service,
      this.port,
      this.family,
      this.traffic,
      this.client,
      this.replicas,
      this.zones,
      this.nodes,
    ];
    this.element.append(...fields.map(({ label }) => label), this.reset);
    setChoices(this.traffic.input, TRAFFIC);
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('input', (event) => this.change(event.target));
    this.element.addEventListener('focusout', () => this.showFigures());
    this.element.addEventListener('reset', (event) => {
      event.preventDefault();
      this.change(this.reset);
    });
  }

  /** `asked` is what was asked for, without the figures that the manifests give. */
  update(shown: Distribution, asked: Controls): void {
    const { controls } = shown;
    this.shown = shown;
    this.asked = asked;
    setChoices(this.service.input, shown.services);
    setChoices(this.port.input, shown.ports);
    setChoices(this.family.input, shown.families);
    this.family.label.hidden = shown.families.length < 2;
    setChoices(this.client.input, shown.clients);
    setValue(this.service.input, controls.service);
    setValue(this.port.input, String(controls.port));
    setValue(this.traffic.input, controls.traffic);
    setValue(this.family.input, controls.family ?? '');
    setValue(this.client.input, controls.client);
    this.showFigures();
    for (const name of FIGURES) this[name].label.classList.toggle('tried', asked[name] !== undefined);
    this.reset.disabled = FIGURES.every((name) => asked[name] === undefined);
  }

  private showFigures(): void {
    const { shown } = this;
    if (shown !== undefined) for (const name of FIGURES) setFigure(this[name].input, shown.controls[name]);
  }

  private change(target: EventTarget | null): void {
    if (this.shown === undefined) return;
    const asked = (name: (typeof FIGURES)[number]) => {
      if (target === this.reset) return undefined;
      return target === this[name].input ? figureOf(this[name].input) : this.asked?.[name];
    };
    const isOther = target === this.service.input;
    this.asked = {
      service: this.service.input.value,
      port: isOther ? 0 : Number(this.port.input.value),
      traffic: this.traffic.input.value === 'external' ? 'external' : 'internal',
      family: familyOf(this.family.input.value),
      client: this.client.input.value,
      replicas: isOther ? undefined : asked('replicas'),
      zones: asked('zones'),
      nodes: asked('nodes'),
    };
    this.onChange(this.asked);
  }
}

interface Field<Input> {
  readonly label: HTMLLabelElement;
  readonly input: Input;
}

function select(name: string): Field<HTMLSelectElement> {
  const input = element('select');
  return { label: element('label', {}, [name, ' ', input]), input };
}

function figure(name: string, min: number): Field<HTMLInputElement> {
  const input = element('input', { type: 'number', min, max: MOST, step: 1 });
  return { label: element('label', { class: 'figure' }, [name, ' ', input]), input };
}

function familyOf(value: string): Controls['family'] {
  return value === 'IPv4' || value === 'IPv6' ? value : undefined;
}

/** Nothing, or nothing sensible, means: as the manifests say. */
function figureOf(input: HTMLInputElement): number | undefined {
  const number = input.valueAsNumber;
  if (!Number.isInteger(number) || number < Number(input.min)) return undefined;
  return Math.min(number, MOST);
}

/** A list of choices is only touched when it changes: it may be open. */
function setChoices(input: HTMLSelectElement, choices: readonly Choice[]): void {
  const isSame =
    input.options.length === choices.length &&
    choices.every(({ value, label }, index) => {
      const option = input.options[index];
      return option?.value === value && option.text === label;
    });
  if (!isSame) input.replaceChildren(...choices.map(({ value, label }) => element('option', { value }, [label])));
  input.disabled = choices.length < 2;
}

function setValue(input: HTMLSelectElement, value: string): void {
  if (input.value !== value) input.value = value;
}

/** A field that somebody types into keeps what they typed: the answer may be to what they typed before. */
function setFigure(input: HTMLInputElement, value: number): void {
  if (document.activeElement !== input && input.valueAsNumber !== value) input.value = String(value);
}
