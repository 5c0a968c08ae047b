import { err, ok, type Result } from '@wickworks/core';
import type { Declaration } from '../jobs/backtest-task.js';

/** A market that a strategy follows, with the others it reads for it. */
export interface FollowingPlan {
  /** Where the start names it. */
  readonly path: string;
  readonly exchange: string;
  readonly symbol: string;
  /** Itself and what it reads: as the start lists them, then the others; candles that close together are told so. */
  readonly symbols: readonly string[];
}

/** A start that cannot be followed, and where in it. */
export interface FollowingFault {
  readonly path: string;
  readonly message: string;
}

/**
 * What to follow for a start, each market by itself. A market that the strategy reads for another is read at the same
 * exchange, whether the start lists it or not; one that is not traded may be listed only to be read.
 */
export function planFollowing(
  needs: Declaration['needs'],
  markets: readonly { readonly exchange: string; readonly symbol: string }[],
): Result<readonly FollowingPlan[], FollowingFault> {
  const named = (part: string): readonly string[] => [
    ...new Set(needs.filter(({ path }) => path.startsWith(part)).map(({ symbol }) => symbol)),
  ];
  const [traded, read] = [named('trade.'), named('indicators.')];
  const isTraded = (symbol: string): boolean => traded.length === 0 || traded.includes(symbol);
  const plans: FollowingPlan[] = [];
  for (const [index, { exchange, symbol }] of markets.entries()) {
    const path = `markets.${String(index)}`;
    const besides = markets.filter((market) => market.exchange === exchange);
    if (!isTraded(symbol)) {
      if (read.includes(symbol) && besides.some((market) => isTraded(market.symbol))) continue;
      return err({ path, message: `it trades ${traded.join(', ')} alone` });
    }
    const wanted = new Set([symbol, ...read]);
    const listed = besides.map((market) => market.symbol).filter((other) => wanted.has(other));
    plans.push({ path, exchange, symbol, symbols: [...new Set([...listed, symbol, ...read])] });
  }
  return ok(plans);
}
