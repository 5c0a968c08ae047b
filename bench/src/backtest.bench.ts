import { Candles, type CandleColumns } from '@wickworks/core';
import {
  backtest,
  defineStrategy,
  findIndicator,
  NO_INTENTS,
  type BacktestMarket,
  type BacktestRecord,
  type BacktestRules,
} from '@wickworks/engine';
import { DataFrame } from 'data-forge';
import { backtest as grademark, computeDrawdown, computeEquityCurve, type IBar, type IStrategy } from 'grademark';
import { inTurn, moreIsBetter, type BenchResult } from './bench.js';
import { realCandles, repeatCandles } from './real-candles.js';

const COUNT = 500_000;
const FAST = 10;
const SLOW = 30;
const FEE_BPS = 10;

const sma = findIndicator('sma')!;
const rules = {
  symbol: 'BTC/USDT',
  tickSize: 0.01,
  lotSize: 0.00001,
  minNotional: 5,
  makerFeeBps: FEE_BPS,
  takerFeeBps: FEE_BPS,
};

/** Long while the fast average is above the slow one. */
const smaCross = defineStrategy({
  id: 'sma-cross',
  title: 'SMA cross',
  params: {},
  warmup: () => SLOW,
  create: (setup) => {
    const symbol = setup.symbols[0]!;
    const fast = setup.indicator(symbol, sma, { period: FAST, source: 'close' })['sma']!;
    const slow = setup.indicator(symbol, sma, { period: SLOW, source: 'close' })['sma']!;
    return {
      onCandle: (context) => {
        const { index } = context;
        const isAbove = fast.values[index]! > slow.values[index]!;
        const wasAbove = fast.values[index - 1]! > slow.values[index - 1]!;
        if (isAbove === wasAbove) return NO_INTENTS;
        if (isAbove) {
          const size = { kind: 'spend', quote: context.buyingPower } as const;
          return [{ kind: 'place', type: 'market', symbol, side: 'buy', size, tag: 'cross up' }];
        }
        if (context.position === 0) return NO_INTENTS;
        return [{ kind: 'place', type: 'market', symbol, side: 'sell', size: { kind: 'position' }, tag: 'cross down' }];
      },
    };
  },
});

/** Everything at once: brackets with a ladder and a trailing stop in every market, sized by equity. */
const everything = defineStrategy({
  id: 'everything',
  title: 'Everything',
  params: {},
  warmup: () => SLOW,
  create: (setup) => {
    const averages = setup.symbols.map((symbol) => ({
      fast: setup.indicator(symbol, sma, { period: FAST, source: 'close' })['sma']!,
      slow: setup.indicator(symbol, sma, { period: SLOW, source: 'close' })['sma']!,
    }));
    return {
      onCandle: (context) => {
        const { index, market } = context;
        const { fast, slow } = averages[market]!;
        if (context.position !== 0 || fast.values[index]! <= slow.values[index]!) return NO_INTENTS;
        if (fast.values[index - 1]! > slow.values[index - 1]!) return NO_INTENTS;
        return [
          {
            kind: 'place',
            type: 'market',
            symbol: context.symbol,
            side: 'buy',
            size: { kind: 'spend', quote: context.equity / 12 },
            tag: 'cross up',
            bracket: {
              stop: { kind: 'offset', ratio: 0.01 },
              trail: { kind: 'ratio', ratio: 0.015 },
              targets: [
                { at: { kind: 'offset', ratio: 0.01 }, share: 0.5 },
                { at: { kind: 'offset', ratio: 0.02 }, share: 0.5 },
              ],
            },
          },
        ];
      },
    };
  },
});

function drawdown(equity: Float64Array): number {
  let peak = 0;
  let deepest = 0;
  for (const value of equity) {
    if (value > peak) peak = value;
    else if (peak - value > deepest * peak) deepest = 1 - value / peak;
  }
  return deepest;
}

function ours(candles: CandleColumns): BacktestRecord {
  const run = backtest({
    markets: [{ rules, timeframe: '1m', candles }],
    strategy: smaCross,
    rules: { cash: 1_000_000 },
  });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  drawdown(run.value.equity);
  return run.value;
}

interface Bar extends IBar {
  fast: number;
  slow: number;
}

/** Grademark's own best case: averages by running sums, no fee, one equity point per trade. */
function theirs(bars: readonly IBar[]): number {
  const strategy: IStrategy<IBar, Bar> = {
    prepIndicators: () => new DataFrame<number, Bar>(withAverages(bars)),
    entryRule: (enter, { bar }) => {
      if (bar.fast > bar.slow) enter();
    },
    exitRule: (exit, { bar }) => {
      if (bar.fast < bar.slow) exit();
    },
  };
  const trades = grademark(strategy, new DataFrame<number, IBar>([...bars]));
  computeEquityCurve(1_000_000, trades);
  computeDrawdown(1_000_000, trades);
  return trades.length;
}

function withAverages(bars: readonly IBar[]): Bar[] {
  let fast = 0;
  let slow = 0;
  return bars.map((bar, i) => {
    fast += bar.close - (i >= FAST ? bars[i - FAST]!.close : 0);
    slow += bar.close - (i >= SLOW ? bars[i - SLOW]!.close : 0);
    return { ...bar, fast: i >= SLOW ? fast / FAST : NaN, slow: i >= SLOW ? slow / SLOW : NaN };
  });
}

const MARKETS = 10;
const DETAIL_PER_CANDLE = 5;

/** Ten markets of 5m candles with their 1m candles as detail. */
function fullMarkets(minutes: readonly Parameters<Candles['push']>[0][]): BacktestMarket[] {
  const detail = Candles.fromRows(minutes);
  const wide = new Candles(minutes.length / DETAIL_PER_CANDLE);
  for (let from = 0; from + DETAIL_PER_CANDLE <= minutes.length; from += DETAIL_PER_CANDLE) {
    const part = minutes.slice(from, from + DETAIL_PER_CANDLE);
    const volume = part.reduce((sum, row) => sum + row[5], 0);
    const high = Math.max(...part.map((row) => row[2]));
    const low = Math.min(...part.map((row) => row[3]));
    wide.push([part[0]![0], part[0]![1], high, low, part.at(-1)![4], volume]);
  }
  return Array.from({ length: MARKETS }, (_, i) => ({
    rules: { ...rules, symbol: `M${i}/USDT` },
    timeframe: '5m',
    candles: wide,
    detail: { timeframe: '1m', candles: detail },
  }));
}

const fullRules: Partial<BacktestRules> = {
  cash: 1_000_000,
  slippage: { kind: 'square-root', coefficient: 0.1 },
  volumeShareMax: 0.1,
};

/** SMA cross over half a million candles beside grademark; the full-featured run beside the simple one. */
export async function run(): Promise<BenchResult> {
  const rows = repeatCandles(realCandles('binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz'), COUNT);
  const candles = Candles.fromRows(rows);
  const bars = rows.map(([time, open, high, low, close, volume]) => ({
    time: new Date(time),
    open,
    high,
    low,
    close,
    volume,
  }));
  const markets = fullMarkets(rows.slice(0, 200_000));
  const steps = MARKETS * (markets[0]!.candles.length + markets[0]!.detail!.candles.length);
  let fills = 0;
  const times = await inTurn(
    {
      ours: () => ours(candles),
      grademark: () => theirs(bars),
      full: () => {
        const run = backtest({ markets, strategy: everything, rules: fullRules });
        fills = run.ok ? run.value.fills.length : 0;
      },
    },
    5,
  );
  const perSecond = (count: number, ms: number): number => count / ms / 1000;
  const simple = perSecond(COUNT, times.ours);
  return {
    name: 'backtest',
    cases: [
      moreIsBetter(
        `SMA ${FAST}/${SLOW} cross, ${COUNT} candles, fee, equity, drawdown (${ours(candles).roundTrips.length} trips)`,
        simple,
        'M candles/s',
        'grademark, no fee',
        perSecond(COUNT, times.grademark),
      ),
      moreIsBetter(
        `${MARKETS} markets, ladder, stops, trailing, slippage, volume cap, detail candles (${fills} fills)`,
        perSecond(steps, times.full),
        'M candle steps/s',
        'our simple run',
        simple,
      ),
    ],
  };
}
