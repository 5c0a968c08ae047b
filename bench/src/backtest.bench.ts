import { backtest, type BacktestMarket } from '@wickworks/engine';
import { contestants, COUNT, type Contestant, type CrossTime } from './backtest/cross.js';
import { fullMarkets, fullRules, MARKETS } from './backtest/full.js';
import { everything, FAST, SLOW } from './backtest/strategies.js';
import { inTurn, median, moreIsBetter, type BenchCase, type BenchResult } from './bench.js';
import { tellOf } from './child.js';
import { realCandles, repeatCandles } from './real-candles.js';

/** Processes of each contestant of the cross, in turn. */
const ROUNDS = 3;
/** Detail minutes of the full-featured run, and of the two sizes whose cost by candle is compared. */
const FULL_MINUTES = 200_000;
const SMALL_MINUTES = 5_000;
const LARGE_MINUTES = 5_000_000;

/** The median process of each contestant, A B A B …: a machine whose speed drifts treats all alike. */
async function crossTimes(): Promise<Record<Contestant, CrossTime>> {
  const times = new Map<Contestant, CrossTime[]>(contestants.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const name of contestants) times.get(name)!.push(await tellOf<CrossTime>('backtest/cross.ts', [name]));
  return Object.fromEntries(
    contestants.map((name) => {
      const all = times.get(name)!;
      return [name, { ms: median(all.map(({ ms }) => ms)), trips: all[0]!.trips }];
    }),
  ) as Record<Contestant, CrossTime>;
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

/**
 * A cross of averages beside grademark and the memory's own speed; the full-featured run, and how it grows. Inside
 * both: averages (but where they are said to be cached), trades, equity, drawdown. Ours also keeps orders and an exact
 * ledger with fees and an equity point per candle. Inside neither: reading data, hashes, other metrics; candles are
 * checked in the first run over them alone.
 */
export async function run(): Promise<BenchResult> {
  const minutes = realCandles('binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz');
  const cross = await crossTimes();
  const markets = fullMarkets(repeatCandles(minutes, FULL_MINUTES));
  const times = await inTurn({ full: () => full(markets) }, 15);
  const perSecond = (count: number, ms: number): number => count / ms / 1000;
  const speed = (of: Contestant): number => perSecond(COUNT, cross[of].ms);
  const small = nsByStep(fullMarkets(repeatCandles(minutes, SMALL_MINUTES)), 20);
  const large = nsByStep(fullMarkets(repeatCandles(minutes, LARGE_MINUTES)), 2);
  const beside = (name: string, ours: Contestant, peer: string, theirs: Contestant): BenchCase =>
    moreIsBetter(name, speed(ours), 'M candles/s', peer, speed(theirs));
  const grademark = `grademark, no fee, equity by trade (${cross.grademark.trips} trips)`;
  const trips = `${COUNT} candles, fee, orders, equity, drawdown`;
  return {
    name: 'backtest',
    cases: [
      beside(`SMA ${FAST}/${SLOW} cross in code, ${trips} (${cross.code.trips} trips)`, 'code', grademark, 'grademark'),
      beside(`the same cross as rules (${cross.rules.trips} trips)`, 'rules', grademark, 'grademark'),
      beside('the cross as rules on cached averages', 'cached', grademark, 'grademark'),
      beside('the cross in code, share of a bound', 'code', 'copying the six columns', 'copying'),
      beside('the cross as rules, share of a bound', 'rules', 'copying the six columns', 'copying'),
      beside('the cross as rules, share of the bound', 'rules', 'reading the six columns', 'reading'),
      beside(
        'the cross as rules on cached averages, share of the bound',
        'cached',
        'reading the six columns',
        'reading',
      ),
      moreIsBetter(
        `${MARKETS} markets, ladder, stops, trailing, slippage, volume cap, detail candles (${full(markets)} fills)`,
        ...([perSecond(stepsOf(markets), times.full), 'M candle steps/s', 'the cross in code', speed('code')] as const),
      ),
      moreIsBetter(
        `full-featured, growth: ${(MARKETS * LARGE_MINUTES) / 5 / 1e6} M candles beside ${(MARKETS * SMALL_MINUTES) / 5 / 1e3} k`,
        ...([1000 / large, 'M candle steps/s', 'the small run', 1000 / small] as const),
      ),
    ],
  };
}
