import type { Config } from '@wickworks/config';
import type { AccountStores, CandleStore, JobStore, StrategyStores, TradeStore } from '@wickworks/db';
import type { ExchangeConfig, ExchangeConnection } from '@wickworks/exchange';
import type { Logger } from 'pino';

/** The database as far as the server uses it. */
export interface OpenStore {
  readonly candles: CandleStore;
  readonly trades: TradeStore;
  readonly accounts: AccountStores;
  readonly strategies: StrategyStores;
  readonly jobs: JobStore;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The outside world of a server; tests and benchmarks may bring their own parts. */
export interface Adapters {
  openStore(config: Config): Promise<OpenStore>;
  connect(exchange: ExchangeConfig, log: Logger): Promise<ExchangeConnection>;
}

/** Where the code of an exchange's worker thread is; `undefined`: where its package has it. */
export interface AdapterPaths {
  readonly exchangeWorkerUrl: URL | undefined;
}

/** The real adapters. Each is loaded when first used: a process that only answers HTTP starts without them. */
export function realAdapters({ exchangeWorkerUrl }: AdapterPaths): Adapters {
  return {
    openStore: async ({ database }) => {
      const { DatabaseError, openDatabase } = await import('@wickworks/db');
      const opened = await openDatabase(database);
      try {
        // It would never become writable again: better that whoever watches the process starts it anew.
        if (opened.replica === 'offline')
          throw new DatabaseError(
            'unavailable',
            'the primary (DATABASE_SYNC_URL) cannot be reached, nothing can be stored',
          );
        await opened.migrate();
        return opened;
      } catch (error) {
        await opened.close();
        throw error;
      }
    },
    connect: async (exchange, log) => {
      const { connectExchange } = await import('@wickworks/exchange');
      const logger = log.child({ exchange: exchange.id });
      return connectExchange(exchange, { logger, ...(exchangeWorkerUrl && { workerUrl: exchangeWorkerUrl }) });
    },
  };
}
