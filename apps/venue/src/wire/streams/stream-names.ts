import { isTimeframe, MS_PER_DAY, MS_PER_HOUR } from '@wickworks/core';
import type { ListedMarket, VenueContext } from '../markets.js';
import { parseTimeZone } from '../parameters.js';
import { bookTickerStream, depthStream, partialDepthStream } from './book-streams.js';
import { klineStream } from './kline-stream.js';
import type { MarketStream } from './stream.js';
import {
  allMarkets,
  averagePriceEvent,
  dayTicker,
  everySecond,
  miniTicker,
  rollingTicker,
  type Description,
} from './ticker-streams.js';
import { aggregateTradeStream, tradeStream } from './trade-streams.js';

const TICKERS: ReadonlyMap<string, Description> = new Map([
  ['miniTicker', miniTicker],
  ['ticker', dayTicker],
  ['ticker_1h', rollingTicker('1h', MS_PER_HOUR)],
  ['ticker_4h', rollingTicker('4h', 4 * MS_PER_HOUR)],
  ['ticker_1d', rollingTicker('1d', MS_PER_DAY)],
]);

/** The stream a client names, or `undefined` when this venue has no such stream. */
export function openStream(name: string, context: VenueContext): MarketStream | undefined {
  const all = /^!(\w+)@arr$/.exec(name);
  if (all) {
    const describe = TICKERS.get(all[1] ?? '');
    return describe === undefined ? undefined : allMarkets(name, context.markets.all, describe);
  }
  const at = name.indexOf('@');
  const id = name.slice(0, Math.max(0, at));
  const listed = id === id.toLowerCase() ? context.markets.byId(id.toUpperCase()) : undefined;
  return listed === undefined ? undefined : openMarketStream(name, listed, name.slice(at + 1));
}

function openMarketStream(name: string, listed: ListedMarket, kind: string): MarketStream | undefined {
  const ticker = kind === 'avgPrice' ? averagePriceEvent : TICKERS.get(kind);
  if (ticker) return everySecond(name, listed, ticker);
  if (kind === 'trade') return tradeStream(name, listed);
  if (kind === 'aggTrade') return aggregateTradeStream(name, listed);
  if (kind === 'bookTicker') return bookTickerStream(name, listed);
  const depth = /^depth(5|10|20)?(@100ms|@1000ms)?$/.exec(kind);
  if (depth) {
    const everyMs = depth[2] === '@100ms' ? 100 : 1_000;
    if (depth[1] === undefined) return depthStream(name, listed, everyMs);
    return partialDepthStream(name, listed, { levels: Number(depth[1]), everyMs });
  }
  return openKlineStream(name, listed, kind);
}

function openKlineStream(name: string, listed: ListedMarket, kind: string): MarketStream | undefined {
  const parts = /^kline_(\w+)(?:@(.+))?$/.exec(kind);
  const timeframe = parts?.[1];
  if (timeframe === undefined || !isTimeframe(timeframe) || !listed.market().offers(timeframe)) return undefined;
  const shiftMs = parts?.[2] === undefined ? 0 : parseTimeZone(parts[2]);
  return shiftMs === undefined ? undefined : klineStream(name, listed, timeframe, shiftMs);
}
