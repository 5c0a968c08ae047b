import { Candles, copyColumns, type CandleColumns } from '@wickworks/core';
import { backtest, type BacktestMarket, type StrategyDefinition } from '@wickworks/engine';
import { barsOf, grademarkCross } from './backtest/grademark.js';
import { fullMarkets, fullRules, MARKETS } from './backtest/full.js';
import { compiledCross, everything, FAST, rules, SLOW, smaCross } from './backtest/strategies.js';
import { inTurn, moreIsBetter, type BenchResult } from './bench.js';
import { realCandles, repeatCandles } from './real-candles.js';

const COUNT = 500_000;
/** Detail minutes of the full-featured run, and of the two sizes whose cost by candle is compared. */
const FULL_MINUTES = 200_000;
const SMALL_MINUTES = 5_000;
const LARGE_MINUTES = 5_000_000;

function drawdown(equity: Float64Array): number {
  let peak = 0;
  let deepest = 0;
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    else if (peak - value > deepest * peak) deepest = 1 - value / peak;
  }
  return deepest;
}

/** Trips of the cross over `candles`, fee, equity and drawdown included. */
function cross(strategy: StrategyDefinition, candles: CandleColumns): number {
  const run = backtest({ markets: [{ rules, timeframe: '1m', candles }], strategy, rules: { cash: 1_000_000 } });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  drawdown(run.value.equity);
  return run.value.roundTrips.length;
}

/** Fills of the run with everything. */
function full(markets: readonly BacktestMarket[]): number {
  const run = backtest({ markets, strategy: everything, rules: fullRules });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value.fills.length;
}

const stepsOf = (markets: readonly BacktestMarket[]): number =>
  markets.reduce((sum, { candles, detail }) => sum + candles.length + (detail?.candles.length ?? 0), 0);

/** Nanoseconds by candle step of the full-featured run over so many minutes of detail, best of several. */
function nsByStep(markets: readonly BacktestMarket[], rounds: number): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    full(markets);
    best = Math.min(best, performance.now() - started);
  }
  return (best * 1e6) / stepsOf(markets);
}

/** A cross of averages beside grademark and the memory's own speed; the full-featured run, and how it grows. */
export async function run(): Promise<BenchResult> {
  const minutes = realCandles('binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz');
  const rows = repeatCandles(minutes, COUNT);
  const candles = Candles.fromRows(rows);
  const bars = barsOf(rows);
  const compiled = compiledCross();
  const markets = fullMarkets(rows.slice(0, FULL_MINUTES));
  const times = await inTurn(
    {
      code: () => cross(smaCross, candles),
      rules: () => cross(compiled, candles),
      grademark: () => grademarkCross(bars),
      // No backtest can be faster than its data travels.
      columns: () => copyColumns(candles),
      full: () => full(markets),
    },
    5,
  );
  const perSecond = (count: number, ms: number): number => count / ms / 1000;
  const speed = (ms: number): number => perSecond(COUNT, ms);
  const small = nsByStep(fullMarkets(repeatCandles(minutes, SMALL_MINUTES)), 20);
  const large = nsByStep(fullMarkets(repeatCandles(minutes, LARGE_MINUTES)), 2);
  const trips = `${COUNT} candles, fee, equity, drawdown`;
  return {
    name: 'backtest',
    cases: [
      moreIsBetter(
        `SMA ${FAST}/${SLOW} cross in code, ${trips} (${cross(smaCross, candles)} trips)`,
        ...([speed(times.code), 'M candles/s', 'grademark, no fee', speed(times.grademark)] as const),
      ),
      moreIsBetter(
        `the same cross as rules (${cross(compiled, candles)} trips)`,
        ...([speed(times.rules), 'M candles/s', 'grademark, no fee', speed(times.grademark)] as const),
      ),
      moreIsBetter(
        'the cross in code, share of the bound',
        ...([speed(times.code), 'M candles/s', 'copying the six columns', speed(times.columns)] as const),
      ),
      moreIsBetter(
        `${MARKETS} markets, ladder, stops, trailing, slippage, volume cap, detail candles (${full(markets)} fills)`,
        ...([
          perSecond(stepsOf(markets), times.full),
          'M candle steps/s',
          'the cross in code',
          speed(times.code),
        ] as const),
      ),
      moreIsBetter(
        `full-featured, growth: ${(MARKETS * LARGE_MINUTES) / 5 / 1e6} M candles beside ${(MARKETS * SMALL_MINUTES) / 5 / 1e3} k`,
        ...([1000 / large, 'M candle steps/s', 'the small run', 1000 / small] as const),
      ),
    ],
  };
}
