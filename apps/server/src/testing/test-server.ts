import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@wickworks/config';
import { openDatabase, type CandleStore } from '@wickworks/db';
import { assert } from '@wickworks/core';
import type { ExchangeConnection } from '@wickworks/exchange';
import { pino, type Logger } from 'pino';
import type { OpenStore } from '../adapters.js';
import type { MarketReload } from '../feed/keep-markets-fresh.js';
import type { Patience } from '../listener.js';
import { startServer, type RunningServer } from '../start-server.js';

/** A migrated libSQL file in a folder of its own. */
export interface TestStore extends OpenStore {
  readonly dataDir: string;
  /** Closes it and removes the folder. */
  dispose(): Promise<void>;
}

export async function openTestStore(dataDir = mkdtempSync(join(tmpdir(), 'wick-server-'))): Promise<TestStore> {
  const database = await openDatabase({ url: `file:${join(dataDir, 'wickworks.db')}` });
  await database.migrate();
  return {
    dataDir,
    candles: database.candles,
    trades: database.trades,
    strategies: database.strategies,
    jobs: database.jobs,
    accounts: database.accounts,
    ping: () => database.ping(),
    close: () => database.close(),
    dispose: async () => {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestServer extends RunningServer {
  readonly socketUrl: string;
  readonly dataDir: string;
  /** Stops it; `keepData` leaves the folder for a next start. */
  dispose(keepData?: boolean): Promise<void>;
}

/** A real server on a free port over a real database, with exchanges of the test's making. */
export async function startTestServer(
  exchanges: readonly ExchangeConnection[],
  options: {
    env?: Readonly<Record<string, string>>;
    dataDir?: string;
    nowMs?: () => number;
    patience?: Patience;
    marketReload?: MarketReload;
    log?: Logger;
    wrapStore?: (store: CandleStore) => CandleStore;
    /** Told of the store before the server has it. */
    onStore?: (store: OpenStore) => void;
  } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'wick-server-'));
  const config = loadConfig({
    WICK_PORT: '0',
    WICK_DATA_DIR: dataDir,
    WICK_VENUE: 'off',
    WICK_EXCHANGES: exchanges.map(({ id }) => id).join(','),
    ...options.env,
  });
  assert(config.ok, 'test settings are sound');
  const server = await startServer({
    config: config.value,
    openLog: () => Promise.resolve(options.log ?? pino({ level: 'silent' })),
    version: 'test',
    adapters: {
      openStore: async () => {
        const store = await openTestStore(dataDir);
        options.onStore?.(store);
        return { ...store, candles: options.wrapStore?.(store.candles) ?? store.candles };
      },
      connect: ({ id }) => {
        const connection = exchanges.find((exchange) => exchange.id === id);
        assert(connection, `exchange ${id} was given`);
        return Promise.resolve(connection);
      },
    },
    webFolder: join(dataDir, 'web'),
    backtestWorkerUrl: new URL('../jobs/backtest-worker.ts', import.meta.url),
    venueWorkerUrl: new URL('file:///nowhere'),
    venueDataFolder: undefined,
    ...(options.nowMs && { nowMs: options.nowMs }),
    ...(options.patience && { patience: options.patience }),
    ...(options.marketReload && { marketReload: options.marketReload }),
  });
  return {
    ...server,
    dataDir,
    socketUrl: `${server.url.replace('http', 'ws')}/ws/ohlcv`,
    dispose: async (keepData = false) => {
      await server.close();
      if (!keepData) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
