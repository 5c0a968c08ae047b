// The product's own server; only the exchange and the store are stand-ins that cost nothing.
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@wickworks/config';
import { ok } from '@wickworks/core';
import { openDatabase } from '@wickworks/db';
import type { ExchangeConnection, ExchangeEvent } from '@wickworks/exchange';
import { openLog } from '../../../apps/server/src/log.js';
import { startServer } from '../../../apps/server/src/start-server.js';
import { candleAt, pace, SYMBOLS, type ToServer } from './protocol.js';

const dataDir = mkdtempSync(join(tmpdir(), 'wick-fanout-'));
const config = loadConfig({
  WICK_PORT: '0',
  WICK_DATA_DIR: dataDir,
  WICK_VENUE: 'off',
  WICK_EXCHANGES: 'bench',
  WICK_LOG_LEVEL: 'silent',
  // For the storm of sign-ins, which seems to come from everywhere.
  WICK_TRUSTED_PROXIES: '1',
});
if (!config.ok) throw new Error(JSON.stringify(config.error));

const listeners = new Set<(event: ExchangeEvent) => void>();
const openMs = candleAt(0)[0];
const MARKETS = SYMBOLS.map((symbol) => ({
  symbol,
  base: symbol.split('/')[0]!,
  quote: 'USDT',
  active: true,
  priceTick: '0.01',
  quantityStep: '0.00001',
  notionalMin: '5',
}));
const connection: ExchangeConnection = {
  id: 'bench',
  title: 'bench',
  capabilities: () =>
    Promise.resolve(ok({ candles: 'native', tickers: 'none', timeframes: ['1m'], candlesPerRequest: 1_000 })),
  markets: () => Promise.resolve(ok(MARKETS)),
  reloadMarkets: () => Promise.resolve(ok(MARKETS)),
  fetchCandles: () =>
    Promise.resolve(
      ok({ closed: [[openMs - 60_000, 1, 1, 1, 1, 1]], forming: candleAt(0), exchangeTimeMs: openMs + 1 }),
    ),
  fetchTrades: () => Promise.resolve(ok({ trades: [], exchangeTimeMs: openMs + 1 })),
  keyPermissions: () => Promise.resolve(ok({ canRead: null, canTrade: null, canWithdraw: null, isIpRestricted: null })),
  watchCandles: () => undefined,
  unwatchCandles: () => undefined,
  watchTickers: () => undefined,
  subscribe: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  close: () => Promise.resolve(),
};

const server = await startServer({
  config: config.value,
  openLog: () => openLog('silent', false),
  version: 'bench',
  adapters: {
    connect: () => Promise.resolve(connection),
    openStore: async ({ database }) => {
      const store = await openDatabase(database);
      await store.migrate();
      const { candles, trades, accounts, strategies, jobs } = store;
      return { candles, trades, accounts, strategies, jobs, ping: () => store.ping(), close: () => store.close() };
    },
  },
  backtestWorkerUrl: new URL('file:///nowhere'),
  webFolder: dataDir,
  venueWorkerUrl: new URL('file:///unused'),
  venueDataFolder: undefined,
});
process.send?.({ kind: 'listening', port: Number(new URL(server.url).port), dataDir });

process.on('message', (order: ToServer) => {
  if (order.kind === 'stop') {
    rmSync(dataDir, { recursive: true, force: true });
    process.exit(0);
  }
  void pace(order, (index) => {
    const candle = candleAt(index);
    const event: ExchangeEvent = {
      kind: 'forming',
      symbol: SYMBOLS[index % order.series]!,
      timeframe: '1m',
      candle,
      exchangeTimeMs: openMs + 1,
      receivedAtMs: Date.now(),
    };
    for (const listener of listeners) listener(event);
  }).then((done) => process.send?.(done));
});
