import './endpoints.css';
import { element, setText } from './dom.ts';
import type { Controls, Distribution, Memory, Place, ToHost, ToPage } from './messages.ts';
import { Picture } from './picture.ts';
import { sliceBoxes } from './slices.ts';
import { EndpointTable } from './table.ts';
import { Toolbar } from './toolbar.ts';

/** What outlives the page while its tab is hidden, and VS Code itself. */
interface State {
  readonly memory?: Memory;
  readonly scroll?: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: ToHost): void;
  getState(): State | undefined;
  setState(state: State): void;
};

const host = acquireVsCodeApi();
const open = (place: Place) => host.postMessage({ type: 'open', place });
const toolbar = new Toolbar((controls) => host.postMessage({ type: 'controls', controls }));
const picture = new Picture(open, trace);
const table = new EndpointTable(open, trace);
const reason = element('p', { class: 'reason', 'aria-live': 'polite' });
const assumptions = element('ul', { class: 'assumptions' });
const slices = element('section', { class: 'slices' });
const page = element('div', { hidden: true }, [
  toolbar.element,
  picture.element,
  reason,
  assumptions,
  slices,
  table.element,
]);
const empty = element('section', { class: 'nothing', role: 'status', hidden: true });

document.getElementById('app')?.append(page, empty);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
window.addEventListener('scrollend', () => remember({ scroll: window.scrollY }));
host.postMessage({ type: 'ready' });

function remember(part: State): void {
  host.setState({ ...host.getState(), ...part });
}

function receive(message: ToPage): void {
  const isFirst = page.hidden;
  page.hidden = message.type === 'empty';
  empty.hidden = message.type === 'show';
  if (message.type === 'show') {
    show(message.distribution, message.memory.controls);
    remember({ memory: message.memory });
  } else empty.replaceChildren(element('h1', {}, [message.reason]), element('p', {}, [message.advice]));
  if (isFirst) window.scrollTo(0, host.getState()?.scroll ?? 0);
}

function show(distribution: Distribution, asked: Controls): void {
  toolbar.update(distribution, asked);
  picture.update(distribution);
  table.update(distribution);
  setText(reason, distribution.outcome.reason);
  replaceIfChanged(assumptions, distribution.assumptions.map(assumption));
  replaceIfChanged(slices, sliceBoxes(distribution.slices));
}

function assumption(text: string): Node {
  return element('li', {}, [element('span', { class: 'mark' }, ['assumed:']), ` ${text}`]);
}

/** Leaves what is the same alone, with what is selected in it. */
function replaceIfChanged(target: Element, children: readonly Node[]): void {
  const wanted = element('div', {}, children);
  if (wanted.innerHTML !== target.innerHTML) target.replaceChildren(...wanted.childNodes);
}

/** Brings out some endpoints in picture and table alike. */
function trace(ids: readonly string[]): void {
  const traced = new Set(ids);
  picture.highlight(traced);
  table.highlight(traced);
}
