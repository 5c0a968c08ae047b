import type { Timeframe } from '@wickworks/core';
import type { BacktestFault } from './backtest.js';
import { faultOfWish, type RunWish } from './run-faults.js';
import type { RunConfig } from './run-types.js';

/** Grace for allocations that are tenths and thirds. */
const ROUNDING = 1e-9;

/** What is known of one of several strategies before its candles are there. */
interface StrategyWish extends Pick<RunWish, 'needs'> {
  readonly id?: string | undefined;
  readonly timeframe: Timeframe;
  readonly symbols: readonly string[];
  readonly allocation?: number | null | undefined;
}

/** The first thing that is wrong with a run of several strategies, as far as that shows without candles. */
export function faultOfSharedWish(wish: {
  readonly strategies: readonly StrategyWish[];
  /** Markets of the run. */
  readonly symbols: readonly string[];
  readonly detailTimeframe: Timeframe | null;
  readonly config: RunConfig;
}): BacktestFault | null {
  const { strategies, symbols, detailTimeframe, config } = wish;
  const [first] = strategies;
  if (!first) return { kind: 'no-markets' };
  const fault =
    faultOfStrategies(strategies, symbols) ??
    faultOfWish({ symbols, timeframe: first.timeframe, detailTimeframe: null, config });
  if (fault) return fault;
  for (const [at, one] of strategies.entries()) {
    // Candles of one strategy may be the detail of another's.
    const isFinest =
      one.timeframe === detailTimeframe && strategies.some(({ timeframe }) => timeframe !== one.timeframe);
    const own = faultOfWish({ ...one, config, detailTimeframe: isFinest ? null : detailTimeframe });
    if (own) return own.kind === 'bad-detail' ? own : { kind: 'of-strategy', at, fault: own };
  }
  return null;
}

function faultOfStrategies(strategies: readonly StrategyWish[], symbols: readonly string[]): BacktestFault | null {
  const bad = (at: number, field: string, reason: string): BacktestFault => ({
    kind: 'bad-strategy',
    at,
    field,
    reason,
  });
  const ids = new Set<string>();
  let reserved = 0;
  for (const [at, { id, symbols: own, allocation }] of strategies.entries()) {
    if (id !== undefined && ids.has(id)) return bad(at, 'id', `${id} is the id of another strategy`);
    if (id !== undefined) ids.add(id);
    if (own.length === 0) return bad(at, 'symbols', 'no market was given');
    const odd = own.find((symbol, index) => !symbols.includes(symbol) || own.indexOf(symbol) < index);
    if (odd !== undefined)
      return bad(at, 'symbols', symbols.includes(odd) ? `${odd} was given twice` : `${odd} is no market of the run`);
    if (allocation === undefined || allocation === null) continue;
    if (!(allocation > 0 && allocation <= 1)) return bad(at, 'allocation', 'must lie in 0..1');
    reserved += allocation;
    if (reserved > 1 + ROUNDING) return bad(at, 'allocation', 'all allocations together are more than 1');
  }
  const poor = strategies.findIndex(({ allocation }) => allocation === undefined || allocation === null);
  return poor >= 0 && reserved > 1 - ROUNDING
    ? bad(poor, 'allocation', 'needs one: all of the deposit is reserved for the others')
    : null;
}
