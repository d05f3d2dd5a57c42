import { element } from './dom.ts';
import type { Choice, Controls, Distribution } from './messages.ts';

const TRAFFIC: readonly Choice[] = [
  { value: 'internal', label: 'inside the cluster' },
  { value: 'external', label: 'outside' },
];

/** The most that is laid out. */
const MOST = 1000;

/** What can be chosen and tried out, in one line. Says so with every change. */
export class Toolbar {
  readonly element = element('form', { class: 'toolbar' });
  private readonly service = select('Service');
  private readonly port = select('port');
  private readonly traffic = select('from');
  private readonly client = select('node');
  private readonly replicas = figure('replicas', 0);
  private readonly zones = figure('zones', 1);
  private readonly nodes = figure('nodes', 1);
  private readonly reset = element('button', { type: 'reset' }, ['Reset']);
  private shown: Distribution | undefined;

  constructor(private readonly onChange: (controls: Controls) => void) {
    const fields = [this.service, this.port, this.traffic, this.client, this.replicas, this.zones, this.nodes];
    this.element.append(...fields.map(({ label }) => label), this.reset);
    setChoices(this.traffic.input, TRAFFIC);
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('input', (event) => this.change(event.target));
    this.element.addEventListener('reset', (event) => {
      event.preventDefault();
      this.change(this.reset);
    });
  }

  show(shown: Distribution): void {
    const { controls } = shown;
    this.shown = shown;
    setChoices(this.service.input, shown.services);
    setChoices(this.port.input, shown.ports);
    setChoices(this.client.input, shown.clients);
    setValue(this.service.input, controls.service);
    setValue(this.port.input, String(controls.port));
    setValue(this.traffic.input, controls.traffic);
    setValue(this.client.input, controls.client);
    setFigure(this.replicas.input, controls.replicas, shown.tried.replicas);
    setFigure(this.zones.input, controls.zones, shown.tried.zones);
    setFigure(this.nodes.input, controls.nodes, shown.tried.nodes);
    this.reset.disabled = Object.values(shown.tried).every((isTried) => !isTried);
  }

  private change(target: EventTarget | null): void {
    if (this.shown === undefined) return;
    const { controls, tried } = this.shown;
    const asked = (name: 'replicas' | 'zones' | 'nodes') => {
      if (target === this.reset) return undefined;
      if (target === this[name].input) return figureOf(this[name].input);
      return tried[name] ? controls[name] : undefined;
    };
    const isOther = target === this.service.input;
    this.onChange({
      service: this.service.input.value,
      port: isOther ? 0 : Number(this.port.input.value),
      traffic: this.traffic.input.value === 'external' ? 'external' : 'internal',
      client: this.client.input.value,
      replicas: isOther ? undefined : asked('replicas'),
      zones: asked('zones'),
      nodes: asked('nodes'),
    });
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

/** A field that somebody types into keeps what they typed. */
function setFigure(input: HTMLInputElement, value: number, isTried: boolean): void {
  input.classList.toggle('tried', isTried);
  if (document.activeElement === input && (input.value === '' || input.valueAsNumber === value)) return;
  if (input.valueAsNumber !== value) input.value = String(value);
}
