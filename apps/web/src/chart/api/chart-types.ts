import type { Ref } from 'react';
import type { ChartEvents, ChartHandle, ChartOptions } from '../model/chart-options.js';
import type { SeriesSource } from '../model/series-source.js';

export type { GroupAction } from '../model/plot-group.js';
export {
  CHART_KINDS,
  PRICE_SCALES,
  type ChartHandle,
  type ChartKind,
  type PriceScaleKind,
} from '../model/chart-options.js';

/**
 * Props of `<Chart>`: `source` and `series` are required, all other options have defaults. The chart fills its parent,
 * which must have a size. A tick reaches the canvas through `source`, never through props.
 */
export interface ChartProps extends Partial<Omit<ChartOptions, 'series'>>, ChartEvents {
  readonly series: ChartOptions['series'];
  readonly source: SeriesSource;
  readonly className?: string;
  readonly ref?: Ref<ChartHandle>;
}
