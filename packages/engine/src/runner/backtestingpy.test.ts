import type { Candles, Timeframe } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { bollinger, smaCross } from '../../golden/strategies.js';
import { readCandles, readGolden } from '../../golden/talib.js';
import type { ParamSpecs } from '../indicators/params.js';
import { backtest, type BacktestRecord } from './backtest.js';
import type { StrategyDefinition } from './strategy.js';

interface Golden {
  readonly stats: Readonly<Record<string, number>>;
  readonly trades: readonly {
    readonly size: number;
    readonly entryBar: number;
    readonly exitBar: number;
    readonly entryTime: number;
    readonly exitTime: number;
    readonly entryPrice: number;
    readonly exitPrice: number;
    readonly pnl: number;
    readonly returnPct: number;
    readonly commission: number;
  }[];
  readonly equity_every_n_bars: number;
  readonly equity: readonly number[];
  readonly equity_last: number;
}

/** The golden runs' account: whole units, 0.1 % fee both ways, ten million in cash. */
function run<P extends ParamSpecs>(
  candles: Candles,
  timeframe: Timeframe,
  strategy: StrategyDefinition<P>,
): BacktestRecord {
  const rules = { symbol: 'BTC/USDT', tickSize: 0.01, lotSize: 1, minNotional: 0, makerFeeBps: 10, takerFeeBps: 10 };
  const result = backtest({
    markets: [{ rules, timeframe, candles }],
    strategy,
    // That engine closes what is still open at the open of the last candle.
    params: { closeAt: candles.length - 1 },
    rules: { cash: 10_000_000 },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe.each([
  { golden: 'backtestingpy-smacross-1h.json.gz', market: 'btcusdt-1h-2021', timeframe: '1h', strategy: smaCross },
  { golden: 'backtestingpy-boll-4h.json.gz', market: 'btcusdt-4h', timeframe: '4h', strategy: bollinger },
] as const)('backtesting.py golden run $golden', ({ golden: file, market, timeframe, strategy }) => {
  // Our own committed file, made for this project.
  const golden = readGolden(file) as Golden;
  const candles = readCandles(market);
  const record = strategy === smaCross ? run(candles, timeframe, smaCross) : run(candles, timeframe, bollinger);

  it('makes the same trades: sizes, candles and prices to the digit, fees and profit to 10^-8', () => {
    expect(record.roundTrips).toHaveLength(golden.trades.length);
    record.roundTrips.forEach((trip, i) => {
      const trade = golden.trades[i]!;
      expect([trip.quantity, trip.entryIndex, trip.exitIndex, trip.entryTimeMs, trip.exitTimeMs]).toEqual([
        trade.size,
        trade.entryBar,
        trade.exitBar,
        trade.entryTime,
        trade.exitTime,
      ]);
      expect([trip.entryPrice, trip.exitPrice]).toEqual([trade.entryPrice, trade.exitPrice]);
      expect(trip.fees).toBeCloseTo(trade.commission, 7);
      expect(trip.pnl).toBeCloseTo(trade.pnl, 6);
      expect(trip.returnRatio).toBeCloseTo(trade.returnPct, 12);
    });
  });

  it('has the same equity at every sample and the same fees in all', () => {
    golden.equity.forEach((value, sample) => {
      const index = sample * golden.equity_every_n_bars;
      // Its last sample may be the last candle.
      expect(record.equity[Math.min(index, record.equity.length - 1)]! / value).toBeCloseTo(1, 12);
    });
    expect(record.equity.at(-1)! / golden.equity_last).toBeCloseTo(1, 13);
    expect(record.fees).toBeCloseTo(golden.stats['Commissions [$]']!, 6);
  });
});
