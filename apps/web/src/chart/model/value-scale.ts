import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale';
import type { Extremes } from './min-max-pyramid.js';

const MARGIN_TOP_RATIO = 0.1;
const MARGIN_BOTTOM_RATIO = 0.08;
const MANUAL_ZOOM_MIN = 1e-12;
/** Relative heights below this are float noise, not a range. */
const FLAT = 1e-9;
/** Half the height given to a flat stretch, relative to its value. */
const FLAT_PADDING_RATIO = 0.005;

/** Maps values of one pane to pixels by a linear or logarithmic d3 scale. Percent axes are linear ones with other labels. */
export class ValueScale {
  /** True while the range follows what is visible; dragging the axis turns it off. */
  auto = true;
  #scale: ScaleContinuousNumeric<number, number> = scaleLinear();
  #log = false;
  #low = 0;
  #high = 1;
  #top = 0;
  #height = 1;
  #offset = 1;
  #slope = 1;

  get log(): boolean {
    return this.#log;
  }
  set log(log: boolean) {
    if (log === this.#log) return;
    this.#log = log;
    this.#scale = log ? scaleLog() : scaleLinear();
    this.setRange(this.#low, this.#high);
  }
  get low(): number {
    return this.#low;
  }
  get high(): number {
    return this.#high;
  }
  /**
   * `y = offset - slope * f(value)`, with `f` the identity or the natural logarithm: the same mapping for loops that
   * cannot afford a call per value.
   */
  get offset(): number {
    return this.#offset;
  }
  get slope(): number {
    return this.#slope;
  }
  get top(): number {
    return this.#top;
  }
  get height(): number {
    return this.#height;
  }

  /** Pixels from the top of the chart. */
  y(value: number): number {
    return this.#scale(this.#log && value <= 0 ? Number.MIN_VALUE : value);
  }

  valueAt(y: number): number {
    return this.#scale.invert(y);
  }

  /** About `count` round values inside the range, lowest first; on a logarithmic scale over decades those d3 labels. */
  ticks(count: number): number[] {
    const values = this.#scale.ticks(count);
    if (!this.#log || this.#high / this.#low < 10) return values;
    const label = this.#scale.tickFormat(count);
    return values.filter((value) => label(value) !== '');
  }

  place(top: number, height: number): void {
    this.#top = top;
    this.#height = Math.max(1, height);
    this.#update();
  }

  /** Sets the range as given; `low < high`. */
  setRange(low: number, high: number): void {
    this.#low = this.#positive(low, high);
    this.#high = high;
    this.#update();
  }

  /** Fits the range to `extremes` with some air; nothing to show keeps the range. `floor` pins the lower end. */
  fit(extremes: Extremes, floor?: number): void {
    if (!(extremes.min <= extremes.max)) return;
    let low = this.#positive(floor ?? extremes.min, extremes.max);
    let high = extremes.max;
    const isFlat = !(this.#log ? high / low - 1 > FLAT : high - low > Math.abs(high) * FLAT);
    if (isFlat) {
      const padding = Math.abs(high) * FLAT_PADDING_RATIO || 0.5;
      if (floor === undefined) low -= padding;
      high += padding;
    }
    this.setRange(low, high);
    const bottom = this.#top + this.#height * (1 + MARGIN_BOTTOM_RATIO);
    this.setRange(floor ?? this.valueAt(bottom), this.valueAt(this.#top - this.#height * MARGIN_TOP_RATIO));
  }

  /** Stretches the range by `factor` (2 shows twice as much) about `y` and leaves auto-scale. */
  zoomAt(y: number, factor: number): void {
    this.#rescale((edge) => y + (edge - y) * factor);
  }

  /** Moves the picture by `dy` pixels and leaves auto-scale. */
  panBy(dy: number): void {
    this.#rescale((edge) => edge - dy);
  }

  /** The range between the values now at the pixels that `moved` names for either edge, as d3-zoom's `rescaleY`. */
  #rescale(moved: (edge: number) => number): void {
    this.auto = false;
    const low = this.valueAt(moved(this.#top + this.#height));
    const high = this.valueAt(moved(this.#top));
    const width = this.#log ? high / low - 1 : high - low;
    if (width >= MANUAL_ZOOM_MIN && Number.isFinite(width)) this.setRange(low, high);
  }

  /** A logarithmic scale ends above zero: a millionth of its height stands for what lies below. */
  #positive(low: number, high: number): number {
    return this.#log && low <= 0 ? Math.max(Number.MIN_VALUE, high / 1e6) : low;
  }

  #update(): void {
    this.#scale.domain([this.#low, this.#high]).range([this.#top + this.#height, this.#top]);
    const low = this.#log ? Math.log(this.#low) : this.#low;
    const width = (this.#log ? Math.log(this.#high) : this.#high) - low;
    this.#slope = this.#height / (width > 0 ? width : 1);
    this.#offset = this.#top + this.#height + this.#slope * low;
  }
}
