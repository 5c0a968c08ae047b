const DEFAULT_SPACING_PX = 8;
const SPACING_PX_MAX = 120;
/** Share of the width left free to the right of the newest candle when the chart follows it. */
const NOW_MARGIN_RATIO = 0.06;
const NOW_MARGIN_PX_MAX = 72;

/**
 * Which candles are seen and how wide they are. Positions are fractional candle indexes: candle `i` covers
 * `[i, i + 1)`, and `right` lies under the right edge of the plot. Widths are CSS pixels.
 */
export class Viewport {
  #right = 0;
  #spacing = DEFAULT_SPACING_PX;
  #width = 0;
  #length = 0;

  get right(): number {
    return this.#right;
  }
  /** Pixels per candle. */
  get spacing(): number {
    return this.#spacing;
  }
  get width(): number {
    return this.#width;
  }
  /** Position under the left edge. */
  get left(): number {
    return this.#right - this.#width / this.#spacing;
  }
  /** How many candles fit into the width. */
  get span(): number {
    return this.#width / this.#spacing;
  }
  /** True while the newest candle is in sight, so that new ones push the view along. */
  get following(): boolean {
    return this.#length === 0 || (this.#right > this.#length - 1 && this.left < this.#length);
  }
  /** Index of the first candle in sight. */
  get first(): number {
    return Math.min(this.#length, Math.max(0, Math.floor(this.left)));
  }
  /** Index after the last candle in sight. */
  get end(): number {
    return Math.max(0, Math.min(this.#length, Math.ceil(this.#right)));
  }

  /** Position (fractional index) at `x` pixels from the left edge. */
  positionAt(x: number): number {
    return this.#right - (this.#width - x) / this.#spacing;
  }

  /** Pixels from the left edge to `position`. */
  xOf(position: number): number {
    return this.#width - (this.#right - position) * this.#spacing;
  }

  /** New width; the right edge keeps its position. */
  resize(width: number): void {
    const wasEmpty = this.#width === 0;
    this.#width = Math.max(0, width);
    if (wasEmpty && this.#length > 0) this.goToNow();
    this.#clamp();
  }

  /**
   * Takes over a changed series: `prepended` candles more in front (the picture stays where it is), `length` in all.
   * While the newest candle is in sight, appended ones move the view by as much.
   */
  syncSeries(change: { length: number; prepended: number }): void {
    const wasEmpty = this.#length === 0;
    const wasFollowing = this.following;
    const appended = change.length - this.#length - change.prepended;
    this.#right += change.prepended;
    this.#length = change.length;
    if (wasEmpty && change.length > 0) this.goToNow();
    else if (wasFollowing) this.#right += appended;
    this.#clamp();
  }

  /** Forgets position and zoom, for another series. */
  reset(): void {
    this.#length = 0;
    this.#right = 0;
    this.#spacing = DEFAULT_SPACING_PX;
  }

  /** Moves the picture by `dx` pixels (positive: towards older candles). */
  panBy(dx: number): void {
    this.#right -= dx / this.#spacing;
    this.#clamp();
  }

  /** Makes candles `factor` times as wide; what lies under `x` stays there. */
  zoomAt(x: number, factor: number): void {
    const position = this.positionAt(x);
    this.#spacing = this.#clampSpacing(this.#spacing * factor);
    this.#right = position + (this.#width - x) / this.#spacing;
    this.#clamp();
  }

  goToNow(): void {
    this.#right = this.#length + Math.min(this.#width * NOW_MARGIN_RATIO, NOW_MARGIN_PX_MAX) / this.#spacing;
    this.#clamp();
  }

  /** Puts `position` in the middle. */
  centreOn(position: number): void {
    this.#right = position + this.span / 2;
    this.#clamp();
  }

  /** Puts the first candle at the left edge. */
  goToStart(): void {
    this.#right = this.span;
    this.#clamp();
  }

  /** Scrolls as little as needed for candle `index` to be wholly in sight. */
  reveal(index: number): void {
    if (index < this.left) this.#right = index + this.span;
    else if (index + 1 > this.#right) this.#right = index + 1;
    this.#clamp();
  }

  /** Shows positions `[from, to]`. */
  show(from: number, to: number): void {
    if (to <= from || this.#width === 0) return;
    this.#spacing = this.#clampSpacing(this.#width / (to - from));
    this.#right = to;
    this.#clamp();
  }

  /** Shows all candles. */
  fit(): void {
    this.show(0, this.#length * 1.02);
  }

  #clampSpacing(spacing: number): number {
    const widest = Math.max(1, Math.min(SPACING_PX_MAX, this.#width / 4));
    const narrowest = Math.min(1, this.#width / Math.max(20, this.#length * 1.25));
    return Math.max(narrowest, Math.min(widest, spacing));
  }

  #clamp(): void {
    if (this.#width === 0) return;
    this.#spacing = this.#clampSpacing(this.#spacing);
    const half = this.span / 2;
    const rightmost = this.#length + half;
    this.#right = Math.min(rightmost, Math.max(Math.min(this.#length, half), this.#right));
  }
}
