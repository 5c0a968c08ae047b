import { z } from 'zod';
import { failure, RefusedAnswer } from './failure.js';
import type { PublicTrade } from './ports.js';

/** CCXT's trade, as far as it is kept. */
const TradeShape = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  timestamp: z.int().nonnegative(),
  price: z.number().positive(),
  amount: z.number().positive(),
  side: z.enum(['buy', 'sell']).nullish(),
});

/**
 * What an exchange answered as numbered trades, ascending. One row that is no trade, a number that is missing between
 * two others, or a time that falls make the answer unusable: trades without it would look complete. Throws
 * {@link RefusedAnswer}, retryable: the next answer may be sound.
 */
export function readTrades(raw: unknown, symbol: string): PublicTrade[] {
  const refuse = (what: string): never => {
    throw new RefusedAnswer(failure('unavailable', `damaged answer to trades of ${symbol}: ${what}`, true));
  };
  const parsed = z.array(TradeShape).safeParse(raw);
  if (!parsed.success) return refuse(z.prettifyError(parsed.error).split('\n')[0] ?? 'no trades');
  // CCXT sorts the numbers of one millisecond as text.
  const trades = parsed.data
    .sort((a, b) => a.id - b.id)
    .map(({ id, timestamp, price, amount, side }): PublicTrade => ({
      ...{ id, timeMs: timestamp, price, quantity: amount },
      side: side ?? null,
    }));
  for (const [at, { id, timeMs }] of trades.entries()) {
    const before = trades[at - 1];
    if (before && id !== before.id + 1) refuse(`trade ${id} follows ${before.id}`);
    if (before && timeMs < before.timeMs) refuse(`trade ${id} happened before ${before.id}`);
  }
  return trades;
}
