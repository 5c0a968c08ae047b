import type { ChartTheme } from '../render/theme.js';
import type { LegendEntry } from '../view/legend-entries.js';
import { child, setText } from './chart-dom.js';

interface Slot {
  readonly element: HTMLSpanElement;
  readonly label: HTMLSpanElement;
  readonly value: HTMLSpanElement;
  part: string;
  tone: string;
  color: string;
}

/** A line of `label value` pairs; only what differs is written. */
export class LegendSlots {
  readonly element: HTMLDivElement;
  readonly #slots: Slot[] = [];

  constructor(parent: HTMLElement) {
    this.element = child(parent, 'div', 'wick-chart-slots');
  }

  update(entries: readonly LegendEntry[], theme: ChartTheme): void {
    const isEmpty = entries.length === 0;
    if (this.element.hidden !== isEmpty) this.element.hidden = isEmpty;
    while (this.#slots.length > entries.length) this.#slots.pop()?.element.remove();
    for (const [index, entry] of entries.entries())
      write((this.#slots[index] ??= createSlot(this.element)), entry, theme);
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
