import { CHART_KEYS } from './chart-keys.js';

/** The elements of a chart besides its legends and dividers. */
export interface ChartDom {
  readonly root: HTMLDivElement;
  /** Takes pointers; holds the canvases. */
  readonly pad: HTMLDivElement;
  readonly base: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly stale: HTMLDivElement;
  readonly now: HTMLButtonElement;
  readonly zone: HTMLDivElement;
  /** Speaks the candle reached by keyboard. */
  readonly live: HTMLDivElement;
}

/** Read out with the chart: what each key does. */
const KEYS_HELP = CHART_KEYS.map(({ keys, label }) => `${keys}: ${label}.`).join(' ');

let count = 0;

/** Builds the elements inside `host`. */
export function createChartDom(host: HTMLElement): ChartDom {
  const root = child(host, 'div', 'wick-chart');
  root.tabIndex = 0;
  root.setAttribute('role', 'application');
  root.setAttribute('aria-roledescription', 'candle chart');
  root.setAttribute('aria-keyshortcuts', 'ArrowLeft ArrowRight Plus Minus Home End PageUp PageDown A Escape');
  const pad = child(root, 'div', 'wick-chart-pad');
  const base = child(pad, 'canvas', '');
  const overlay = child(pad, 'canvas', '');
  for (const canvas of [base, overlay]) canvas.setAttribute('aria-hidden', 'true');
  const help = child(root, 'div', 'wick-chart-hidden');
  help.id = `wick-chart-keys-${++count}`;
  help.textContent = KEYS_HELP;
  root.setAttribute('aria-describedby', help.id);
  const live = child(root, 'div', 'wick-chart-hidden');
  live.setAttribute('aria-live', 'polite');
  const stale = child(root, 'div', 'wick-chart-stale');
  stale.setAttribute('role', 'status');
  stale.hidden = true;
  const now = child(root, 'button', 'wick-chart-now');
  now.type = 'button';
  now.textContent = '»';
  now.title = 'Go to the newest candle (End)';
  now.setAttribute('aria-label', 'Go to the newest candle');
  now.hidden = true;
  const zone = child(root, 'div', 'wick-chart-zone');
  return { root, pad, base, overlay, stale, now, zone, live };
}

/** Appends a new element to `parent`. */
export function child<Tag extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  parent.append(element);
  return element;
}

/** Sets the text of `element` unless it is there already: assigning it anew would cost a layout. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
