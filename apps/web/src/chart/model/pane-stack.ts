import type { PaneSpec } from './plot-series.js';

export const PRICE_PANE = 'price';
export const VOLUME_PANE = 'volume';

export const PANE_PX_MIN = 36;
const WEIGHTS: Readonly<Record<string, number>> = { [PRICE_PANE]: 5, [VOLUME_PANE]: 1 };
const FURTHER_WEIGHT = 1.25;

export interface Pane {
  readonly id: string;
  readonly spec: PaneSpec | null;
  /** CSS pixels from the top of the chart. */
  top: number;
  height: number;
}

/** The panes from top to bottom and how they share the height; dividers move height between neighbours. */
export class PaneStack {
  #panes: Pane[] = [];
  #weights: Record<string, number> = {};
  #height = 0;

  get panes(): readonly Pane[] {
    return this.#panes;
  }

  /** Share of the height per pane, to be remembered. */
  get heights(): Readonly<Record<string, number>> {
    return this.#weights;
  }

  /** Sets which panes there are; a pane's share is the remembered one, else its own, else the default. */
  arrange(input: {
    volume: boolean;
    further: readonly PaneSpec[];
    remembered: Readonly<Record<string, number>>;
  }): void {
    const specs: readonly (readonly [string, PaneSpec | null])[] = [
      [PRICE_PANE, null],
      ...(input.volume ? [[VOLUME_PANE, null] as const] : []),
      ...input.further.map((spec) => [spec.id, spec] as const),
    ];
    this.#panes = specs.map(([id, spec]) => ({ id, spec, top: 0, height: 0 }));
    for (const [id, spec] of specs) {
      const remembered = input.remembered[id];
      const usable = remembered !== undefined && remembered > 0 && remembered < Infinity;
      this.#weights[id] = usable ? remembered : (this.#weights[id] ?? spec?.weight ?? WEIGHTS[id] ?? FURTHER_WEIGHT);
    }
    this.resize(this.#height);
  }

  /** Shares out `height` CSS pixels: whole pixels, nothing lost, small panes kept legible while there is room. */
  resize(height: number): void {
    this.#height = Math.max(0, Math.floor(height));
    const count = this.#panes.length;
    if (count === 0) return;
    const least = Math.min(PANE_PX_MIN, Math.floor(this.#height / count));
    const total = this.#panes.reduce((sum, pane) => sum + this.#weights[pane.id]!, 0);
    const spare = this.#height - least * count;
    let top = 0;
    let used = 0;
    for (const [index, pane] of this.#panes.entries()) {
      used += this.#weights[pane.id]!;
      const bottom = index === count - 1 ? this.#height : Math.round((spare * used) / total) + least * (index + 1);
      pane.top = top;
      pane.height = bottom - top;
      top = bottom;
    }
  }

  /** Moves the divider below pane `index` by `dy` pixels as far as both neighbours stay legible. */
  moveDivider(index: number, dy: number): void {
    const upper = this.#panes[index];
    const lower = this.#panes[index + 1];
    if (!upper || !lower) return;
    const least = Math.min(PANE_PX_MIN, Math.floor(this.#height / this.#panes.length));
    const moved = Math.max(least - upper.height, Math.min(lower.height - least, Math.round(dy)));
    upper.height += moved;
    lower.height -= moved;
    lower.top += moved;
    for (const pane of this.#panes) this.#weights[pane.id] = Math.max(1, pane.height - least);
  }
}
