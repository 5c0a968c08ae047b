import { Candles, copyColumns } from '@wickworks/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candlesOfTrades, tradeWalk } from '../../golden/tape.js';
import { rulesOf, walk } from '../../golden/walk.js';
import { wildStrategy } from '../../golden/wild-strategy.js';
import { instrumentOf } from '../market/instrument.js';
import type { SessionEvent } from '../messages.js';
import { Portfolio } from '../portfolio/portfolio.js';
import {
  Backtest,
  DEFAULT_RULES,
  type BacktestMarket,
  type BacktestRecord,
  type BacktestRules,
} from '../runner/backtest.js';
import { Session } from '../runner/session.js';
import { PaperBroker } from './paper-broker.js';

/** Leaves no candle out. */
class RestlessBroker extends PaperBroker {
  override isQuiet(): boolean {
    return false;
  }
}

/** Counts what was left out. */
class CountingBroker extends PaperBroker {
  quiet = 0;

  override isQuiet(market: number, low: number, high: number): boolean {
    const isQuiet = super.isQuiet(market, low, high);
    if (isQuiet) this.quiet++;
    return isQuiet;
  }
}

const MINUTE = 60_000;

function run<B extends PaperBroker>(
  Broker: new (options: ConstructorParameters<typeof PaperBroker>[0]) => B,
  { seed, markets, rules }: { seed: number; markets: readonly BacktestMarket[]; rules: BacktestRules },
): { record: BacktestRecord; broker: B } {
  const instruments = markets.map((market) => {
    const made = instrumentOf(market.rules);
    if (!made.ok) throw new Error(made.error.reason);
    return made.value;
  });
  const portfolio = new Portfolio(instruments, rules.cash * 1e8);
  const reply = (event: SessionEvent): void => session.step(event);
  const broker = new Broker({ instruments, portfolio, rules, reply });
  const session: Session = new Session({
    portfolio,
    broker,
    candles: markets.map(({ candles }) => candles),
    limits: { leverage: rules.leverage, shorting: rules.shorting, positionsMax: rules.positionsMax },
    warmup: 1,
    create: (setup) => wildStrategy.create(setup, { seed }),
  });
  const backtest = new Backtest({ markets, rules, session, broker });
  backtest.advance();
  return { record: backtest.record(), broker };
}

it('candles left out as quiet would have changed nothing, with and without detail candles, sound or not', () => {
  let quiet = 0;
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 1, max: 1e6 }),
        isDetailed: fc.boolean(),
        isSound: fc.boolean(),
        shorting: fc.boolean(),
        leverage: fc.constantFrom(1, 3),
        latencyMs: fc.constantFrom(0, 90_000),
        touchFills: fc.boolean(),
        volumeShareMax: fc.constantFrom(null, 0.05),
      }),
      ({ seed, isDetailed, isSound, ...more }) => {
        const fine = walk(seed, 60 * 20, MINUTE);
        const wide = coarsen(fine, isSound);
        const detail = { timeframe: '1m', candles: fine } as const;
        const market: BacktestMarket = { rules: rulesOf('A/USDT'), timeframe: '15m', candles: wide };
        const input = {
          seed,
          markets: [isDetailed ? { ...market, detail } : market],
          rules: { ...DEFAULT_RULES, ...more, slippage: { kind: 'bps', bps: 3 } } satisfies BacktestRules,
        };
        const { record, broker } = run(CountingBroker, input);
        expect(record).toEqual(run(RestlessBroker, input).record);
        quiet += broker.quiet;
      },
    ),
    { numRuns: 150 },
  );
  // Were nothing left out, nothing would have been shown.
  expect(quiet).toBeGreaterThan(1_000);
});

it('nor would trades', () => {
  let quiet = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(1, 3), (seed, leverage) => {
      const trades = tradeWalk(seed, 2_000);
      const candles = candlesOfTrades(trades.trades, 5 * MINUTE);
      const input = {
        seed,
        markets: [{ rules: rulesOf('A/USDT'), timeframe: '5m', candles, trades } satisfies BacktestMarket],
        rules: { ...DEFAULT_RULES, leverage, shorting: leverage > 1 },
      };
      const { record, broker } = run(CountingBroker, input);
      expect(record).toEqual(run(RestlessBroker, input).record);
      quiet += broker.quiet;
    }),
    { numRuns: 50 },
  );
  expect(quiet).toBeGreaterThan(1_000);
});

/** Quarters of an hour; unsound ones do not hold the range of their minutes. */
function coarsen(fine: Candles, isSound: boolean): Candles {
  const wide = new Candles(fine.length / 15);
  for (let from = 0; from + 15 <= fine.length; from += 15) {
    const { time, open, high, low, close, volume } = copyColumns(fine, from, from + 15);
    const top = isSound ? Math.max(...high) : Math.max(open[0]!, close[14]!);
    const bottom = isSound ? Math.min(...low) : Math.min(open[0]!, close[14]!);
    wide.push([time[0]!, open[0]!, top, bottom, close[14]!, volume.reduce((sum, value) => sum + value, 0)]);
  }
  return wide;
}
