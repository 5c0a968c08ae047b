import type { ChartModel } from '../model/chart-model.js';
import type { ChartTheme } from '../render/theme.js';
import { legendEntries, type LegendEntry } from '../view/legend-entries.js';
import { child, setText } from './chart-dom.js';

interface Slot {
  readonly element: HTMLSpanElement;
  readonly label: HTMLSpanElement;
  readonly value: HTMLSpanElement;
  part: string;
  tone: string;
  color: string;
}

/** The legends on top of each pane, as text the page can select, copy and test; changed only where it differs. */
export class Legends {
  readonly #root: HTMLElement;
  #panes: { element: HTMLDivElement; slots: Slot[]; top: number }[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Rewrites what changed. `width` is that of the plot, CSS pixels. */
  update(model: ChartModel, theme: ChartTheme, width: number): void {
    const { panes } = model.stack;
    while (this.#panes.length > panes.length) this.#panes.pop()?.element.remove();
    for (const [index, pane] of panes.entries()) {
      const legend = (this.#panes[index] ??= this.#create());
      if (legend.element.dataset['pane'] !== pane.id) legend.element.dataset['pane'] = pane.id;
      if (legend.top !== pane.top) {
        legend.top = pane.top;
        // Below the divider's line, which it would cover.
        legend.element.style.top = `${pane.top > 0 ? pane.top + 1 : 0}px`;
      }
      const maxWidth = `${width}px`;
      if (legend.element.style.maxWidth !== maxWidth) legend.element.style.maxWidth = maxWidth;
      const entries = legendEntries(model, pane);
      while (legend.slots.length > entries.length) legend.slots.pop()?.element.remove();
      for (const [slotIndex, entry] of entries.entries()) {
        const slot = (legend.slots[slotIndex] ??= createSlot(legend.element));
        write(slot, entry, theme);
      }
    }
  }

  #create(): { element: HTMLDivElement; slots: Slot[]; top: number } {
    const element = child(this.#root, 'div', 'wick-chart-legend');
    element.setAttribute('aria-hidden', 'true');
    return { element, slots: [], top: 0 };
  }
}

function createSlot(parent: HTMLElement): Slot {
  const element = child(parent, 'span', '');
  const label = child(element, 'span', '');
  label.dataset['label'] = '';
  const value = child(element, 'span', '');
  return { element, label, value, part: '', tone: '', color: '' };
}

function write(slot: Slot, entry: LegendEntry, theme: ChartTheme): void {
  if (slot.part !== entry.part) {
    slot.part = entry.part;
    slot.element.dataset['part'] = entry.part;
  }
  setText(slot.label, entry.label === '' || entry.value === '' ? entry.label : `${entry.label} `);
  setText(slot.value, entry.value);
  const tone = entry.tone ?? '';
  if (slot.tone !== tone) {
    slot.tone = tone;
    slot.value.dataset['tone'] = tone;
  }
  const color = entry.color === null ? '' : theme.color(entry.color);
  if (slot.color !== color) {
    slot.color = color;
    slot.value.style.color = color;
  }
}
