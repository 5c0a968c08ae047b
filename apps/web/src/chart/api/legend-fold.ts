import type { PlotGroup } from '../model/plot-group.js';
import { child, setText } from './chart-dom.js';
import { legendIcon } from './legend-icon.js';

/** Fewer rows take no more room than the button would. */
const ROWS_MIN = 2;

/** The line into which the rows of a pane fold on a narrow screen, where they would cover half of it. */
export class LegendFold {
  readonly element: HTMLButtonElement;
  readonly #legend: HTMLElement;
  readonly #count: HTMLSpanElement;
  readonly #failed: HTMLSpanElement;

  /** `legend` holds the rows; its style sheet hides them as long as it is folded. */
  constructor(legend: HTMLElement) {
    this.#legend = legend;
    this.element = child(legend, 'button', 'wick-chart-fold');
    this.element.type = 'button';
    this.#count = child(this.element, 'span', '');
    this.#failed = child(this.element, 'span', 'wick-chart-row-problem');
    this.element.append(legendIcon('M3.5 6.5 8 11l4.5-4.5'));
    this.element.addEventListener('click', () => this.#fold(legend.dataset['folded'] === 'false'));
    this.#fold(true);
  }

  /** Counts the rows, and those without plots, which are not to be overlooked. */
  update(groups: readonly PlotGroup[]): void {
    this.element.hidden = groups.length < ROWS_MIN;
    this.#legend.toggleAttribute('data-foldable', !this.element.hidden);
    const failed = groups.filter(({ problem }) => problem !== null).length;
    setText(this.#count, `${groups.length} indicators`);
    setText(this.#failed, failed === 0 ? '' : `× ${failed} failed`);
  }

  #fold(isFolded: boolean): void {
    this.#legend.dataset['folded'] = String(isFolded);
    this.element.setAttribute('aria-expanded', String(!isFolded));
  }
}
