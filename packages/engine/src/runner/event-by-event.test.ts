import { Candles, rowAt, timeframeMs } from '@wickworks/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rulesOf, walk } from '../../golden/walk.js';
import { chance, wildStrategy } from '../../golden/wild-strategy.js';
import { instrumentOf } from '../market/instrument.js';
import type { Intent, Size } from '../messages.js';
import { PaperBroker } from '../paper/paper-broker.js';
import { Portfolio } from '../portfolio/portfolio.js';
import { backtest, DEFAULT_RULES, type BacktestRules } from './backtest.js';
import { Session } from './session.js';
import { NO_INTENTS, type Strategy, type StrategyContext } from './strategy.js';

const HOUR = timeframeMs('1h');

/** A walk of which every candle but some is there. */
function withHoles(seed: number, count: number): Candles {
  const whole = walk(seed, count);
  const rows = Array.from({ length: count }, (_, i) => rowAt(whole, i));
  return Candles.fromRows(rows.filter((_, i) => i === 0 || chance(seed, i, 55) > 0.1));
}

/** In and out of the market by lone orders, most of them of open size, often with all there is. */
function trader(seed: number): Strategy {
  return {
    onCandle: (context) => {
      const draw = (salt: number): number => chance(seed, context.index, salt);
      if (draw(0) < 0.6) return NO_INTENTS;
      const { symbol, position, buyingPower } = context;
      const close = context.candles.close[context.index]!;
      const buys: readonly Size[] = [
        { kind: 'spend', quote: buyingPower },
        { kind: 'spend', quote: buyingPower * draw(1) },
        { kind: 'quantity', quantity: (buyingPower * draw(2)) / close },
      ];
      const sells: readonly Size[] = [
        { kind: 'position' },
        { kind: 'quantity', quantity: Math.abs(position) * draw(3) },
      ];
      const isBuy = position === 0 || draw(4) < 0.3;
      const sizes = isBuy ? buys : sells;
      const size = sizes[Math.floor(draw(5) * sizes.length)]!;
      return [{ kind: 'place', type: 'market', symbol, side: isBuy ? 'buy' : 'sell', size, tag: `t${context.index}` }];
    },
  };
}

/** Everything a strategy can see at each of its candles. */
function watching(strategy: Strategy, seen: unknown[]): Strategy {
  const look = (context: StrategyContext): void => {
    const { symbol, index, timeMs, candles, cash, equity, buyingPower, position, roundTrips } = context;
    const orders = context.workingOrders(symbol).map(({ id }) => id);
    const trips = [context.tripsEndedIn(symbol), roundTrips.length];
    const entry = context.entryPriceOf(symbol);
    seen.push([symbol, index, timeMs, candles.length, cash, equity, buyingPower, position, entry, ...orders, ...trips]);
  };
  return {
    onCandle: (context): readonly Intent[] => {
      // Not at every candle: what nobody asked for must be right as well when it is asked for later.
      if (chance(7, context.index, 3) < 0.5) look(context);
      return strategy.onCandle(context);
    },
  };
}

/** Writes its last answer over before it gives the next one, as a strategy does that answers with the same objects. */
function rewriting(strategy: Strategy): Strategy {
  let last: Intent[] = [];
  return {
    onCandle: (context) => {
      for (const intent of last) {
        if (intent.kind === 'place') Object.assign(intent.size, { quantity: 1e-3, quote: 7 });
        Object.assign(intent, { tag: 'written over', side: 'sell', limitPrice: 1, ocoGroup: 'x', orderId: 1 });
      }
      last = strategy
        .onCandle(context)
        .map((intent) => (intent.kind === 'place' ? { ...intent, size: { ...intent.size } } : { ...intent }));
      return last;
    },
  };
}

interface Wish {
  readonly seed: number;
  readonly isWild: boolean;
  readonly candles: Candles;
  readonly tickSize: number;
  readonly rules: Partial<BacktestRules>;
}

const marketOf = ({ tickSize }: Wish): ReturnType<typeof rulesOf> => ({ ...rulesOf('A/USDT'), tickSize });

function inOneGo(wish: Wish, seen: unknown[]): unknown {
  const { seed, candles, rules, isWild } = wish;
  const run = backtest({
    markets: [{ rules: marketOf(wish), timeframe: '1h', candles }],
    strategy: {
      ...wildStrategy,
      create: (setup) => watching(rewriting(isWild ? wildStrategy.create(setup, { seed }) : trader(seed)), seen),
    },
    params: { seed },
    rules,
  });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  const { fills, orders, refusals, roundTrips, equity, equityTimesMs, fees } = run.value;
  return { fills, orders, refusals, roundTrips, equity, equityTimesMs, fees };
}

/** As a live session is driven: each candle first to the broker, then to the session, nothing ahead of its time. */
function oneByOne(wish: Wish, seen: unknown[]): unknown {
  const { seed, candles, isWild } = wish;
  const rules: BacktestRules = { ...DEFAULT_RULES, ...wish.rules };
  const instrument = instrumentOf(marketOf(wish));
  if (!instrument.ok) throw new Error(instrument.error.reason);
  const instruments = [instrument.value];
  const portfolio = new Portfolio(instruments, Math.round(rules.cash * 1e8));
  const broker: PaperBroker = new PaperBroker({ instruments, portfolio, rules, reply: (event) => session.step(event) });
  const growing = new Candles(1);
  const session: Session = new Session({
    portfolio,
    broker,
    candles: [growing],
    limits: { leverage: rules.leverage, shorting: rules.shorting, positionsMax: rules.positionsMax },
    warmup: wildStrategy.warmup({ seed }),
    create: (setup) => watching(isWild ? wildStrategy.create(setup, { seed }) : trader(seed), seen),
  });
  for (let index = 0; index < candles.length; index++) {
    growing.push(rowAt(candles, index));
    if (broker.isBusy(0)) broker.match(0, growing, index, index);
    session.step({ kind: 'candle', market: 0, index, closeMs: candles.time[index]! + HOUR });
  }
  const { fills, refusals, desk, equityCurve } = session;
  const { roundTrips, fees } = portfolio;
  return {
    fills,
    orders: desk.records,
    refusals,
    roundTrips,
    equity: equityCurve.values,
    equityTimesMs: equityCurve.times,
    fees,
  };
}

it('a run in one go is, to the last bit, the run of which every event is taken in by itself', () => {
  let fills = 0;
  const accounts: fc.Arbitrary<Partial<BacktestRules>> = fc.record({
    cash: fc.constantFrom(7, 1_000, 20_000_000),
    shorting: fc.boolean(),
    leverage: fc.constantFrom(1, 1, 3),
    latencyMs: fc.constantFrom(0, 0, 50, 2 * HOUR),
    touchFills: fc.boolean(),
    slippage: fc.constantFrom<BacktestRules['slippage'][]>({ kind: 'none' }, { kind: 'none' }, { kind: 'bps', bps: 3 }),
    volumeShareMax: fc.constantFrom(null, null, 0.2),
  });
  const seeds = fc.integer({ min: 1, max: 1_000_000 });
  const ticks = fc.constantFrom(0.01, 0.01, 0.05, 3);
  fc.assert(
    fc.property(seeds, accounts, ticks, fc.boolean(), (seed, rules, tickSize, isWild) => {
      const wish: Wish = { seed, isWild, candles: withHoles(seed, 150), tickSize, rules };
      const [seenAtOnce, seenByEvent]: [unknown[], unknown[]] = [[], []];
      const once = inOneGo(wish, seenAtOnce);
      expect(once).toEqual(oneByOne(wish, seenByEvent));
      expect(seenAtOnce).toEqual(seenByEvent);
      fills += (once as { fills: readonly unknown[] }).fills.length;
    }),
    { numRuns: 200 },
  );
  expect(fills).toBeGreaterThan(3_000);
});
