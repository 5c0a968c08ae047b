import { IndicatorOverlays, type OverlayPicture } from '../model/overlays/indicator-overlays.js';
import type { OverlayInput } from '../model/overlays/overlay-input.js';
import type { SeriesSource } from '../model/series-source.js';

/**
 * Calculates a chart's indicators beside its series. A tick changes columns in place, which the chart reads with its
 * next frame and React never sees; `changed` is called only when there are other plots, panes or legends.
 */
export class IndicatorFeed {
  readonly #source: SeriesSource;
  readonly #changed: () => void;
  readonly #overlays = new IndicatorOverlays();
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told: OverlayPicture;

  constructor(source: SeriesSource, inputs: readonly OverlayInput[], changed: () => void) {
    this.#source = source;
    this.#changed = changed;
    this.#overlays.set(inputs);
    this.#told = this.#overlays.picture;
    this.#unsubscribe = source.subscribe(() => this.#sync());
    this.#sync();
  }

  /** The same object until something other than values changed. */
  get picture(): OverlayPicture {
    return this.#overlays.picture;
  }

  set(inputs: readonly OverlayInput[]): void {
    this.#overlays.set(inputs);
    this.#sync();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #sync(): void {
    const isWaiting = this.#overlays.sync(this.#source);
    if (isWaiting) this.#timer ??= setTimeout(() => this.#resume(), 0);
    if (this.#told === this.#overlays.picture) return;
    this.#told = this.#overlays.picture;
    this.#changed();
  }

  #resume(): void {
    this.#timer = undefined;
    this.#sync();
  }
}
