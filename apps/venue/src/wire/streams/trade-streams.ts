import type { ReplayTrade } from '../../replay/market.js';
import type { ListedMarket } from '../markets.js';
import { aggregateTradeRow } from '../rest/market-data.js';
import { priceText, quantityText } from '../text.js';
import type { MarketStream, StreamEvent } from './stream.js';

/** `trade`: every trade, once. */
export const tradeStream = (name: string, listed: ListedMarket): MarketStream =>
  everyTrade(name, listed, (trade) => ({
    e: 'trade',
    E: trade.timeMs,
    s: listed.id,
    t: trade.id,
    p: priceText(listed, trade.price),
    q: quantityText(listed, trade.quantity),
    T: trade.timeMs,
    m: !trade.takerBuys,
    M: true,
  }));

/** `aggTrade`: as `trade`, because the venue aggregates nothing. */
export const aggregateTradeStream = (name: string, listed: ListedMarket): MarketStream =>
  everyTrade(name, listed, (trade) => ({
    e: 'aggTrade',
    E: trade.timeMs,
    s: listed.id,
    ...aggregateTradeRow(listed, trade),
  }));

function everyTrade(name: string, listed: ListedMarket, describe: (trade: ReplayTrade) => object): MarketStream {
  const market = listed.market();
  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      const fromId = market.lastTradeId(fromMs) + 1;
      for (const trade of market.tradesBetween(fromId, market.lastTradeId(toMs))) {
        out.push({ timeMs: trade.timeMs, stream: name, json: JSON.stringify(describe(trade)) });
      }
    },
  };
}
