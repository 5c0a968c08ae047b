import {
  createRunner,
  findIndicator,
  parseParams,
  type IndicatorDefinition,
  type IndicatorRunner,
  type OutputSpec,
  type ParamValues,
} from '@wickworks/engine';
import { PRICE_PANE } from '../pane-stack.js';
import type { PlotSeries } from '../plot-series.js';
import type { SeriesSource } from '../series-source.js';
import { BandColumn, HistogramColumn, LineColumn } from './column-plot.js';
import { MarkerColumn, type MarkerRule } from './marker-column.js';
import type { OverlayInput } from './overlay-input.js';
import { colorOf, isOffScale, isOverPrice, LEGEND_ONLY, titleOf } from './overlay-style.js';

interface Drawn {
  readonly plot: LineColumn | HistogramColumn | BandColumn | MarkerColumn;
  readonly output: string;
  /** The band's other edge. */
  readonly other: string;
  /** Candles by which the drawing stands further right. */
  readonly shift: number;
  readonly rule: MarkerRule;
}

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
    this.#drawn = input.hidden ? [] : this.#lay(definition);
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
    for (const { plot, output, other, shift, rule } of this.#drawn) {
      const values = outputs[output]?.values ?? new Float64Array(0);
      if (plot.kind === 'markers') {
        plot.sync(values, candles, from, rule);
        continue;
      }
      if (plot.kind === 'band') {
        plot.upper = values;
        plot.lower = outputs[other]?.values ?? values;
      } else plot.values = values;
      plot.moved({ base: source.prepended - shift, length: candles.length, from, isTail });
    }
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

  #lay(definition: IndicatorDefinition): Drawn[] {
    const { input, pane } = this;
    return Object.entries(definition.outputs).flatMap(([output, spec]): Drawn[] => {
      const label = Object.keys(definition.outputs).length > 1 ? spec.title : '';
      const color = input.colors[output] ?? colorOf(spec, input.turn);
      const look = { id: `${input.id}.${output}`, label, pane, group: input.id, color };
      const shift = this.#shiftOf(spec);
      const common = { output, other: spec.bandTo ?? output, shift, rule: NO_MARKS };
      const legendOnly = pane === PRICE_PANE && LEGEND_ONLY.has(`${definition.id}.${output}`);
      switch (spec.plot) {
        case 'markers': {
          const negative = input.colors[output] ?? (spec.role === 'sign' ? 'down' : color);
          const plot = new MarkerColumn(look.id, label, PRICE_PANE, input.id, color, negative);
          return [{ ...common, plot, rule: this.#marks(definition, spec, shift) }];
        }
        case 'histogram': {
          const negative = input.colors[output] ?? (spec.role === 'sign' ? 'down' : color);
          return [{ ...common, plot: new HistogramColumn(look, negative, legendOnly) }];
        }
        case 'band': {
          const band = new BandColumn({ ...look, id: `${look.id}.band` });
          return [
            { ...common, plot: band },
            { ...common, plot: new LineColumn(look, 'solid', input.widthPx, false, false) },
          ];
        }
        case 'line':
        case 'step':
        case 'dots': {
          const style = spec.plot === 'line' ? 'solid' : spec.plot;
          const offScale = isOffScale(definition, spec);
          return [{ ...common, plot: new LineColumn(look, style, input.widthPx, legendOnly, offScale) }];
        }
      }
    });
  }

  #shiftOf(spec: OutputSpec): number {
    const candles = spec.shiftBy === undefined ? 0 : Number(this.#params[spec.shiftBy] ?? 0);
    return spec.shiftBack === true ? -candles : candles;
  }

  #marks(definition: IndicatorDefinition, spec: OutputSpec, shift: number): MarkerRule {
    const signed = definition.group === 'pattern' && spec.role === 'sign';
    // A pivot that is known only later says itself how many candles ago it was.
    const hasAge = definition.outputs['age'] !== undefined;
    const ageAt = (index: number): number => this.#runner?.outputs['age']?.values[index] ?? 0;
    return { signed, back: hasAge ? ageAt : () => -shift };
  }
}

const NO_MARKS: MarkerRule = { signed: false, back: () => 0 };

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
