import { BOOK_DEPTH, stepAt, type BookSide } from '../../book/order-book.js';
import type { ReplayTrade } from '../../replay/market.js';
import { badCombination } from '../errors.js';
import type { ListedMarket, VenueContext } from '../markets.js';
import type { Parameters } from '../parameters.js';
import { priceText, quantityText } from '../text.js';
import { AVERAGE_PRICE_MINUTES, averagePrice } from '../ticker.js';
import { bigToText } from '../../replay/decimal.js';
import type { Route } from './route.js';

/** Most levels a side that may be asked for; the book itself has {@link BOOK_DEPTH}. */
const DEPTH_LIMIT_MAX = 5_000;

function depth(parameters: Parameters, context: VenueContext): unknown {
  const listed = parameters.market(context.markets);
  const limit = Math.min(parameters.limit(100, DEPTH_LIMIT_MAX), BOOK_DEPTH);
  return bookSnapshot(listed, context.clock.nowMs(), limit);
}

/** `{"lastUpdateId","bids","asks"}` with up to `limit` levels a side, best first. */
export function bookSnapshot(listed: ListedMarket, nowMs: number, limit: number): object {
  const book = listed.book().at(stepAt(nowMs));
  return {
    lastUpdateId: book.updateId,
    bids: levels(listed, book.bids, limit),
    asks: levels(listed, book.asks, limit),
  };
}

function levels(listed: ListedMarket, side: BookSide, limit: number): [string, string][] {
  const rows: [string, string][] = [];
  for (let index = 0; index < Math.min(side.length, limit); index++) {
    rows.push([priceText(listed, side.price[index]!), quantityText(listed, side.quantity[index]!)]);
  }
  return rows;
}

function recentTrades(parameters: Parameters, context: VenueContext): unknown {
  const listed = parameters.market(context.markets);
  const limit = parameters.limit(500, 1_000);
  const lastId = listed.market().lastTradeId(context.clock.nowMs());
  return tradeRows(listed, lastId - limit + 1, lastId);
}

function historicalTrades(parameters: Parameters, context: VenueContext): unknown {
  const listed = parameters.market(context.markets);
  const limit = parameters.limit(500, 1_000);
  const lastId = listed.market().lastTradeId(context.clock.nowMs());
  const fromId = parameters.whole('fromId') ?? lastId - limit + 1;
  return tradeRows(listed, fromId, Math.min(lastId, Math.max(1, fromId) + limit - 1));
}

function tradeRows(listed: ListedMarket, fromId: number, toId: number): object[] {
  return Array.from(listed.market().tradesBetween(fromId, toId), (trade) => ({
    id: trade.id,
    price: priceText(listed, trade.price),
    qty: quantityText(listed, trade.quantity),
    quoteQty: bigToText(BigInt(trade.price) * BigInt(trade.quantity), listed.priceDecimals + listed.quantityDecimals),
    time: trade.timeMs,
    isBuyerMaker: !trade.takerBuys,
    isBestMatch: true,
  }));
}

function aggregateTrades(parameters: Parameters, context: VenueContext): unknown {
  const listed = parameters.market(context.markets);
  const market = listed.market();
  const limit = parameters.limit(500, 1_000);
  const fromId = parameters.whole('fromId');
  const startMs = parameters.whole('startTime');
  const endMs = parameters.whole('endTime');
  if (fromId !== undefined && (startMs !== undefined || endMs !== undefined)) throw badCombination();
  const nowMs = context.clock.nowMs();
  const lastId = market.lastTradeId(Math.min(nowMs, endMs ?? nowMs));
  let first = lastId - limit + 1;
  if (fromId !== undefined) first = fromId;
  else if (startMs !== undefined) first = market.firstTradeIdFrom(Math.min(startMs, nowMs + 1));
  const to = Math.min(lastId, Math.max(1, first) + limit - 1);
  return Array.from(market.tradesBetween(first, to), (trade) => aggregateTradeRow(listed, trade));
}

/** The venue aggregates nothing: each aggregate trade holds one trade and carries its id. */
export function aggregateTradeRow(listed: ListedMarket, trade: ReplayTrade): Record<string, unknown> {
  return {
    a: trade.id,
    p: priceText(listed, trade.price),
    q: quantityText(listed, trade.quantity),
    f: trade.id,
    l: trade.id,
    T: trade.timeMs,
    m: !trade.takerBuys,
    M: true,
  };
}

function depthWeight(raw: ReadonlyMap<string, string>): number {
  const limit = Number(raw.get('limit') ?? 100);
  if (limit <= 100) return 5;
  if (limit <= 500) return 25;
  return limit <= 1_000 ? 50 : 250;
}

export const marketDataRoutes: readonly Route[] = [
  { path: 'depth', method: 'depth', weight: depthWeight, answer: depth },
  { path: 'trades', method: 'trades.recent', weight: 25, answer: recentTrades },
  { path: 'historicalTrades', method: 'trades.historical', weight: 25, answer: historicalTrades },
  { path: 'aggTrades', method: 'trades.aggregate', weight: 4, answer: aggregateTrades },
  {
    path: 'avgPrice',
    method: 'avgPrice',
    weight: 2,
    answer: (parameters, context) => {
      const listed = parameters.market(context.markets);
      const { price, lastTradeMs } = averagePrice(listed, context.clock.nowMs());
      return { mins: AVERAGE_PRICE_MINUTES, price, closeTime: lastTradeMs };
    },
  },
];
