import { err, ok, type Result } from '@wickworks/core';
import type { MarketKey, StoredTrades, TradeConflict, TradesWritten, TradeStore } from '../ports.js';

/** What came of a file of trades. */
export interface TradesImported extends TradesWritten {
  /** Trades in the file. */
  readonly read: number;
  /** `[fromMs, toMs)`, of which every trade is stored now. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The file holds trades from before or after the time that it is said to be of. */
interface OutsideFault {
  readonly kind: 'outside';
  /** Of its first and its last trade. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * Stores the trades of a file (one at least), and that these are all of `[fromMs, toMs)`; left out: from its first to
 * its last trade. All of it or nothing.
 */
export async function importTrades(
  store: TradeStore,
  key: MarketKey,
  trades: StoredTrades,
  options: {
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
    readonly replace?: boolean | undefined;
  },
): Promise<Result<TradesImported, TradeConflict | OutsideFault>> {
  const read = trades.length;
  const [firstMs, lastMs] = [trades.time[0]!, trades.time[read - 1]!];
  const { fromMs = firstMs, toMs = lastMs + 1, replace = false } = options;
  if (fromMs > firstMs || toMs <= lastMs) return err({ kind: 'outside', firstMs, lastMs });
  const written = await store.write(key, [fromMs, toMs], trades, { replace });
  return written.ok ? ok({ read, ...written.value, fromMs, toMs }) : written;
}
