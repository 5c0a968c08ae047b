import { stepAt, type BookTop } from '../book/order-book.js';
import { MS_PER_DAY } from '@wickworks/core';
import type { ListedMarket } from './markets.js';
import { ExactSum } from '../replay/decimal.js';
import type { Aggregate } from '../replay/market.js';
import { averageText, priceText, quantityText, quoteText } from './text.js';

/** What a market did in a window that ends now, as wire text. */
export interface WindowStatistics {
  readonly priceChange: string;
  /** Percent with three decimals, as Binance words it. */
  readonly priceChangePercent: string;
  readonly weightedAvgPrice: string;
  readonly openPrice: string;
  readonly highPrice: string;
  readonly lowPrice: string;
  readonly lastPrice: string;
  readonly volume: string;
  readonly quoteVolume: string;
  readonly openTime: number;
  readonly closeTime: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly count: number;
}

/**
 * Statistics of `[openMs, nowMs]`. The window starts where a source candle does, so it is up to one such
 * candle wider than asked for (Binance rounds its rolling windows to the minute the same way).
 */
export function windowStatistics(listed: ListedMarket, openMs: number, nowMs: number): WindowStatistics {
  const market = listed.market();
  const openTime = market.openTimeOf(market.positionAt(openMs));
  const total = market.aggregate(openTime, nowMs + 1, nowMs) ?? flatAggregate(listed, nowMs);
  const price = (ticks: number): string => priceText(listed, ticks);
  const change = total.close - total.open;
  return {
    priceChange: price(change),
    priceChangePercent: total.open === 0 ? '0.000' : ((change / total.open) * 100).toFixed(3),
    weightedAvgPrice: total.volume === 0 ? price(total.close) : averageText(listed, total.quote, total.volume),
    openPrice: price(total.open),
    highPrice: price(total.high),
    lowPrice: price(total.low),
    lastPrice: price(total.close),
    volume: quantityText(listed, total.volume),
    quoteVolume: quoteText(listed, total.quote),
    openTime,
    closeTime: nowMs,
    firstId: total.firstTradeId,
    lastId: total.tradeCount === 0 ? -1 : total.firstTradeId + total.tradeCount - 1,
    count: total.tradeCount,
  };
}

/** The 24 hours before now, with what Binance adds to them: previous close, last quantity, top of the book. */
export interface DayStatistics extends WindowStatistics {
  readonly prevClosePrice: string;
  readonly lastQty: string;
  readonly bidPrice: string;
  readonly bidQty: string;
  readonly askPrice: string;
  readonly askQty: string;
}

export function dayStatistics(listed: ListedMarket, nowMs: number): DayStatistics {
  const market = listed.market();
  const window = windowStatistics(listed, nowMs - MS_PER_DAY, nowMs);
  const previous = market.lastPrice(window.openTime - 1);
  const lastId = market.lastTradeId(nowMs);
  return {
    ...window,
    prevClosePrice: previous === undefined ? window.openPrice : priceText(listed, previous),
    lastQty: quantityText(listed, lastId === 0 ? 0 : market.tradeById(lastId).quantity),
    ...bookTopText(listed, listed.book().topAt(stepAt(nowMs))),
  };
}

/** The best prices as text; zeros for an empty book, as Binance reports it. */
export function bookTopText(
  listed: ListedMarket,
  top: BookTop | undefined,
): { bidPrice: string; bidQty: string; askPrice: string; askQty: string } {
  return {
    bidPrice: priceText(listed, top?.bidPrice ?? 0),
    bidQty: quantityText(listed, top?.bidQuantity ?? 0),
    askPrice: priceText(listed, top?.askPrice ?? 0),
    askQty: quantityText(listed, top?.askQuantity ?? 0),
  };
}

/** The fields of `type=MINI`. */
export function miniStatistics(window: WindowStatistics): object {
  const { openPrice, highPrice, lowPrice, lastPrice, volume, quoteVolume, openTime, closeTime } = window;
  const { firstId, lastId, count } = window;
  return {
    openPrice,
    highPrice,
    lowPrice,
    lastPrice,
    volume,
    quoteVolume,
    openTime,
    closeTime,
    firstId,
    lastId,
    count,
  };
}

/** Average price of the last five minutes, the last price when nothing traded, and when that trade was. */
export function averagePrice(listed: ListedMarket, nowMs: number): { price: string; lastTradeMs: number } {
  const market = listed.market();
  const from = market.openTimeOf(market.positionAt(nowMs - AVERAGE_PRICE_MINUTES * 60_000));
  const total = market.aggregate(from, nowMs + 1, nowMs);
  const lastId = market.lastTradeId(nowMs);
  return {
    price:
      total === undefined || total.volume === 0
        ? priceText(listed, market.lastPrice(nowMs) ?? 0)
        : averageText(listed, total.quote, total.volume),
    lastTradeMs: lastId === 0 ? 0 : market.tradeById(lastId).timeMs,
  };
}

export const AVERAGE_PRICE_MINUTES = 5;

/** A window without any candle: flat at the last price. */
function flatAggregate(listed: ListedMarket, nowMs: number): Omit<Aggregate, 'takerBuyVolume' | 'takerBuyQuote'> {
  const market = listed.market();
  const price = market.lastPrice(nowMs) ?? 0;
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0,
    quote: new ExactSum(),
    tradeCount: 0,
    firstTradeId: -1,
  };
}
