import type { Gap } from '@wickworks/core';
import type { MarketKey, TradeStore } from '../ports.js';
import { TradeBuffer } from './trade-buffer.js';

/** A trade as an exchange tells it. */
interface ToldTrade {
  readonly id: number;
  readonly timeMs: number;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell' | null;
}

/** Where trades that are fetched are kept. The exchange's own word replaces what another process stored meanwhile. */
export const tradeHistoryStore = (store: TradeStore) => ({
  covered: (key: MarketKey): Promise<readonly Gap[]> => store.covered(key),
  write: async (key: MarketKey, range: Gap, trades: readonly ToldTrade[]): Promise<void> => {
    const rows = new TradeBuffer();
    for (const { side, ...trade } of trades) rows.push({ ...trade, side: side === null ? 0 : side === 'buy' ? 1 : -1 });
    await store.write(key, range, rows.columns(), { replace: true });
  },
});
