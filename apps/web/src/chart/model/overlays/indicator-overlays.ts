import type { PlotGroup } from '../plot-group.js';
import { PRICE_PANE } from '../pane-stack.js';
import type { PaneSpec, PlotSeries } from '../plot-series.js';
import type { SeriesSource } from '../series-source.js';
import { IndicatorOverlay } from './indicator-overlay.js';
import { PROFILE_DEFINITIONS } from './profile-definitions.js';
import { ProfileOverlay } from './profile-overlay.js';
import type { OverlayInput } from './overlay-input.js';

/** What a chart is given of all its indicators; arrays are replaced when anything but values changed. */
export interface OverlayPicture {
  readonly plots: readonly PlotSeries[];
  readonly panes: readonly PaneSpec[];
  readonly groups: readonly PlotGroup[];
}

const NO_OVERLAYS: OverlayPicture = { plots: [], panes: [], groups: [] };

/** Candles × indicators worked through in one go; beyond that the rest waits, so that the chart goes on moving. */
const WORK_AT_ONCE = 40_000;

function overlayOf(input: OverlayInput): IndicatorOverlay | ProfileOverlay {
  const profile = PROFILE_DEFINITIONS.get(input.indicator);
  return profile ? new ProfileOverlay(input, profile) : new IndicatorOverlay(input);
}

/** All indicators of a chart over its series. */
export class IndicatorOverlays {
  #overlays: readonly (IndicatorOverlay | ProfileOverlay)[] = [];
  #picture: OverlayPicture = NO_OVERLAYS;

  get picture(): OverlayPicture {
    return this.#picture;
  }

  /** Sets which indicators there are; those whose choice is the same object keep their values. */
  set(inputs: readonly OverlayInput[]): void {
    const known = new Map(this.#overlays.map((overlay) => [overlay.input, overlay]));
    this.#overlays = inputs.map((input) => known.get(input) ?? overlayOf(input));
    this.#describe();
  }

  /** Takes over the source's changes; true while some indicator still waits for its turn to be rebuilt. */
  sync(source: SeriesSource): boolean {
    let budget = WORK_AT_ONCE;
    let isRebuilt = false;
    let isWaiting = false;
    for (const overlay of this.#overlays) {
      if (!overlay.isOutdated(source)) {
        overlay.follow(source);
        continue;
      }
      if (budget <= 0) {
        isWaiting = true;
        continue;
      }
      overlay.rebuild(source);
      budget -= source.candles.length;
      isRebuilt = true;
    }
    if (isRebuilt) this.#describe();
    return isWaiting;
  }

  #describe(): void {
    const own = this.#overlays.filter(({ pane }) => pane !== PRICE_PANE);
    this.#picture = {
      plots: this.#overlays.flatMap(({ plots }) => plots),
      panes: own.map(({ pane, title, definition }) => ({ id: pane, label: title, levels: definition?.levels ?? [] })),
      groups: this.#overlays.map((overlay): PlotGroup => {
        const place = own.indexOf(overlay);
        return {
          id: overlay.input.id,
          pane: overlay.pane,
          title: overlay.title,
          hidden: overlay.input.hidden,
          problem: overlay.problem,
          moves: [
            ...(place > 0 ? (['up'] as const) : []),
            ...(place >= 0 && place < own.length - 1 ? (['down'] as const) : []),
          ],
        };
      }),
    };
  }
}
