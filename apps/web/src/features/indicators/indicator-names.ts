import type { IndicatorGroup } from '@wickworks/engine';

/** Names of the picker's shelves. */
export const GROUP_NAMES: Readonly<Record<IndicatorGroup, string>> = {
  average: 'Averages',
  band: 'Bands',
  momentum: 'Momentum',
  trend: 'Trend',
  volume: 'Volume',
  volatility: 'Volatility',
  price: 'Price',
  levels: 'Levels',
  cycle: 'Cycles',
  statistics: 'Statistics',
  math: 'Maths',
  pattern: 'Patterns',
};
