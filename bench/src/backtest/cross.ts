// The cross of averages over half a million candles, one contestant in a process of its own: what another leaves
// behind, millions of objects, would be paid for by whoever runs next. Sends `{ ms, trips }` and ends.
import { Candles, copyColumns, type CandleColumns } from '@wickworks/core';
import { IndicatorCache, prepareBacktest, RunMemory, type StrategyDefinition } from '@wickworks/engine';
import { median } from '../bench.js';
import { realCandles, repeatCandles } from '../real-candles.js';
import { barsOf, grademarkCross } from './grademark.js';
import { compiledCross, rules, smaCross } from './strategies.js';

export const COUNT = 500_000;
const WARM_UP_MS = 1_500;
const WARM_UP_RUNS = 3;
const TIMED_MS = 1_500;
const TIMED_RUNS = 5;

/** What one process measured: median time of a run, and the round trips of it (0: no backtest). */
export interface CrossTime {
  readonly ms: number;
  readonly trips: number;
}

/** The deepest fall below the highest equity so far, 0..1. */
function drawdown(equity: Float64Array): number {
  let peak = equity[0]!;
  let lowest = peak;
  let deepest = 0;
  let i = 0;
  while (i < equity.length) {
    // Four at a time while none is a new peak; how deep it fell since the last one is asked at the next.
    for (; i + 4 <= equity.length; i = (i + 4) | 0) {
      const a = equity[i]!;
      const b = equity[(i + 1) | 0]!;
      const c = equity[(i + 2) | 0]!;
      const d = equity[(i + 3) | 0]!;
      if (a > peak || b > peak || c > peak || d > peak) break;
      if (a < lowest) lowest = a;
      if (b < lowest) lowest = b;
      if (c < lowest) lowest = c;
      if (d < lowest) lowest = d;
    }
    for (const end = Math.min(i + 4, equity.length); i < end; i++) {
      const value = equity[i]!;
      if (value < lowest) lowest = value;
      if (value <= peak) continue;
      deepest = Math.max(deepest, 1 - lowest / peak);
      peak = value;
      lowest = value;
    }
  }
  return Math.max(deepest, 1 - lowest / peak);
}

/**
 * Trips of the cross: averages, orders, exact fees, fills, trips, equity by candle, drawdown; candles are checked once.
 * Runs borrow their memory one after the other, as those of a slider or a search do. Orders, fills and trips are left as
 * the rows of numbers they are kept in: nobody reads them here.
 */
function cross(strategy: StrategyDefinition, candles: CandleColumns, cache?: IndicatorCache): () => number {
  const memory = new RunMemory();
  const markets = [{ rules, timeframe: '1m', candles }] as const;
  return () => {
    const run = prepareBacktest({ markets, strategy, rules: { cash: 1_000_000 }, cache, memory });
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    run.value.advance();
    const { equityCurve, portfolio } = run.value.session;
    drawdown(equityCurve.values);
    run.value.giveBack();
    return portfolio.tripsEndedIn(0);
  };
}

/** Reads all six columns, four sums at a time so that no addition waits for the last: the memory's own speed. */
function readColumns({ time, open, high, low, close, volume }: CandleColumns): number {
  let sum = 0;
  for (const column of [time, open, high, low, close, volume]) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i + 4 <= column.length; i += 4) {
      a += column[i]!;
      b += column[i + 1]!;
      c += column[i + 2]!;
      d += column[i + 3]!;
    }
    sum += a + b + c + d;
  }
  return sum;
}

/** What each contestant does; its input is made beforehand, as it likes it best. */
const CONTESTANTS = {
  code: (candles: CandleColumns) => cross(smaCross, candles),
  rules: (candles: CandleColumns) => cross(compiledCross(), candles),
  // As a slider that moves something else does, or a search over sizes.
  cached: (candles: CandleColumns) => cross(compiledCross(), candles, new IndicatorCache()),
  grademark: (candles: CandleColumns) => {
    const frame = barsOf(candles);
    return () => grademarkCross(frame);
  },
  copying: (candles: CandleColumns) => () => copyColumns(candles).length * 0,
  reading: (candles: CandleColumns) => () => (readColumns(candles) > 0 ? 0 : 1),
} as const;
export type Contestant = keyof typeof CONTESTANTS;
export const contestants = Object.keys(CONTESTANTS) as Contestant[];

function measure(run: () => number): CrossTime {
  let trips = 0;
  const timed = (forMs: number, runs: number): number[] => {
    const times: number[] = [];
    const startedMs = performance.now();
    while (times.length < runs || performance.now() - startedMs < forMs) {
      const runMs = performance.now();
      trips = run();
      times.push(performance.now() - runMs);
    }
    return times;
  };
  timed(WARM_UP_MS, WARM_UP_RUNS);
  return { ms: median(timed(TIMED_MS, TIMED_RUNS)), trips };
}

const asked = contestants.find((name) => name === process.argv[2]);
if (process.send && asked) {
  const rows = realCandles('binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz');
  const candles = Candles.fromRows(repeatCandles(rows, COUNT));
  process.send(measure(CONTESTANTS[asked](candles)), () => process.exit(0));
}
