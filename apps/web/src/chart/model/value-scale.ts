import type { Extremes } from './min-max-pyramid.js';

const MARGIN_TOP_RATIO = 0.1;
const MARGIN_BOTTOM_RATIO = 0.08;
const MANUAL_ZOOM_MIN = 1e-12;
/** Relative heights below this are float noise, not a range. */
const FLAT = 1e-9;

/**
 * Maps values of one pane to pixels, linear or logarithmic: `y = offset - slope * f(value)`, with `f` the identity or
 * the natural logarithm. Percent axes are linear ones with other labels.
 */
export class ValueScale {
  log = false;
  /** True while the range follows what is visible; dragging the axis turns it off. */
  auto = true;
  #low = 0;
  #high = 1;
  #top = 0;
  #height = 1;
  #offset = 1;
  #slope = 1;

  get low(): number {
    return this.#low;
  }
  get high(): number {
    return this.#high;
  }
  /** `y = offset - slope * f(value)`: for loops that cannot afford a call per value. */
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
    return this.#offset - this.#slope * this.#transform(value);
  }

  valueAt(y: number): number {
    const transformed = (this.#offset - y) / this.#slope;
    return this.log ? Math.exp(transformed) : transformed;
  }

  place(top: number, height: number): void {
    this.#top = top;
    this.#height = Math.max(1, height);
    this.#update();
  }

  /** Sets the range as given; `low < high`. */
  setRange(low: number, high: number): void {
    this.#low = this.log && low <= 0 ? Math.max(Number.MIN_VALUE, high / 1e6) : low;
    this.#high = high;
    this.#update();
  }

  /** Fits the range to `extremes` with some air; nothing to show keeps the range. `floor` pins the lower end. */
  fit(extremes: Extremes, floor?: number): void {
    if (!(extremes.min <= extremes.max)) return;
    const min = floor ?? extremes.min;
    const low = this.#transform(min);
    const high = this.#transform(extremes.max);
    // A flat stretch still needs a range: half a percent of its height, or one when it lies at zero.
    const isFlat = !(high - low > (this.log ? FLAT : Math.abs(high) * FLAT));
    const width = !isFlat ? high - low : this.log ? 0.01 : Math.abs(high) * 0.01 || 1;
    const middle = isFlat && floor === undefined ? width / 2 : 0;
    const from = floor === undefined ? low - width * MARGIN_BOTTOM_RATIO - middle : low;
    const to = low + width * (1 + MARGIN_TOP_RATIO) - middle;
    this.setRange(this.log ? Math.exp(from) : from, this.log ? Math.exp(to) : to);
  }

  /** Stretches the range by `factor` (2 shows twice as much) about `y` and leaves auto-scale. */
  zoomAt(y: number, factor: number): void {
    this.auto = false;
    const pivot = this.#transform(this.valueAt(y));
    const low = pivot + (this.#transform(this.#low) - pivot) * factor;
    const high = pivot + (this.#transform(this.#high) - pivot) * factor;
    if (high - low < MANUAL_ZOOM_MIN || !Number.isFinite(this.#untransform(high))) return;
    this.setRange(this.#untransform(low), this.#untransform(high));
  }

  /** Moves the picture by `dy` pixels and leaves auto-scale. */
  panBy(dy: number): void {
    this.auto = false;
    const shift = dy / this.#slope;
    const low = this.#untransform(this.#transform(this.#low) + shift);
    const high = this.#untransform(this.#transform(this.#high) + shift);
    if (Number.isFinite(high) && high > low) this.setRange(low, high);
  }

  #transform(value: number): number {
    return this.log ? Math.log(value > 0 ? value : Number.MIN_VALUE) : value;
  }

  #untransform(value: number): number {
    return this.log ? Math.exp(value) : value;
  }

  #update(): void {
    const low = this.#transform(this.#low);
    const width = this.#transform(this.#high) - low;
    this.#slope = this.#height / (width > 0 ? width : 1);
    this.#offset = this.#top + this.#height + this.#slope * low;
  }
}
