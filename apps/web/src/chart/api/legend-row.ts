import { GROUP_ACTIONS, type GroupAction, type PlotGroup } from '../model/plot-group.js';
import type { ChartTheme } from '../render/theme.js';
import type { LegendEntry } from '../view/legend-entries.js';
import { child, setText } from './chart-dom.js';
import { legendIcon } from './legend-icon.js';
import { LegendSlots } from './legend-slots.js';

const ICONS: Readonly<Record<GroupAction, string>> = {
  up: 'M3.5 9.5 8 5l4.5 4.5',
  down: 'M3.5 6.5 8 11l4.5-4.5',
  toggle: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  edit: 'M2.5 13.5v-3l8-8 3 3-8 8Z',
  remove: 'M3.5 3.5l9 9m0-9-9 9',
};

/** One group of plots in a legend: name, values at the crosshair, buttons. */
export class LegendRow {
  readonly element = document.createElement('div');
  readonly #title: HTMLSpanElement;
  readonly #slots: LegendSlots;
  readonly #problem: HTMLSpanElement;
  readonly #buttons: Readonly<Record<GroupAction, HTMLButtonElement>>;
  #shown: PlotGroup | null = null;

  constructor(act: (action: GroupAction) => void) {
    this.element.className = 'wick-chart-row';
    this.element.setAttribute('role', 'group');
    this.#title = child(this.element, 'span', 'wick-chart-row-title');
    this.#slots = new LegendSlots(this.element);
    this.#problem = child(this.element, 'span', 'wick-chart-row-problem');
    const bar = child(this.element, 'span', 'wick-chart-row-buttons');
    const button = (action: GroupAction): HTMLButtonElement => createButton(bar, action, () => act(action));
    this.#buttons = {
      toggle: button('toggle'),
      edit: button('edit'),
      up: button('up'),
      down: button('down'),
      remove: button('remove'),
    };
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Delete') return;
      event.preventDefault();
      act('remove');
    });
  }

  update(group: PlotGroup, entries: readonly LegendEntry[], theme: ChartTheme): void {
    this.#slots.update(entries, theme);
    if (group === this.#shown) return;
    this.#shown = group;
    this.element.dataset['group'] = group.id;
    this.element.dataset['hidden'] = String(group.hidden);
    this.element.setAttribute('aria-label', group.title);
    setText(this.#title, group.title);
    setText(this.#problem, group.problem === null ? '' : `× ${group.problem}`);
    for (const action of GROUP_ACTIONS) {
      const button = this.#buttons[action];
      const label = `${nameOf(action, group)} ${group.title}`;
      button.setAttribute('aria-label', label);
      button.title = label;
    }
    this.#buttons.up.hidden = !group.moves.includes('up');
    this.#buttons.down.hidden = !group.moves.includes('down');
  }
}

function nameOf(action: GroupAction, group: PlotGroup): string {
  switch (action) {
    case 'up':
      return 'Move up';
    case 'down':
      return 'Move down';
    case 'toggle':
      return group.hidden ? 'Show' : 'Hide';
    case 'edit':
      return 'Edit';
    case 'remove':
      return 'Remove';
  }
}

function createButton(parent: HTMLElement, action: GroupAction, run: () => void): HTMLButtonElement {
  const button = child(parent, 'button', '');
  button.type = 'button';
  button.dataset['action'] = action;
  button.append(legendIcon(ICONS[action]));
  button.addEventListener('click', run);
  return button;
}
