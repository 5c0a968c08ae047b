import { klineRow, selectCandles } from '../kline.js';
import type { VenueContext } from '../markets.js';
import type { Parameters } from '../parameters.js';
import type { Route } from './route.js';

function klines(parameters: Parameters, context: VenueContext): unknown {
  const listed = parameters.market(context.markets);
  const query = {
    timeframe: parameters.interval(listed),
    startMs: parameters.whole('startTime'),
    endMs: parameters.whole('endTime'),
    limit: parameters.limit(500, 1_000),
    shiftMs: parameters.timeZoneMs(),
  };
  return selectCandles(listed, query, context.clock.nowMs()).map((candle) => klineRow(listed, candle));
}

export const candleRoutes: readonly Route[] = [
  { path: 'klines', method: 'klines', weight: 2, answer: klines },
  // Binance retouches these for charts; a replay has nothing to retouch.
  { path: 'uiKlines', method: 'uiKlines', weight: 2, answer: klines },
];
