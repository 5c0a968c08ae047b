import { closeTimeOf, copyColumns, type Candles } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf, walk } from '../../golden/walk.js';
import { wildStrategy } from '../../golden/wild-strategy.js';
import { coarsen } from '../../golden/coarsen.js';
import { instrumentOf } from '../market/instrument.js';
import type { Fill } from '../messages.js';
import { backtest, DEFAULT_RULES, type BacktestMarket, type BacktestRules } from './backtest.js';
import { SharedBacktest, type SharedStrategy } from './shared-backtest.js';

const HOUR = 3_600_000;
const HOURS = 160;

type Market = BacktestMarket & { readonly candles: Candles };

interface World {
  readonly rules: Partial<BacktestRules>;
  readonly strategies: readonly SharedStrategy[];
}

const ruleSets: readonly Partial<BacktestRules>[] = [
  {},
  { shorting: true, slippage: { kind: 'bps', bps: 7 }, borrowRatioPerDay: 0.001 },
  { shorting: true, leverage: 5, maintenanceRatio: 0.05, liquidationFeeBps: 50, volumeShareMax: 0.1 },
  { slippage: { kind: 'square-root', coefficient: 0.5 }, volumeShareMax: 0.02, latencyMs: 250 },
  { touchFills: true, shorting: true, leverage: 3, positionsMax: 2 },
];

/** Kinds of markets: hourly and four-hourly candles of two symbols, with and without detail and funding. */
function marketsOf(seed: number): Record<'hourly' | 'wide' | 'detailed' | 'other', Market> {
  const fine = walk(seed, HOURS * 4, HOUR / 4);
  const candles = coarsen(fine, 4);
  const wide = coarsen(candles, 4);
  const [rules, otherRules] = [rulesOf('A/USDT'), rulesOf('B/USDT')];
  const funding: BacktestMarket['funding'] = [
    [8 * HOUR, 0.0001],
    [16 * HOUR, -0.0002],
    [24 * HOUR, 0.0003],
  ];
  return {
    hourly: { rules, timeframe: '1h', candles, funding },
    wide: { rules, timeframe: '4h', candles: wide, funding },
    detailed: { rules, timeframe: '1h', candles, detail: { timeframe: '15m', candles: fine } },
    other: { rules: otherRules, timeframe: '1h', candles: walk(seed + 1, HOURS) },
  };
}

const wild = (id: string, seed: number, markets: readonly BacktestMarket[], allocation: number | null) => ({
  ...{ id, markets, allocation, warmup: 1 },
  create: (setup: Parameters<typeof wildStrategy.create>[0]) => wildStrategy.create(setup, { seed }),
});

type MarketSets = readonly (readonly BacktestMarket[])[];

const setsOf = (seed: number): MarketSets => {
  const { hourly, wide, detailed, other } = marketsOf(seed);
  return [[hourly], [wide, { ...other, candles: coarsen(other.candles, 4), timeframe: '4h' }], [detailed, other]];
};

const worldOf = (
  seed: number,
  rules: Partial<BacktestRules>,
  allocations: readonly (number | null)[],
  sets: MarketSets = setsOf(seed),
): World => ({
  rules,
  strategies: allocations.map((allocation, at) => wild(`s${at}`, seed + at * 17, sets[at % sets.length]!, allocation)),
});

const worlds = (sets: readonly number[], allocations: readonly (readonly (number | null)[])[]): fc.Arbitrary<World> =>
  fc
    .record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      rules: fc.constantFrom(...sets.map((at) => ruleSets[at]!)),
      allocations: fc.constantFrom(...allocations),
    })
    .map(({ seed, rules, allocations: shares }) => worldOf(seed, rules, shares));

const EVERY_RULE = [0, 1, 2, 3, 4];
const ALLOCATIONS = [
  [null, null, null],
  [0.5, 0.25, 0.25],
  [0.3, null, null],
  [1 / 3, 1 / 3, 1 / 3],
  [0.2, null],
] as const;

function prepare({ rules, strategies }: World): SharedBacktest {
  const instruments = strategies.flatMap(({ markets }) =>
    markets.map((market) => {
      const made = instrumentOf(market.rules);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      return made.value;
    }),
  );
  return new SharedBacktest({ strategies, instruments, rules: { ...DEFAULT_RULES, ...rules } });
}

function run(world: World): SharedBacktest {
  const shared = prepare(world);
  shared.advance();
  return shared;
}

const marketOf = (world: World, market: number) => world.strategies.flatMap(({ markets }) => markets)[market]!;

/** −(price × quantity) of a buy, plus of a sell, minus the fee, in 10^-18 quote. */
function flow(fill: Fill, { rules }: BacktestMarket): bigint {
  const decimals = 2 + (rules.lotSize === 0.001 ? 3 : 8);
  const notional = BigInt(fill.priceUnits) * BigInt(fill.quantityUnits) * 10n ** BigInt(18 - decimals);
  return (fill.side === 'buy' ? -notional : notional) - BigInt(fill.feeE8) * 10n ** 10n;
}

const e18 = ({ units, scale }: { units: bigint; scale: number }): bigint => units * 10n ** BigInt(18 - scale);

describe('several strategies, whatever they order', () => {
  it('cash is the deposit less every fill, fee and charge of all, to the last digit, and so are the purses', () => {
    let fillsSeen = 0;
    const strategiesSeen = new Set<string>();
    fc.assert(
      fc.property(worlds(EVERY_RULE, ALLOCATIONS), (world) => {
        const { session } = run(world);
        const { portfolio, purses } = session;
        const deposit = 10_000n * 10n ** 18n;
        const flows = session.fills.reduce((sum, fill) => sum + flow(fill, marketOf(world, fill.market)), 0n);
        const carryE18 = BigInt(Math.round(portfolio.carry * 1e8)) * 10n ** 10n;
        expect(e18(portfolio.exactCash)).toBe(deposit + flows - carryE18);
        const all = new Set(portfolio.instruments.map((_, market) => purses.of(market)));
        const sum = [...all].reduce((total, purse) => total + e18(purse.exactCash), 0n);
        // What rounding the shares to 10^-8 left over is nobody's.
        const idle = e18(portfolio.exactCash) - sum;
        expect(idle >= 0n && idle < 3n * 10n ** 10n).toBe(true);
        portfolio.instruments.forEach((_, market) => {
          const held = session.fills
            .filter((fill) => fill.market === market)
            .reduce((units, fill) => units + (fill.side === 'buy' ? fill.quantityUnits : -fill.quantityUnits), 0);
          expect(portfolio.unitsOf(market)).toBe(held);
          expect(purses.of(market).unitsOf(market)).toBe(held);
        });
        fillsSeen += session.fills.length;
        for (const { market } of session.fills) strategiesSeen.add(session.strategyOf(market));
      }),
      { numRuns: 50 },
    );
    expect(fillsSeen).toBeGreaterThan(1_000);
    expect([...strategiesSeen].sort()).toEqual(['s0', 's1', 's2']);
  });

  it('each with its own share does what it does alone with so much: fills, trades and refusals, to the last bit', () => {
    const plain: readonly Partial<BacktestRules>[] = [
      {},
      { touchFills: true, latencyMs: 250 },
      { slippage: { kind: 'square-root', coefficient: 0.5 } },
    ];
    const arbitrary = fc.record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      rules: fc.constantFrom(...plain),
      allocations: fc.constantFrom([0.5, 0.25, 0.25], [0.5, 0.5], [0.125]),
    });
    let fillsSeen = 0;
    fc.assert(
      fc.property(arbitrary, ({ seed, rules, allocations }) => {
        // One market each: several that close together are played in another order than alone.
        const { hourly, wide, detailed } = marketsOf(seed);
        const world = worldOf(seed, rules, allocations, [[hourly], [wide], [detailed]]);
        const { session } = run(world);
        const runs = world.strategies.map(({ id, markets, allocation, create }) => {
          const cash = 10_000 * allocation!;
          const alone = backtest({ markets, strategy: { ...wildStrategy, create }, rules: { ...rules, cash } });
          if (!alone.ok) throw new Error(JSON.stringify(alone.error));
          let left = BigInt(cash) * 10n ** 18n;
          const isOverdrawn = alone.value.fills.some((fill) => (left += flow(fill, markets[0]!)) < 0n);
          return { id, alone, isOverdrawn };
        });
        // A purse that paid more than it was asked for at the close owes it to the account: the others have less to spend.
        if (runs.some(({ isOverdrawn }) => isOverdrawn)) return;
        for (const [market, { id, alone }] of runs.entries()) {
          // Numbers are given account by account.
          const told = ({ id: _id, orderId: _order, market: _market, ...fill }: Fill) => fill;
          const own = session.fills.filter((fill) => fill.market === market);
          expect(own.map(told)).toEqual(alone.value.fills.map(told));
          const refused = session.refusals.filter(({ strategyId }) => strategyId === id);
          expect(refused.map(({ refusal }) => refusal.reason)).toEqual(
            alone.value.refusals.map(({ reason }) => reason),
          );
          expect(session.purses.of(market).equity()).toBe(alone.value.equity.at(-1));
          fillsSeen += own.length;
        }
      }),
      { numRuns: 40 },
    );
    expect(fillsSeen).toBeGreaterThan(1_000);
  });

  it('nobody spends what is reserved for another, and nobody owes anything without credit', () => {
    fc.assert(
      fc.property(worlds([0, 3], ALLOCATIONS), (world) => {
        const spot = {
          ...world,
          strategies: world.strategies.map((one) => ({
            ...one,
            markets: one.markets.map(({ funding: _none, ...market }) => market),
          })),
        };
        const shared = prepare(spot);
        const { portfolio, purses } = shared.session;
        while (shared.advance(1) > 0)
          portfolio.instruments.forEach((_, market) => {
            expect(purses.of(market).exactCash.units >= 0n).toBe(true);
            expect(portfolio.unitsOf(market)).toBeGreaterThanOrEqual(0);
          });
      }),
      { numRuns: 30 },
    );
  });

  it('fills lie in their candle, after their order, and all of a symbol stay within the volume share', () => {
    let capsSeen = 0;
    fc.assert(
      fc.property(worlds([2, 3], ALLOCATIONS), (world) => {
        const { session } = run(world);
        const share = world.rules.volumeShareMax!;
        session.fills.forEach((fill, at) => {
          const { rules, candles, detail, timeframe } = marketOf(world, fill.market);
          const isDetail = detail !== undefined && detail.candles.time.indexOf(fill.timeMs) >= 0;
          const columns = isDetail ? detail.candles : candles;
          const index = columns.time.indexOf(fill.timeMs);
          expect(fill.priceUnits / 100).toBeGreaterThanOrEqual(columns.low[index]!);
          expect(fill.priceUnits / 100).toBeLessThanOrEqual(columns.high[index]!);
          expect(fill.timeMs).toBeLessThan(closeTimeOf(timeframe, candles.time[fill.candleIndex]!));
          if (fill.orderId === 0) return;
          expect(fill.timeMs).toBeGreaterThanOrEqual(session.desk.records[fill.orderId - 1]!.request.createdMs);
          const units = session.fills
            .slice(0, at + 1)
            .filter(
              (other) => marketOf(world, other.market).rules.symbol === rules.symbol && other.timeMs >= fill.timeMs,
            )
            .reduce((sum, { quantityUnits }) => sum + quantityUnits, 0);
          const quantity = units / (rules.lotSize === 0.001 ? 1e3 : 1e8);
          expect(quantity).toBeLessThanOrEqual(columns.volume[index]! * share + 1e-9);
          capsSeen += Number(quantity > columns.volume[index]! * share * 0.9);
        });
      }),
      { numRuns: 30 },
    );
    expect(capsSeen).toBeGreaterThan(50);
  });

  it('in slices of any size they do the same as in one piece', () => {
    fc.assert(
      fc.property(worlds(EVERY_RULE, ALLOCATIONS), fc.integer({ min: 1, max: 50 }), (world, count) => {
        const whole = run(world);
        const sliced = prepare(world);
        while (sliced.advance(count) > 0);
        expect(sliced.record()).toEqual(whole.record());
        expect(sliced.session.refusals).toEqual(whole.session.refusals);
      }),
      { numRuns: 30 },
    );
  });

  it('on a prefix of the candles they do a prefix of it: nothing is known before its time', () => {
    fc.assert(
      fc.property(worlds(EVERY_RULE, ALLOCATIONS), fc.integer({ min: 1, max: HOURS / 4 - 1 }), (world, wideCandles) => {
        const whole = run(world);
        const cutMs = wideCandles * 4 * HOUR;
        const part = run({
          ...world,
          strategies: world.strategies.map((one) => ({
            ...one,
            markets: one.markets.map((market) => {
              const { candles } = market;
              const count = candles.time.subarray(0, candles.length).filter((timeMs) => timeMs < cutMs).length;
              return { ...market, candles: copyColumns(candles, 0, count) };
            }),
          })),
        }).record();
        const { fills, equity } = whole.record();
        expect(fills.slice(0, part.fills.length)).toEqual(part.fills);
        expect(equity.slice(0, part.equity.length)).toEqual(part.equity);
      }),
      { numRuns: 40 },
    );
  });
});
