// The npm peers, each with its own best way over arrays of numbers. Never loaded where ours is measured: among what they
// load is something that makes V8 slower at typed arrays.
import * as other from 'indicatorts';
import * as signals from 'trading-signals';
import type { Candles } from '@wickworks/core';
import type { IndicatorId } from './contests.js';

export interface Rival {
  readonly name: string;
  readonly run: () => unknown;
}

/** Steps a trading-signals indicator over prices or candles. */
function stepped<T>(name: string, create: () => { add(value: T): unknown }, values: readonly T[]): Rival {
  return {
    name,
    run: () => {
      const indicator = create();
      let last: unknown;
      for (const value of values) last = indicator.add(value);
      return last;
    },
  };
}

/** The peers of each indicator over `candles`. */
export function rivalsOver(candles: Candles): Readonly<Record<IndicatorId, readonly Rival[]>> {
  const [high, low, close] = [candles.high, candles.low, candles.close].map((column) => Array.from(column)) as [
    number[],
    number[],
    number[],
  ];
  const rows = close.map((value, i) => ({ high: high[i]!, low: low[i]!, close: value }));
  return {
    sma: [
      stepped('trading-signals', () => new signals.SMA(20), close),
      { name: 'indicatorts', run: () => other.sma(close, { period: 20 }) },
    ],
    ema: [
      stepped('trading-signals', () => new signals.EMA(20), close),
      { name: 'indicatorts', run: () => other.ema(close, { period: 20 }) },
    ],
    rsi: [
      stepped('trading-signals', () => new signals.RSI(14), close),
      { name: 'indicatorts', run: () => other.rsi(close, { period: 14 }) },
    ],
    macd: [
      stepped(
        'trading-signals',
        () => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)),
        close,
      ),
      { name: 'indicatorts', run: () => other.macd(close) },
    ],
    bbands: [
      stepped('trading-signals', () => new signals.BollingerBands(20, 2), close),
      { name: 'indicatorts', run: () => other.bb(close, { period: 20 }) },
    ],
    atr: [
      stepped('trading-signals', () => new signals.ATR(14), rows),
      { name: 'indicatorts', run: () => other.atr(high, low, close, { period: 14 }) },
    ],
    stoch: [
      stepped(
        'trading-signals',
        () => new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }),
        rows,
      ),
      { name: 'indicatorts', run: () => other.stoch(high, low, close, { kPeriod: 14, dPeriod: 3 }) },
    ],
    adx: [stepped('trading-signals', () => new signals.ADX(14), rows)],
  };
}
