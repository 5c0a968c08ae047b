import { copyColumns, type TradeTape } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesOfTrades, tradeWalk } from '../../golden/tape.js';
import { wildStrategy } from '../../golden/wild-strategy.js';
import { proveShared } from '../proof/prove-shared.js';
import { runBacktest } from './run.js';
import type { RunConfig, RunMarket, RunResult } from './run-types.js';
import { prepareSharedRun, runSharedBacktest, type SharedRunInput, type SharedRunMarket } from './shared-run.js';

const MINUTE = 60_000;

const configs: readonly Partial<RunConfig>[] = [
  {},
  { shorting: true, slippage: { kind: 'bps', bps: 7 }, borrowRatioPerDay: 0.001 },
  { shorting: true, leverage: 5, maintenanceRatio: 0.05, liquidationFeeBps: 50, volumeShareMax: 0.1 },
  { slippage: { kind: 'square-root', coefficient: 0.5 }, volumeShareMax: 0.3, latencyMs: 250 },
  { touchFills: true, shorting: true, leverage: 3, slippage: { kind: 'volume-share', impact: 0.1 } },
];
/** Nothing here looks at the account as a whole. */
const plain = [configs[0]!, configs[3]!, { touchFills: true, latencyMs: 250 }];
const worlds = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  config: fc.constantFrom(...configs),
  count: fc.integer({ min: 50, max: 400 }),
  /** Share of the time from which on trades are missing. */
  until: fc.constantFrom(1, 0.5),
});

interface World {
  readonly seed: number;
  readonly count: number;
  readonly until: number;
}

function marketOf(symbol: string, { seed, count, until }: World): { alone: RunMarket; shared: SharedRunMarket } {
  const whole = tradeWalk(seed, count);
  const toMs = Math.ceil(whole.trades.time[count - 1]! * until) + 1;
  const terms = { exchange: 'file', symbol, tickSize: 0.01, lotSize: 0.001, minNotional: 5 };
  const trades = until === 1 ? whole : tradeWalk(seed, count, [[0, toMs]]);
  const candles = candlesOfTrades(whole.trades, MINUTE);
  const series = [
    { timeframe: '1m', candles },
    { timeframe: '5m', candles: candlesOfTrades(whole.trades, 5 * MINUTE) },
  ] as const;
  return { alone: { ...terms, candles, trades }, shared: { ...terms, series, trades } };
}

const member = (seed: number, symbol: string, allocation: number | null = null) => ({
  ...({ strategy: wildStrategy, params: { seed }, timeframe: '1m', symbols: [symbol], allocation } as const),
});

function resultOf(made: ReturnType<typeof runBacktest>): RunResult {
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}
const sharedRun = (input: SharedRunInput): RunResult => resultOf(runSharedBacktest(input));

/** What does not depend on who else shares the account. */
const told = ({ strategyId: _, ...one }: { readonly strategyId?: string | undefined }): object => one;
const outcomeOf = ({ trades, orders, equity, intrabar, dataHash }: RunResult) => ({
  trades: trades.map(({ fills, ...trade }) => ({ ...told(trade), fills: fills.map(told) })),
  orders: orders.map(told),
  equity: [...equity.equity],
  ...{ intrabar, dataHash },
});

describe('several strategies with trades', () => {
  it('of which there is one do what it does in a run of its own', () => {
    let byTrades = 0;
    let byCandles = 0;
    fc.assert(
      fc.property(worlds, ({ seed, config, ...more }) => {
        const market = marketOf('A/USDT', { seed, ...more });
        const alone = resultOf(
          runBacktest({ strategy: wildStrategy, params: { seed }, markets: [market.alone], timeframe: '1m', config }),
        );
        const shared = sharedRun({ strategies: [member(seed, 'A/USDT')], markets: [market.shared], config });
        expect(outcomeOf(shared)).toEqual(outcomeOf(alone));
        expect(shared.setup.detailTrades).toBe(true);
        byTrades += shared.intrabar!.trades;
        byCandles += shared.intrabar!.candles;
      }),
      { numRuns: 100 },
    );
    expect(byTrades).toBeGreaterThan(100);
    expect(byCandles).toBeGreaterThan(10);
  });

  it('with a share and a symbol of their own do what they do alone with so much', () => {
    let fills = 0;
    fc.assert(
      fc.property(worlds, fc.constantFrom(...plain), ({ seed, config: _config, ...more }, config) => {
        const markets = ['A/USDT', 'B/USDT'].map((symbol, at) => marketOf(symbol, { seed: seed + at, ...more }));
        const shared = sharedRun({
          strategies: [member(seed, 'A/USDT', 0.5), member(seed + 1, 'B/USDT', 0.25)],
          ...{ markets: markets.map(({ shared }) => shared), config },
        });
        for (const [at, cash] of ['5000', '2500'].entries()) {
          const input = { strategy: wildStrategy, params: { seed: seed + at }, markets: [markets[at]!.alone] } as const;
          const alone = resultOf(runBacktest({ ...input, timeframe: '1m', config: { ...config, cash } }));
          const fillsOf = (result: RunResult): unknown[] =>
            result.trades
              .filter(({ symbol }) => symbol === markets[at]!.alone.symbol)
              .flatMap((trade) => trade.fills)
              .map(({ id: _id, orderId: _order, strategyId: _strategy, ...fill }) => fill);
          expect(fillsOf(shared)).toEqual(fillsOf(alone));
          fills += fillsOf(alone).length;
        }
      }),
      { numRuns: 40 },
    );
    expect(fills).toBeGreaterThan(50);
  });

  it('on one symbol fill in the order of its trades, together within the share of each, in slices as in one piece', () => {
    let capped = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 100, max: 400 }), (seed, count) => {
        const market = marketOf('A/USDT', { seed, count, until: 1 });
        const share = 0.2;
        const input: SharedRunInput = {
          strategies: [member(seed, 'A/USDT', 0.5), { ...member(seed + 1, 'A/USDT'), timeframe: '5m' }],
          ...{ markets: [market.shared], config: { volumeShareMax: share } },
        };
        const result = sharedRun(input);
        const { trades } = market.shared.trades!;
        const traded = new Map<number, number>();
        for (let at = 0; at < trades.length; at++)
          traded.set(trades.time[at]!, (traded.get(trades.time[at]!) ?? 0) + trades.quantity[at]!);
        const taken = new Map<number, number>();
        const fills = result.trades.flatMap((trade) => trade.fills).toSorted((a, b) => a.id - b.id);
        expect(fills.map(({ timeMs }) => timeMs)).toEqual(fills.map(({ timeMs }) => timeMs).toSorted((a, b) => a - b));
        for (const { timeMs, quantity } of fills) taken.set(timeMs, (taken.get(timeMs) ?? 0) + Number(quantity));
        for (const [timeMs, quantity] of taken) {
          expect(quantity).toBeLessThanOrEqual(traded.get(timeMs)! * share + 1e-9);
          capped += Number(quantity > traded.get(timeMs)! * share - 0.002);
        }
        const sliced = prepareSharedRun(input);
        if (!sliced.ok) throw new Error(JSON.stringify(sliced.error));
        while (sliced.value.advance(1) > 0);
        expect(sliced.value.result()).toEqual(result);
      }),
      { numRuns: 30 },
    );
    expect(capped).toBeGreaterThan(50);
  });

  it('know nothing before its time, and are proven so', () => {
    const market = marketOf('A/USDT', { seed: 11, count: 6_000, until: 1 });
    const input = (of: SharedRunMarket): SharedRunInput => ({
      strategies: [member(3, 'A/USDT', 0.5), member(4, 'A/USDT')],
      markets: [of],
    });
    const whole = sharedRun(input(market.shared));
    const [{ timeframe, candles }] = market.shared.series as [SharedRunMarket['series'][number]];
    const half = copyColumns(candles, 0, candles.length >> 1);
    const part = sharedRun(input({ ...market.shared, series: [{ timeframe, candles: half }] }));
    const fillsOf = (result: RunResult): unknown[] =>
      result.trades.flatMap(({ fills }) => fills).toSorted((a, b) => a.id - b.id);
    expect(fillsOf(part).length).toBeGreaterThan(20);
    expect(fillsOf(whole).slice(0, fillsOf(part).length)).toEqual(fillsOf(part));
    const proof = proveShared(input(market.shared));
    if (!proof.ok) throw new Error(JSON.stringify(proof.error));
    expect(proof.value.checks.filter(({ kind }) => kind === 'look-ahead').every(({ passed }) => passed)).toBe(true);
  });

  it('refuse trades that contradict the candles of one of them', () => {
    const market = marketOf('A/USDT', { seed: 5, count: 100, until: 1 });
    const tape: TradeTape = market.shared.trades!;
    const price = tape.trades.price.slice();
    price[7] = price[7]! * 3;
    const wrong = { ...market.shared, trades: { ...tape, trades: { ...tape.trades, price } } };
    expect(runSharedBacktest({ strategies: [member(1, 'A/USDT')], markets: [wrong] })).toMatchObject({
      error: { kind: 'bad-trades', symbol: 'A/USDT' },
    });
  });
});
