import { Candles, copyColumns, type CandleColumns } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarsen } from '../../golden/coarsen.js';
import { rulesOf, walk } from '../../golden/walk.js';
import { wildStrategy } from '../../golden/wild-strategy.js';
import type { Fill } from '../messages.js';
import { prepareBacktest, type Backtest, type BacktestMarket, type BacktestRules } from './backtest.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

const ruleSets: readonly Partial<BacktestRules>[] = [
  {},
  { shorting: true, slippage: { kind: 'bps', bps: 7 }, borrowRatioPerDay: 0.001 },
  { shorting: true, leverage: 5, maintenanceRatio: 0.05, liquidationFeeBps: 50, volumeShareMax: 0.1 },
  { slippage: { kind: 'square-root', coefficient: 0.5 }, volumeShareMax: 0.02, latencyMs: 250 },
  { touchFills: true, shorting: true, leverage: 3, slippage: { kind: 'volume-share', impact: 0.1 }, positionsMax: 1 },
];

interface World {
  readonly seed: number;
  readonly rules: Partial<BacktestRules>;
  readonly markets: readonly BacktestMarket[];
}

const worlds: fc.Arbitrary<World> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    ruleSet: fc.integer({ min: 0, max: ruleSets.length - 1 }),
    count: fc.integer({ min: 2, max: 250 }),
    second: fc.boolean(),
  })
  .map(({ seed, ruleSet, count, second }) => {
    const candles = walk(seed, count);
    const funding: BacktestMarket['funding'] = [
      [8 * HOUR, 0.0001],
      [16 * HOUR, -0.0002],
      [24 * HOUR, 0.0003],
    ];
    const first: BacktestMarket = { rules: rulesOf('A/USDT'), timeframe: '1h', candles, funding };
    const other: BacktestMarket = { rules: rulesOf('B/USDT'), timeframe: '1h', candles: walk(seed + 1, count) };
    return { seed, rules: ruleSets[ruleSet]!, markets: second ? [first, other] : [first] };
  });

function prepare(world: World, markets = world.markets): Backtest {
  const prepared = prepareBacktest({
    markets,
    strategy: wildStrategy,
    params: { seed: world.seed },
    rules: world.rules,
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return prepared.value;
}

function run(world: World, markets = world.markets): Backtest {
  const backtest = prepare(world, markets);
  backtest.advance();
  return backtest;
}

const prefix = (market: BacktestMarket, count: number): BacktestMarket => ({
  ...market,
  candles: copyColumns(market.candles, 0, Math.min(count, market.candles.length)),
});

/** −(price × quantity) of a buy, plus of a sell, minus the fee, in 10^-18 quote. */
function flow(fill: Fill, market: BacktestMarket): bigint {
  const decimals = 2 + (market.rules.lotSize === 0.001 ? 3 : 8);
  const notional = BigInt(fill.priceUnits) * BigInt(fill.quantityUnits) * 10n ** BigInt(18 - decimals);
  return (fill.side === 'buy' ? -notional : notional) - BigInt(fill.feeE8) * 10n ** 10n;
}

describe('whatever a strategy orders', () => {
  it('cash is the deposit less every fill, fee and charge, to the last digit, and trips add up', () => {
    let fillsSeen = 0;
    let tripsSeen = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const { session } = run(world);
        const { portfolio } = session;
        const carryE18 = BigInt(Math.round(portfolio.carry * 1e8)) * 10n ** 10n;
        const cash = session.fills.reduce(
          (sum, fill) => sum + flow(fill, world.markets[fill.market]!),
          10_000n * 10n ** 18n,
        );
        const exact = portfolio.exactCash;
        expect(exact.units * 10n ** BigInt(18 - exact.scale)).toBe(cash - carryE18);
        world.markets.forEach((_, market) => {
          const held = session.fills
            .filter((fill) => fill.market === market)
            .reduce((sum, fill) => sum + (fill.side === 'buy' ? fill.quantityUnits : -fill.quantityUnits), 0);
          expect(portfolio.unitsOf(market)).toBe(held);
        });
        if (portfolio.openPositions === 0) {
          const pnl = portfolio.roundTrips.reduce((sum, trip) => sum + trip.pnl, 0);
          expect(10_000 + pnl).toBeCloseTo(portfolio.cash, 6);
        }
        fillsSeen += session.fills.length;
        tripsSeen += portfolio.roundTrips.length;
      }),
      { numRuns: 60 },
    );
    // A generator that trades nothing would prove nothing.
    expect(fillsSeen).toBeGreaterThan(500);
    expect(tripsSeen).toBeGreaterThan(100);
  });

  it('no fill lies outside its candle, before its order, over its order or its volume share', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { session } = run(world);
        const filled = new Map<number, number>();
        const volume = new Map<string, number>();
        for (const fill of session.fills) {
          const { candles, rules } = world.markets[fill.market]!;
          const price = fill.priceUnits / 100;
          expect(price).toBeGreaterThanOrEqual(candles.low[fill.candleIndex]!);
          expect(price).toBeLessThanOrEqual(candles.high[fill.candleIndex]!);
          expect(fill.timeMs).toBe(candles.time[fill.candleIndex]);
          if (fill.orderId === 0) continue; // a liquidation is no order of ours
          const order = session.desk.records[fill.orderId - 1]!;
          expect(order.request.id).toBe(fill.orderId);
          expect(fill.timeMs).toBeGreaterThanOrEqual(order.request.createdMs);
          const total = (filled.get(fill.orderId) ?? 0) + fill.quantityUnits;
          filled.set(fill.orderId, total);
          if (order.request.quantityUnits > 0) expect(total).toBeLessThanOrEqual(order.request.quantityUnits);
          const quantity = fill.quantityUnits / (rules.lotSize === 0.001 ? 1e3 : 1e8);
          const key = `${fill.market} ${fill.candleIndex}`;
          volume.set(key, (volume.get(key) ?? 0) + quantity);
          const share = world.rules.volumeShareMax;
          if (share) expect(volume.get(key)!).toBeLessThanOrEqual(candles.volume[fill.candleIndex]! * share + 1e-9);
        }
        for (const { request, filledUnits } of session.desk.records)
          expect(filledUnits).toBe(filled.get(request.id) ?? 0);
      }),
      { numRuns: 60 },
    );
  });

  it('never owes anything without credit, never is short without leave', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        if (world.rules.shorting === true) return;
        // Funding is charged whether there is cash or not; a spot market has none.
        const spot = world.markets.map(({ rules, timeframe, candles }) => ({ rules, timeframe, candles }));
        const backtest = prepare(world, spot);
        while (backtest.advance(1) > 0) {
          expect(backtest.session.portfolio.exactCash.units >= 0n).toBe(true);
          world.markets.forEach((_, market) => {
            expect(backtest.session.portfolio.unitsOf(market)).toBeGreaterThanOrEqual(0);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a run on a prefix of the candles is a prefix of the run', () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0, max: 1, noNaN: true }), (world, share) => {
        const count = Math.max(1, Math.floor(share * world.markets[0]!.candles.length));
        const part = run(
          world,
          world.markets.map((market) => prefix(market, count)),
        ).record();
        const whole = run(world).record();
        expect(whole.fills.slice(0, part.fills.length)).toEqual(part.fills);
        expect(whole.roundTrips.slice(0, part.roundTrips.length)).toEqual(part.roundTrips);
        expect(whole.refusals.slice(0, part.refusals.length)).toEqual(part.refusals);
        expect(whole.equity.slice(0, part.equity.length)).toEqual(part.equity);
      }),
      { numRuns: 40 },
    );
  });

  it('step by step over growing candles equals the batch', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const batch = run(world).record();
        const growing = world.markets.map((market) => ({ ...market, candles: new Candles(1) }));
        const stepwise = prepare(world, growing);
        for (let i = 0; i < world.markets[0]!.candles.length; i++) {
          growing.forEach(({ candles }, market) => candles.push(rowOf(world.markets[market]!.candles, i)));
          stepwise.advance();
        }
        expect(stepwise.record()).toEqual(batch);
      }),
      { numRuns: 40 },
    );
  });

  it('detail candles keep fills inside the fine candles and never help a prefix look ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 4 }), (seed, ruleSet) => {
        const fine = walk(seed, 15 * 60, MINUTE);
        const coarse = coarsen(fine, 60);
        const detail = { timeframe: '1m', candles: fine } as const;
        const market: BacktestMarket = { rules: rulesOf('A/USDT'), timeframe: '1h', candles: coarse, detail };
        const world: World = { seed, rules: ruleSets[ruleSet]!, markets: [market] };
        const whole = run(world).record();
        for (const fill of whole.fills) {
          const minute = fill.timeMs / MINUTE;
          expect(fill.priceUnits / 100).toBeGreaterThanOrEqual(fine.low[minute]!);
          expect(fill.priceUnits / 100).toBeLessThanOrEqual(fine.high[minute]!);
        }
        const part = run(world, [prefix(market, 7)]).record();
        expect(whole.fills.slice(0, part.fills.length)).toEqual(part.fills);
      }),
      { numRuns: 30 },
    );
  });
});

const rowOf = (candles: CandleColumns, i: number): Parameters<Candles['push']>[0] => [
  candles.time[i]!,
  candles.open[i]!,
  candles.high[i]!,
  candles.low[i]!,
  candles.close[i]!,
  candles.volume[i]!,
];
