import { eq } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { BacktestStore } from './backtest-store.js';
import { ProofStore } from './proof-store.js';
import { backtests, strategies } from './schema.js';
import { SignalStore } from './signal-store.js';
import { StrategyStore } from './strategy-store.js';

/** Everything stored about strategies. */
export interface StrategyStores {
  readonly strategies: StrategyStore;
  readonly signals: SignalStore;
  readonly backtests: BacktestStore;
  readonly proofs: ProofStore;
  /** Makes `toId` the owner of all that was `fromId`'s. */
  readonly adopt: (fromId: string, toId: string) => Promise<void>;
}

export const strategyStores = (connection: Connection): StrategyStores => ({
  strategies: new StrategyStore(connection),
  signals: new SignalStore(connection),
  backtests: new BacktestStore(connection),
  proofs: new ProofStore(connection),
  adopt: (fromId, toId) =>
    connection.write(async (transaction) => {
      await transaction.update(strategies).set({ ownerId: toId }).where(eq(strategies.ownerId, fromId));
      await transaction.update(backtests).set({ ownerId: toId }).where(eq(backtests.ownerId, fromId));
    }),
});
