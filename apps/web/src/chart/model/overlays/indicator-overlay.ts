import {
  createRunner,
  findIndicator,
  parseParams,
  type IndicatorDefinition,
  type IndicatorRunner,
  type ParamValues,
} from '@wickworks/engine';
import { PRICE_PANE } from '../pane-stack.js';
import type { PlotSeries } from '../plot-series.js';
import type { SeriesSource } from '../series-source.js';
import { layOutputs, type Drawn } from './lay-outputs.js';
import type { OverlayInput } from './overlay-input.js';
import { isOverPrice, titleOf } from './overlay-style.js';

/** Values that the second newest candle had when it was worked through. */
interface Seen {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** One indicator over one series: its values, kept up with the candles by the engine's own runner, and its plots. */
export class IndicatorOverlay {
  readonly input: OverlayInput;
  readonly definition: IndicatorDefinition | undefined;
  readonly title: string;
  /** Id of the pane it is drawn in. */
  readonly pane: string;
  /** Why nothing can be drawn, or null. */
  readonly problem: string | null;
  readonly #params: ParamValues;
  readonly #drawn: readonly Drawn[];
  #runner: IndicatorRunner | null = null;
  #candles: SeriesSource['candles'] | null = null;
  #prepended = 0;
  #generation = 0;
  #version = -1;
  #seen: Seen | null = null;

  constructor(input: OverlayInput) {
    this.input = input;
    const definition = findIndicator(input.indicator);
    this.definition = definition;
    const parsed = definition && parseParams(definition, input.params);
    if (!definition || !parsed?.ok) {
      this.title = input.indicator.toUpperCase();
      this.pane = PRICE_PANE;
      const issues = parsed && !parsed.ok ? parsed.error : [];
      this.problem = definition
        ? issues.map(({ field, message }) => `${field} ${message}`).join('; ')
        : 'no such indicator in this version';
      this.#params = {};
      this.#drawn = [];
      return;
    }
    this.#params = parsed.value;
    this.problem = null;
    this.title = titleOf(definition, parsed.value);
    this.pane = isOverPrice(definition, parsed.value) ? PRICE_PANE : input.id;
    this.#drawn = input.hidden ? [] : layOutputs(definition, parsed.value, input, this.pane);
  }

  get plots(): readonly PlotSeries[] {
    return this.#drawn.map(({ plot }) => plot);
  }

  /** Whether {@link rebuild} must come before the next {@link follow}. */
  isOutdated(source: SeriesSource): boolean {
    return (
      this.#drawn.length > 0 &&
      source.version !== this.#version &&
      (this.#runner === null ||
        source.candles !== this.#candles ||
        source.prepended !== this.#prepended ||
        source.generation !== this.#generation ||
        source.candles.length < this.#runner.length ||
        !this.#isAsSeen(source))
    );
  }

  /** Takes over a tick or new candles, O(1) each; nothing when {@link isOutdated}. */
  follow(source: SeriesSource): void {
    if (this.#runner === null || source.version === this.#version || this.isOutdated(source)) return;
    const from = Math.max(0, this.#runner.length - 1);
    if (this.#runner.length > 0) this.#runner.rollback();
    this.#runner.append();
    this.#publish(source, from, true);
  }

  /** Works through all candles. */
  rebuild(source: SeriesSource): void {
    if (!this.definition || this.#drawn.length === 0) return;
    this.#runner = createRunner(this.definition, this.#params, source.candles);
    this.#publish(source, 0, false);
  }

  #publish(source: SeriesSource, from: number, isTail: boolean): void {
    const { candles } = source;
    this.#candles = candles;
    this.#prepended = source.prepended;
    this.#generation = source.generation;
    this.#version = source.version;
    this.#seen = seenAt(candles, candles.length - 2);
    const outputs = this.#runner?.outputs ?? {};
    const step = { source, outputs, from, isTail };
    for (const { follow } of this.#drawn) follow(step);
  }

  /** False when the candle before the newest was changed after it had been worked through and closed. */
  #isAsSeen({ candles }: SeriesSource): boolean {
    const length = this.#runner?.length ?? 0;
    if (length < 2 || this.#seen === null) return true;
    const now = seenAt(candles, length - 2);
    const seen = this.#seen;
    return (
      now !== null &&
      now.time === seen.time &&
      now.open === seen.open &&
      now.high === seen.high &&
      now.low === seen.low &&
      now.close === seen.close &&
      now.volume === seen.volume
    );
  }
}

function seenAt(candles: SeriesSource['candles'], index: number): Seen | null {
  if (index < 0 || index >= candles.length) return null;
  return {
    time: candles.time[index]!,
    open: candles.open[index]!,
    high: candles.high[index]!,
    low: candles.low[index]!,
    close: candles.close[index]!,
    volume: candles.volume[index]!,
  };
}
