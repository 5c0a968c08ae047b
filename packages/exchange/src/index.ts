export { connectExchange, type ConnectOptions, type ExchangeLogger } from './connect.js';
export {
  fetchHistory,
  type HistoryFailure,
  type HistoryOutcome,
  type HistoryProgress,
  type HistoryStore,
} from './history/fetch-history.js';
export type { HistorySource } from './history/backfill.js';
export * from './ports.js';
export {
  fetchTradeHistory,
  type TradeHistoryStore,
  type TradeOutcome,
  type TradeProgress,
} from './history/fetch-trades.js';
