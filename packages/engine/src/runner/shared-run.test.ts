import { Candles, type Timeframe } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { coarsen } from '../../golden/coarsen.js';
import { bollinger, smaCross } from '../../golden/strategies.js';
import { readCandles } from '../../golden/talib.js';
import type { Intent } from '../messages.js';
import { proveShared } from '../proof/prove-shared.js';
import { issuesOfFault } from './run-faults.js';
import { runFileOf } from './run-file.js';
import { runBacktest } from './run.js';
import type { RunConfig, RunMarket, RunResult } from './run-types.js';
import { prepareSharedRun, runSharedBacktest, type SharedRunInput, type SharedRunMarket } from './shared-run.js';
import { defineStrategy, NO_INTENTS, type StrategyContext, type StrategyDefinition } from './strategy.js';

const HOUR = 3_600_000;
const terms = { exchange: 'file', symbol: 'BTC/USDT', tickSize: 0.01, lotSize: 0.00001, minNotional: 5 };
const hourly = readCandles('btcusdt-1h-2021');
const wide = coarsen(hourly, 4);
const btc: SharedRunMarket = {
  ...terms,
  series: [
    { timeframe: '1h', candles: hourly },
    { timeframe: '4h', candles: wide },
  ],
};
const alone: RunMarket = { ...terms, candles: hourly };
const cross = { strategy: smaCross, params: { fast: 5, slow: 15 }, timeframe: '1h', symbols: ['BTC/USDT'] } as const;
const band = { strategy: bollinger, params: { period: 30 }, timeframe: '4h', symbols: ['BTC/USDT'] } as const;

function runOf(input: SharedRunInput): RunResult {
  const result = runSharedBacktest(input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Orders by the open time of the candle they are decided on. */
const scripted = (id: string, plan: Readonly<Record<number, (context: StrategyContext) => Intent>>) =>
  defineStrategy({
    ...{ id, title: id, params: {}, warmup: () => 0 },
    create: () => ({
      onCandle: (context) => {
        const wish = plan[context.candles.time[context.index]! / HOUR];
        return wish ? [wish(context)] : NO_INTENTS;
      },
    }),
  });

const market =
  (side: 'buy' | 'sell', quantity?: number) =>
  ({ symbol, buyingPower }: { symbol: string; buyingPower: number }): Intent => ({
    ...{ kind: 'place', type: 'market', symbol, side, tag: side },
    size: quantity === undefined ? { kind: 'spend', quote: buyingPower } : { kind: 'quantity', quantity },
  });

/** Flat candles at these prices, an hour each, that open where the last one closed. */
function candlesAt(prices: readonly number[]): Candles {
  const candles = new Candles(prices.length);
  prices.forEach((close, i) => {
    const open = prices[Math.max(0, i - 1)]!;
    candles.push([i * HOUR, open, Math.max(open, close), Math.min(open, close), close, 100]);
  });
  return candles;
}

const onPrices = (
  prices: readonly number[],
  strategies: readonly { strategy: StrategyDefinition; allocation?: number; timeframe?: Timeframe }[],
  config: Partial<RunConfig> = {},
): RunResult => {
  const candles = candlesAt(prices);
  return runOf({
    strategies: strategies.map((one) => ({ timeframe: '1h', symbols: ['X/USDT'], ...one })),
    markets: [
      {
        ...{ ...terms, symbol: 'X/USDT', minNotional: 0 },
        series: [
          { timeframe: '1h', candles },
          { timeframe: '4h', candles: coarsen(candles, 4) },
        ],
      },
    ],
    config: { cash: '1000', makerFeeBps: 0, takerFeeBps: 0, ...config },
  });
};

describe('several strategies on one account', () => {
  const result = runOf({ strategies: [cross, band, { ...cross, params: { fast: 9, slow: 30 } }], markets: [btc] });

  it('say of every trade, fill and order whose it is, and break the profit down', () => {
    expect(result.setup).toMatchObject({
      strategy: null,
      strategyId: 'sma-cross + bollinger + sma-cross-2',
      params: {},
      timeframe: '1h',
      strategies: [
        { id: 'sma-cross', params: { fast: 5, slow: 15, closeAt: -1 }, timeframe: '1h', allocation: null },
        { id: 'bollinger', timeframe: '4h', symbols: ['BTC/USDT'] },
        { id: 'sma-cross-2', params: { fast: 9, slow: 30, closeAt: -1 } },
      ],
    });
    const ids = new Set(['sma-cross', 'bollinger', 'sma-cross-2']);
    expect(new Set(result.trades.map(({ strategyId }) => strategyId))).toEqual(ids);
    for (const { strategyId, fills } of result.trades)
      for (const fill of fills) {
        expect(fill.strategyId).toBe(strategyId);
        expect(result.orders.find(({ id }) => id === fill.orderId)?.strategyId).toBe(strategyId);
      }
    const { byStrategy = [] } = result.breakdowns;
    expect(byStrategy.map(({ key }) => key)).toEqual([...ids].sort());
    const closed = result.trades.filter(({ exitTimeMs }) => exitTimeMs !== null);
    for (const { key, roundTrips, pnl } of byStrategy) {
      const own = closed.filter(({ strategyId }) => strategyId === key);
      expect(own.length).toBe(roundTrips);
      expect(own.reduce((sum, trade) => sum + Number(trade.pnl), 0)).toBeCloseTo(pnl, 4);
    }
    expect(Object.keys(result.trades[0]!.entryValues)).toEqual(['sma(5, close)', 'sma(15, close)']);
  });

  it('leave a run of one strategy as it was', () => {
    const one = runBacktest({ strategy: smaCross, params: cross.params, markets: [alone], timeframe: '1h' });
    if (!one.ok) throw new Error(JSON.stringify(one.error));
    expect(one.value.setup).not.toHaveProperty('strategies');
    expect(one.value.breakdowns).not.toHaveProperty('byStrategy');
    expect(one.value.trades[0]).not.toHaveProperty('strategyId');
    expect(one.value.orders[0]).not.toHaveProperty('strategyId');
  });

  it('two of a kind with half of the account each are one with half as much, twice', () => {
    const two = runOf({
      strategies: [
        { ...cross, allocation: 0.5 },
        { ...cross, allocation: 0.5 },
      ],
      markets: [btc],
    });
    const half = runBacktest({
      ...{ strategy: smaCross, params: cross.params, markets: [alone], timeframe: '1h' },
      config: { cash: '5000' },
    });
    if (!half.ok) throw new Error(JSON.stringify(half.error));
    // Two products of a price are summed up in place of one: the last bit of a float64 may differ.
    half.value.equity.equity.forEach((value, i) => {
      expect(Math.abs(two.equity.equity[i]! / 2 / value - 1)).toBeLessThan(1e-14);
    });
    for (const id of ['sma-cross', 'sma-cross-2']) {
      const own = two.trades.filter(({ strategyId }) => strategyId === id);
      expect(own.map(({ pnl, entryTimeMs }) => [pnl, entryTimeMs])).toEqual(
        half.value.trades.map(({ pnl, entryTimeMs }) => [pnl, entryTimeMs]),
      );
    }
  });

  it('hash alike in slices and in one go, and otherwise with another order, share or timeframe', () => {
    const input: SharedRunInput = { strategies: [cross, band], markets: [btc] };
    const prepared = prepareSharedRun(input);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    while (prepared.value.advance(777) > 0);
    const { resultHash } = runOf(input);
    expect(prepared.value.result().resultHash).toBe(resultHash);
    expect(prepared.value.progressRatio).toBe(1);
    const others = [
      [band, cross],
      [cross, { ...band, allocation: 0.5 }],
      [cross, { ...band, timeframe: '1h' as const }],
      [cross, { ...band, id: 'band' }],
    ].map((strategies) => runOf({ strategies, markets: [btc] }).resultHash);
    expect(new Set([resultHash, ...others]).size).toBe(5);
  });

  it('are asked in the order of the list: who comes first has the money', () => {
    const greedy = (id: string) => scripted(id, { 0: market('buy') });
    const first = onPrices([10, 10, 10], [{ strategy: greedy('a') }, { strategy: greedy('b') }]);
    expect(first.trades.map(({ strategyId, quantity }) => [strategyId, quantity])).toEqual([['a', '100']]);
    expect(first.orders.filter(({ status }) => status === 'refused').map(({ strategyId }) => strategyId)).toEqual([
      'b',
    ]);
    const shared = onPrices([10, 10, 10], [{ strategy: greedy('a'), allocation: 0.3 }, { strategy: greedy('b') }]);
    expect(shared.trades.map(({ strategyId, quantity }) => [strategyId, quantity])).toEqual([
      ['a', '30'],
      ['b', '70'],
    ]);
  });

  it('keep what is reserved for one from the others, with what it makes of it', () => {
    // a doubles its 400 and sells; b may go on to use 600 only.
    const a = scripted('a', { 0: market('buy'), 2: market('sell', 40) });
    const b = scripted('b', { 4: market('buy') });
    const result2 = onPrices(
      [10, 10, 20, 20, 20, 20, 20],
      [
        { strategy: a, allocation: 0.4 },
        { strategy: b, allocation: 0.6 },
      ],
    );
    expect(result2.trades.map(({ strategyId, quantity, pnl }) => [strategyId, quantity, pnl])).toEqual([
      ['a', '40', '400'],
      ['b', '30', '0'],
    ]);
    expect(result2.equity.equity.at(-1)).toBe(1_400);
  });

  it('with candles of different widths fill and count in the order of time', () => {
    // Bought at 04:00 on a four-hour candle, it counts at once with the hourly closes of the other.
    const slow = scripted('slow', { 0: market('buy', 10) });
    const fast = scripted('fast', { 5: market('buy', 10) });
    const { equity, trades } = onPrices(
      [10, 10, 10, 10, 11, 12, 13, 14],
      [{ strategy: slow, timeframe: '4h' }, { strategy: fast }],
    );
    expect(
      trades.map(({ strategyId, entryPrice, entryTimeMs }) => [strategyId, entryPrice, entryTimeMs / HOUR]),
    ).toEqual([
      ['slow', 10, 4],
      ['fast', 12, 6],
    ]);
    expect([...equity.equity]).toEqual([1_000, 1_000, 1_000, 1_000, 1_010, 1_020, 1_040, 1_060]);
  });

  it('are liquidated together where one of twice the size would be', () => {
    const fall = [100, 100, 95, 90, 85, 80, 75];
    const config = { leverage: 5, maintenanceRatio: 0.1 };
    const one = onPrices(fall, [{ strategy: scripted('one', { 0: market('buy', 40) }) }], config);
    const half = (id: string) => ({ strategy: scripted(id, { 0: market('buy', 20) }) });
    const two = onPrices(fall, [half('a'), half('b')], config);
    expect(one.trades).toMatchObject([{ exitReason: 'liquidation', exitPrice: 83.33 }]);
    expect(two.trades.map(({ exitPrice, exitReason }) => [exitPrice, exitReason])).toEqual([
      [83.33, 'liquidation'],
      [83.33, 'liquidation'],
    ]);
    expect(two.equity.equity).toEqual(one.equity.equity);
    // Against each other they cannot fall.
    const hedged = { ...config, shorting: true };
    const short = { strategy: scripted('b', { 0: market('sell', 20) }) };
    expect(onPrices(fall, [half('a'), short], hedged).trades.map(({ exitReason }) => exitReason)).toEqual([null, null]);
  });

  it('have positions, orders and trades of their own, and cannot touch those of others', () => {
    const seen: unknown[] = [];
    const a = scripted('a', {
      0: ({ symbol }) => ({
        kind: 'place',
        type: 'limit',
        symbol,
        side: 'buy',
        size: { kind: 'quantity', quantity: 1 },
        limitPrice: 1,
        tag: 'deep',
      }),
      1: market('buy', 5),
      3: market('sell', 5),
    });
    const b = scripted('b', {
      2: () => ({ kind: 'cancel', orderId: 1 }),
      3: ({ symbol }) => ({ kind: 'cancel-all', symbol }),
      5: (context) => {
        seen.push(context.position, context.roundTrips.length, context.workingOrders(context.symbol).length);
        return market('buy', 1)(context);
      },
    });
    const { orders, trades } = onPrices([10, 10, 10, 10, 10, 10, 10], [{ strategy: a }, { strategy: b }]);
    expect(orders.find(({ tag }) => tag === 'deep')).toMatchObject({ id: 1, status: 'working', strategyId: 'a' });
    expect(trades.map(({ strategyId }) => strategyId)).toEqual(['a', 'b']);
    expect(seen).toEqual([0, 0, 0]);
  });

  it('name the field of what is wrong', () => {
    const faultOf = (change: Partial<SharedRunInput>): readonly string[] => {
      const run = prepareSharedRun({ strategies: [cross, band], markets: [btc], ...change });
      return run.ok ? [] : issuesOfFault(run.error).map(({ path, message }) => `${path}: ${message}`);
    };
    expect(faultOf({ strategies: [cross, { ...band, params: { period: 0 } }] })).toEqual([
      expect.stringMatching(/^strategies\.1\.params\.period: /),
    ]);
    expect(faultOf({ strategies: [cross, { ...band, symbols: ['ETH/USDT'] }] })).toEqual([
      'strategies.1.symbols: ETH/USDT is no market of the run',
    ]);
    expect(
      faultOf({
        strategies: [
          { ...cross, allocation: 0.6 },
          { ...band, allocation: 0.5 },
        ],
      }),
    ).toEqual(['strategies.1.allocation: all allocations together are more than 1']);
    expect(faultOf({ strategies: [{ ...cross, allocation: 1 }, band] })).toEqual([
      'strategies.1.allocation: needs one: all of the deposit is reserved for the others',
    ]);
    expect(
      faultOf({
        strategies: [
          { ...cross, id: 'a' },
          { ...band, id: 'a' },
        ],
      }),
    ).toEqual(['strategies.1.id: a is the id of another strategy']);
    expect(faultOf({ strategies: [cross, { ...band, timeframe: '1d' }] })).toEqual([
      'markets: BTC/USDT has no candles',
    ]);
    expect(faultOf({ detailTimeframe: '3m', config: { cash: '0' } })).toEqual([
      expect.stringMatching(/^config\.cash: /),
    ]);
    expect(faultOf({ detailTimeframe: '2h' })).toEqual([expect.stringMatching(/^detailTimeframe: /)]);
    expect(faultOf({ detailTimeframe: '1h' })).toEqual([]);
  });

  it('are proved one by one, and the culprit is named with its strategy', () => {
    const seer = defineStrategy({
      ...{ id: 'seer', title: 'Seer', params: {}, warmup: () => 1 },
      create: (setup) => {
        const all = setup.candles('BTC/USDT');
        return {
          onCandle: (context) =>
            all.close[context.index + 1]! > context.candles.close[context.index]!
              ? [market('buy', 0.01)(context)]
              : NO_INTENTS,
        };
      },
    });
    const input: SharedRunInput = { strategies: [cross, { ...cross, strategy: seer, params: {} }], markets: [btc] };
    const proof = proveShared(input);
    if (!proof.ok) throw new Error(JSON.stringify(proof.error));
    expect(proof.value.passed).toBe(false);
    const failed = proof.value.checks.filter(({ passed }) => !passed);
    expect(failed.map(({ strategyId, kind, culprit }) => [strategyId, kind, culprit])).toEqual([
      ['seer', 'look-ahead', 'buy'],
    ]);
    expect(new Set(proof.value.checks.map(({ strategyId }) => strategyId))).toEqual(new Set(['sma-cross', 'seer']));
    expect(runFileOf(runOf(input), proof.value).proof).toBe(proof.value);
  });

  it('say which of them threw', () => {
    const faulty = scripted('faulty', {
      3: () => {
        throw new RangeError('no such thing');
      },
    });
    const idle = scripted('idle', {});
    expect(() => onPrices([10, 10, 10, 10, 10], [{ strategy: idle }, { strategy: faulty }])).toThrow(
      'faulty: no such thing',
    );
  });
});
