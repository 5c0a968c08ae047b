/** What pointers and keys can do to a chart; all distances in CSS pixels from the chart's top left corner. */
export interface ChartActions {
  /** Which part of the chart lies at a point. */
  zoneAt(x: number, y: number): 'plot' | 'value' | 'time';
  /** Moves the picture; up and down only while the scale of the pane at `y` is manual. */
  pan(dx: number, dy: number, y: number): void;
  zoomTime(x: number, factor: number): void;
  /** Stretches the scale of the pane at `y` about its middle (`factor` 2 shows twice as much). */
  zoomValue(y: number, factor: number): void;
  /** Puts the crosshair under the pointer; null takes it away. */
  point(at: { x: number; y: number } | null): void;
  /** Back to auto-scale for the pane at `y`, or to the default zoom on the time axis. */
  resetZone(zone: 'plot' | 'value' | 'time', y: number): void;
  /** The pointer went down: a coasting picture stops. */
  hold(): void;
  /** The pointer goes on after a drag at `x`; `release` lets the picture coast. */
  track(timeMs: number, x: number): void;
  release(timeMs: number): void;
  /** Moves the crosshair by candles, by keyboard: the candle is spoken. */
  moveCrosshair(candles: number): void;
  /** Scrolls by a share of the width; negative is towards older candles. */
  scroll(ratio: number): void;
  zoomCentre(factor: number): void;
  stretch(factor: number): void;
  goToStart(): void;
  goToNow(): void;
  autoScale(): void;
  hideCrosshair(): void;
}
