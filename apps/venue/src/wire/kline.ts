import { shiftOpenTime, type Timeframe } from '@wickworks/core';
import type { ListedMarket } from './markets.js';
import { shiftedOpenTime, type ReplayCandle } from '../replay/market.js';
import { priceText, quantityText, quoteText } from './text.js';

export interface KlineQuery {
  readonly timeframe: Timeframe;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly limit: number;
  /** Time zone of day, week and month borders, ms ahead of UTC. */
  readonly shiftMs: number;
}

/**
 * Candles whose open time lies in `[startMs, endMs]`, ascending, at most `limit`: the oldest ones when
 * `startMs` is given, else the newest. Stretches the source lacks are left out, not counted.
 */
export function selectCandles(listed: ListedMarket, query: KlineQuery, nowMs: number): ReplayCandle[] {
  const { timeframe, limit, shiftMs } = query;
  const market = listed.market();
  const step = (openTimeMs: number, count: number): number =>
    shiftOpenTime(timeframe, openTimeMs + shiftMs, count) - shiftMs;
  const earliest = shiftedOpenTime(timeframe, listed.sourceFromMs, shiftMs);
  const newestMs = Math.min(query.endMs ?? nowMs, nowMs, market.repeats ? nowMs : listed.sourceToMs - 1);
  const newest = shiftedOpenTime(timeframe, newestMs, shiftMs);
  const found: ReplayCandle[] = [];
  if (query.startMs !== undefined) {
    let at = shiftedOpenTime(timeframe, Math.max(query.startMs, earliest), shiftMs);
    if (at < query.startMs) at = step(at, 1);
    for (; at <= newest && found.length < limit; at = step(at, 1)) {
      const candle = market.candle(timeframe, at, nowMs, shiftMs);
      if (candle) found.push(candle);
    }
    return found;
  }
  for (let at = newest; at >= earliest && found.length < limit; at = step(at, -1)) {
    const candle = market.candle(timeframe, at, nowMs, shiftMs);
    if (candle) found.push(candle);
  }
  return found.reverse();
}

/** The twelve fields of a REST kline. */
export function klineRow(listed: ListedMarket, candle: ReplayCandle): readonly (string | number)[] {
  const text = candleText(listed, candle);
  return [
    candle.openTimeMs,
    text.open,
    text.high,
    text.low,
    text.close,
    text.volume,
    candle.lastMs,
    text.quote,
    candle.tradeCount,
    text.takerBuyVolume,
    text.takerBuyQuote,
    '0',
  ];
}

/** The `kline` event of a stream at `eventMs`. */
export function klineEvent(
  listed: ListedMarket,
  timeframe: Timeframe,
  candle: ReplayCandle,
  eventMs: number,
): Record<string, unknown> {
  const text = candleText(listed, candle);
  return {
    e: 'kline',
    E: eventMs,
    s: listed.id,
    k: {
      t: candle.openTimeMs,
      T: candle.lastMs,
      s: listed.id,
      i: timeframe,
      f: candle.firstTradeId,
      L: candle.tradeCount === 0 ? -1 : candle.firstTradeId + candle.tradeCount - 1,
      o: text.open,
      c: text.close,
      h: text.high,
      l: text.low,
      v: text.volume,
      n: candle.tradeCount,
      x: candle.closed,
      q: text.quote,
      V: text.takerBuyVolume,
      Q: text.takerBuyQuote,
      B: '0',
    },
  };
}

function candleText(listed: ListedMarket, candle: ReplayCandle): Record<CandleField, string> {
  return {
    open: priceText(listed, candle.open),
    high: priceText(listed, candle.high),
    low: priceText(listed, candle.low),
    close: priceText(listed, candle.close),
    volume: quantityText(listed, candle.volume),
    quote: quoteText(listed, candle.quote),
    takerBuyVolume: quantityText(listed, candle.takerBuyVolume),
    takerBuyQuote: quoteText(listed, candle.takerBuyQuote),
  };
}

type CandleField = 'open' | 'high' | 'low' | 'close' | 'volume' | 'quote' | 'takerBuyVolume' | 'takerBuyQuote';
