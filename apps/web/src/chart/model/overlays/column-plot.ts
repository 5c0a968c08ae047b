import type { BandPlot, HistogramPlot, LinePlot } from '../plot-series.js';

interface PlotLook {
  readonly id: string;
  readonly label: string;
  readonly pane: string;
  readonly group: string;
  readonly color: string;
}

/** What changes with the candles; the chart reads it anew for every frame. */
abstract class ColumnPlot {
  version = 0;
  base = 0;
  length = 0;
  changedFrom = 0;

  /** `isTail`: the same candles as before `from`, so that what was derived from them stays valid. */
  moved(to: { base: number; length: number; from: number; isTail: boolean }): void {
    // A step of two tells the chart that nothing of the earlier version holds.
    this.version += to.isTail ? 1 : 2;
    this.base = to.base;
    this.length = to.length;
    this.changedFrom = to.from;
  }
}

/** A line of an indicator over columns that grow in place. */
export class LineColumn extends ColumnPlot implements LinePlot {
  readonly kind = 'line';
  readonly id: string;
  readonly label: string;
  readonly pane: string;
  readonly group: string;
  readonly color: string;
  readonly style: NonNullable<LinePlot['style']>;
  readonly widthPx: number;
  readonly legendOnly: boolean;
  readonly unlisted: boolean;
  readonly offScale: boolean;
  values: Float64Array = new Float64Array(0);

  constructor(
    look: PlotLook,
    way: Required<Pick<LinePlot, 'style' | 'widthPx'>> & Pick<LinePlot, 'legendOnly' | 'unlisted' | 'offScale'>,
  ) {
    super();
    this.style = way.style;
    this.widthPx = way.widthPx;
    this.legendOnly = way.legendOnly === true;
    this.unlisted = way.unlisted === true;
    this.offScale = way.offScale === true;
    ({ id: this.id, label: this.label, pane: this.pane, group: this.group, color: this.color } = look);
  }
}

/** Columns of an indicator, in one colour above the baseline and in another below. */
export class HistogramColumn extends ColumnPlot implements HistogramPlot {
  readonly kind = 'histogram';
  readonly baseline = 0;
  readonly id: string;
  readonly label: string;
  readonly pane: string;
  readonly group: string;
  readonly color: string;
  values: Float64Array = new Float64Array(0);

  constructor(
    look: PlotLook,
    readonly negativeColor: string,
    readonly legendOnly: boolean,
  ) {
    super();
    ({ id: this.id, label: this.label, pane: this.pane, group: this.group, color: this.color } = look);
  }
}

/** The space between two outputs; its edges are lines of their own. */
export class BandColumn extends ColumnPlot implements BandPlot {
  readonly kind = 'band';
  readonly unlisted = true;
  readonly opacity = 0.1;
  readonly id: string;
  readonly label: string;
  readonly pane: string;
  readonly group: string;
  readonly color: string;
  upper: Float64Array = new Float64Array(0);
  lower: Float64Array = new Float64Array(0);

  constructor(look: PlotLook) {
    super();
    ({ id: this.id, label: this.label, pane: this.pane, group: this.group, color: this.color } = look);
  }
}
