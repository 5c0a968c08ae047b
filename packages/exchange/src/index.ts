export { backfillCandles, type Backfill, type BackfillPage } from './backfill.js';
export { connectExchange, type ConnectOptions, type ExchangeLogger } from './connect.js';
export * from './ports.js';
