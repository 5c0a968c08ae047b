import type { ChartModel } from '../model/chart-model.js';
import type { Pane } from '../model/pane-stack.js';
import type { GroupAction, PlotGroup } from '../model/plot-group.js';
import type { ChartTheme } from '../render/theme.js';
import { groupEntries, legendEntries } from '../view/legend-entries.js';
import { child } from './chart-dom.js';
import { LegendFold } from './legend-fold.js';
import { LegendRow } from './legend-row.js';
import { LegendSlots } from './legend-slots.js';

interface PaneLegend {
  readonly element: HTMLDivElement;
  readonly slots: LegendSlots;
  readonly fold: LegendFold;
  top: number;
}

/** The legends on top of each pane, as text the page can select, copy and test; changed only where it differs. */
export class Legends {
  readonly #root: HTMLElement;
  readonly #act: (group: string, action: GroupAction) => void;
  readonly #rows = new Map<string, LegendRow>();
  #panes: PaneLegend[] = [];

  /** `act` hears of the buttons of the plots' rows. */
  constructor(root: HTMLElement, act: (group: string, action: GroupAction) => void) {
    this.#root = root;
    this.#act = act;
  }

  /** Rewrites what changed. `width` is that of the plot, CSS pixels. */
  update(model: ChartModel, theme: ChartTheme, width: number): void {
    const { panes } = model.stack;
    const { groups } = model.options;
    const focused = document.activeElement;
    this.#dropRows(groups);
    while (this.#panes.length > panes.length) this.#panes.pop()?.element.remove();
    for (const [index, pane] of panes.entries()) {
      const legend = (this.#panes[index] ??= this.#create());
      place(legend, pane, width);
      legend.slots.update(legendEntries(model, pane), theme);
      const own = groups.filter((group) => group.pane === pane.id);
      legend.fold.update(own);
      let previous: Element = legend.fold.element;
      for (const group of own) {
        const row = this.#rowOf(group);
        if (previous.nextElementSibling !== row.element) previous.after(row.element);
        row.update(group, groupEntries(model, group), theme);
        previous = row.element;
      }
    }
    // A row that moved to another pane lost the focus on its way, one that went leaves it to the chart.
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#isOurs(focused)) {
      (this.#root.contains(focused) ? focused : this.#root).focus({ preventScroll: true });
    }
  }

  #isOurs(element: HTMLElement): boolean {
    return element.closest('.wick-chart-row') !== null;
  }

  #dropRows(groups: readonly PlotGroup[]): void {
    for (const [id, row] of this.#rows) {
      if (groups.some((group) => group.id === id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
  }

  #rowOf(group: PlotGroup): LegendRow {
    let row = this.#rows.get(group.id);
    if (!row) {
      row = new LegendRow((action) => this.#act(group.id, action));
      this.#rows.set(group.id, row);
    }
    return row;
  }

  #create(): PaneLegend {
    const element = child(this.#root, 'div', 'wick-chart-legend');
    const slots = new LegendSlots(element);
    slots.element.setAttribute('aria-hidden', 'true');
    return { element, slots, fold: new LegendFold(element), top: 0 };
  }
}

function place(legend: PaneLegend, pane: Pane, width: number): void {
  const { element } = legend;
  if (element.dataset['pane'] !== pane.id) element.dataset['pane'] = pane.id;
  if (legend.top !== pane.top) {
    legend.top = pane.top;
    // Below the divider's line, which it would cover.
    element.style.top = `${pane.top > 0 ? pane.top + 1 : 0}px`;
  }
  const maxWidth = `${width}px`;
  if (element.style.maxWidth !== maxWidth) element.style.maxWidth = maxWidth;
}
