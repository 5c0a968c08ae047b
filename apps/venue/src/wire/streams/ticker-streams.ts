import { MS_PER_DAY } from '@wickworks/core';
import type { ListedMarket } from '../markets.js';
import {
  AVERAGE_PRICE_MINUTES,
  averagePrice,
  dayStatistics,
  windowStatistics,
  type WindowStatistics,
} from '../ticker.js';
import { newestBeat, type MarketStream, type StreamEvent } from './stream.js';

const EVERY_MS = 1_000;

/** What one market says at a moment. */
export type Description = (listed: ListedMarket, nowMs: number) => object;

/** A stream that describes one market every second; only the newest when several fall due at once. */
export function everySecond(name: string, listed: ListedMarket, describe: Description): MarketStream {
  const phaseMs = listed.market().seed % EVERY_MS;
  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      const timeMs = newestBeat(fromMs, toMs, EVERY_MS, phaseMs);
      if (timeMs !== undefined) out.push({ timeMs, stream: name, json: JSON.stringify(describe(listed, timeMs)) });
    },
  };
}

/** `!…@arr`: every market of the venue in one array, every second. */
export function allMarkets(name: string, markets: readonly ListedMarket[], describe: Description): MarketStream {
  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      const timeMs = newestBeat(fromMs, toMs, EVERY_MS);
      if (timeMs === undefined) return;
      const rows = markets.map((listed) => describe(listed, timeMs));
      out.push({ timeMs, stream: name, json: JSON.stringify(rows) });
    },
  };
}

/** `24hrMiniTicker`. */
export function miniTicker(listed: ListedMarket, nowMs: number): object {
  const day = windowStatistics(listed, nowMs - MS_PER_DAY, nowMs);
  return {
    e: '24hrMiniTicker',
    E: nowMs,
    s: listed.id,
    c: day.lastPrice,
    o: day.openPrice,
    h: day.highPrice,
    l: day.lowPrice,
    v: day.volume,
    q: day.quoteVolume,
  };
}

/** `24hrTicker`. */
export function dayTicker(listed: ListedMarket, nowMs: number): object {
  const day = dayStatistics(listed, nowMs);
  return {
    e: '24hrTicker',
    E: nowMs,
    s: listed.id,
    p: day.priceChange,
    P: day.priceChangePercent,
    w: day.weightedAvgPrice,
    x: day.prevClosePrice,
    c: day.lastPrice,
    Q: day.lastQty,
    b: day.bidPrice,
    B: day.bidQty,
    a: day.askPrice,
    A: day.askQty,
    ...windowFields(day),
  };
}

/** `1hTicker`, `4hTicker`, `1dTicker`. */
export const rollingTicker =
  (size: string, sizeMs: number): Description =>
  (listed, nowMs) => {
    const window = windowStatistics(listed, nowMs - sizeMs, nowMs);
    return {
      e: `${size}Ticker`,
      E: nowMs,
      s: listed.id,
      p: window.priceChange,
      P: window.priceChangePercent,
      w: window.weightedAvgPrice,
      c: window.lastPrice,
      ...windowFields(window),
    };
  };

const windowFields = (window: WindowStatistics): object => ({
  o: window.openPrice,
  h: window.highPrice,
  l: window.lowPrice,
  v: window.volume,
  q: window.quoteVolume,
  O: window.openTime,
  C: window.closeTime,
  F: window.firstId,
  L: window.lastId,
  n: window.count,
});

/** `avgPrice`. */
export function averagePriceEvent(listed: ListedMarket, nowMs: number): object {
  const { price, lastTradeMs } = averagePrice(listed, nowMs);
  return { e: 'avgPrice', E: nowMs, s: listed.id, i: `${AVERAGE_PRICE_MINUTES}m`, w: price, T: lastTradeMs };
}
