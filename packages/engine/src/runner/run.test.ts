import { Candles, copyColumns, rowAt } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smaCross } from '../../golden/strategies.js';
import { readCandles } from '../../golden/talib.js';
import { chance, wildStrategy } from '../../golden/wild-strategy.js';
import { prepareRun, runBacktest, type Run, type RunInput } from './run.js';
import type { RunMarket, RunResult } from './run-types.js';
import { defineStrategy, NO_INTENTS } from './strategy.js';

const btc: RunMarket = {
  exchange: 'file',
  symbol: 'BTC/USDT',
  tickSize: 0.01,
  lotSize: 0.00001,
  minNotional: 5,
  candles: readCandles('btcusdt-4h'),
};
const input: RunInput = { strategy: smaCross, params: { fast: 5, slow: 15 }, markets: [btc], timeframe: '4h' };

function runOf(of: RunInput): RunResult {
  const result = runBacktest(of);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function prepared(of: RunInput): Run {
  const run = prepareRun(of);
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
}

describe('a run', () => {
  const result = runOf(input);

  it('gives plain data that survives a structured clone', () => {
    expect(structuredClone(result)).toEqual(result);
    expect(result.candles).toBe(btc.candles.length);
    expect(result.trades.length).toBeGreaterThan(20);
    expect(result.setup).toMatchObject({ strategy: null, strategyId: 'sma-cross', timeframe: '4h' });
    expect(result.setup.params).toEqual({ fast: 5, slow: 15, closeAt: -1 });
    expect(result.setup.fromMs).toBe(btc.candles.time[0]);
    expect(result.setup.toMs).toBe(btc.candles.time[btc.candles.length - 1]! + 4 * 3_600_000);
  });

  it('each trade names its rules and the indicator values of the candle it was decided on', () => {
    for (const trade of result.trades) {
      const { 'sma(5, close)': fast, 'sma(15, close)': slow } = trade.entryValues;
      expect(trade.entryReason).toBe('enter');
      expect(fast!).toBeGreaterThan(slow!);
      if (trade.exitTimeMs === null) continue;
      expect(trade.exitReason).toBe('leave');
      expect(trade.exitValues['sma(5, close)']!).toBeLessThan(trade.exitValues['sma(15, close)']!);
      expect(trade.fills.map(({ side }) => side)).toEqual(['buy', 'sell']);
      const [entry, exit] = trade.fills;
      const fees = Number(entry!.fee) + Number(exit!.fee);
      const gross = (Number(exit!.price) - Number(entry!.price)) * Number(trade.quantity);
      expect(Number(trade.pnl)).toBeCloseTo(gross - fees, 6);
    }
  });

  it('equity, profit of the trades and drawdown agree', () => {
    const { equity, drawdownRatio } = result.equity;
    const profit = result.trades.reduce((sum, { pnl }) => sum + Number(pnl), 0);
    expect(equity.at(-1)! - 10_000).toBeCloseTo(profit, 5);
    expect(Math.max(...drawdownRatio)).toBeCloseTo(result.metrics['maxDrawdown']!, 12);
    const byMonth = result.breakdowns.byMonth.reduce((growth, row) => growth * (1 + (row.returnRatio ?? 0)), 1);
    expect(byMonth - 1).toBeCloseTo(result.metrics['totalReturn']!, 9);
    for (const rows of Object.values(result.breakdowns)) {
      const closed = result.trades.filter(({ exitTimeMs }) => exitTimeMs !== null);
      const trips = (rows as RunResult['breakdowns']['byHour']).reduce((sum, row) => sum + row.roundTrips, 0);
      expect(trips).toBe(closed.length);
    }
  });

  it.each([
    ['buy', 'long', 1],
    ['sell', 'short', -1],
  ] as const)('a trade still open after a %s is told at the last close', (side, direction, sign) => {
    const hold = defineStrategy({
      id: 'hold',
      title: 'Hold',
      params: {},
      warmup: () => 0,
      create: () => ({
        onCandle: ({ index, symbol }) =>
          index === 1
            ? [{ kind: 'place', type: 'market', symbol, side, size: { kind: 'quantity', quantity: 2 }, tag: 'in' }]
            : NO_INTENTS,
      }),
    });
    const candles = Candles.fromRows(
      [0, 1, 2, 3, 4].map((i) => [i * 14_400_000, 100 + i, 110 + i, 95 + i, 101 + i, 1]),
    );
    const run = runOf({ markets: [{ ...btc, candles }], strategy: hold, timeframe: '4h', config: { shorting: true } });
    const [trade] = run.trades;
    expect(run.trades).toHaveLength(1);
    // In at the open of candle 2 (102), last close 105, 0.1 % of 204 in fees.
    expect(trade).toMatchObject({ direction, exitTimeMs: null, exitPrice: null, exitReason: null, exitValues: {} });
    expect(trade).toMatchObject({ quantity: '2', entryPrice: 102, fees: '0.204', entryReason: 'in' });
    expect(Number(trade!.pnl)).toBeCloseTo(sign * 6 - 0.204, 8);
    const [up, down] = [114 / 102 - 1, 1 - 97 / 102];
    expect(trade!.mfeRatio).toBeCloseTo(side === 'buy' ? up : down, 12);
    expect(trade!.maeRatio).toBeCloseTo(side === 'buy' ? down : up, 12);
    expect(run.equity.equity.at(-1)! - 10_000).toBeCloseTo(Number(trade!.pnl), 8);
  });

  it('takes the fees a market has of its own, the run’s otherwise; hashes stay where there are none', () => {
    const two = (own: Partial<RunMarket>): RunInput => ({
      strategy: wildStrategy,
      params: { seed: 7 },
      timeframe: '4h',
      markets: [part(btc, 0, 700), { ...part(btc, 0, 700), symbol: 'X/USDT', ...own }],
      config: { makerFeeBps: 10, takerFeeBps: 20 },
    });
    const run = runOf(two({ takerFeeBps: 5 }));
    const rates = { 'BTC/USDT': { maker: 0.001, taker: 0.002 }, 'X/USDT': { maker: 0.001, taker: 0.0005 } };
    for (const [symbol, rate] of Object.entries(rates)) {
      const fills = run.trades.flatMap((trade) => (trade.symbol === symbol ? trade.fills : []));
      expect(new Set(fills.map(({ liquidity }) => liquidity))).toEqual(new Set(['maker', 'taker']));
      for (const { fee, price, quantity, liquidity } of fills)
        expect(Number(fee)).toBeCloseTo(Number(price) * Number(quantity) * rate[liquidity], 6);
    }
    expect(run.setup.markets[1]).toEqual({ ...run.setup.markets[0], symbol: 'X/USDT', takerFeeBps: 5 });
    const plain = runOf(two({}));
    expect(runOf(two({ takerFeeBps: undefined }))).toEqual(plain);
    expect(run.dataHash).toBe(plain.dataHash);
    expect(run.resultHash).not.toBe(plain.resultHash);
  });

  it('pays funding, constant or listed, and hashes it; candle by candle it is the same', () => {
    const wild = (funding: RunMarket['funding']): RunInput => ({
      strategy: wildStrategy,
      params: { seed: 7 },
      timeframe: '4h',
      markets: [{ ...part(btc, 0, 700), funding }],
    });
    const [fromMs, toMs] = [btc.candles.time[0]!, btc.candles.time[699]!];
    const eightHoursMs = 8 * 3_600_000;
    const listed: [number, number][] = [];
    for (let timeMs = Math.ceil(fromMs / eightHoursMs) * eightHoursMs; timeMs <= toMs; timeMs += eightHoursMs)
      listed.push([timeMs, 0.0003]);
    const [none, constant, list] = [runOf(wild(undefined)), runOf(wild(0.0003)), runOf(wild(listed))];
    expect(none.metrics['carry']).toBe(0);
    expect(constant.metrics['carry']).toBeGreaterThan(0);
    expect(list.metrics).toEqual(constant.metrics);
    expect(list.trades).toEqual(constant.trades);
    expect(none.setup.markets[0]).not.toHaveProperty('funding');
    expect([constant.setup.markets[0]?.funding, list.setup.markets[0]?.funding]).toEqual([0.0003, listed]);
    expect(constant.dataHash).toBe(none.dataHash);
    expect(list.dataHash).not.toBe(none.dataHash);
    expect(new Set([none, constant, list].map(({ resultHash }) => resultHash)).size).toBe(3);

    const candles = Candles.fromRows([rowAt(btc.candles, 0)]);
    const run = prepared({ ...wild(0.0003), markets: [{ ...btc, candles, funding: 0.0003 }] });
    run.advance();
    for (let i = 1; i < 700; i++) {
      candles.push(rowAt(btc.candles, i));
      run.advance();
    }
    expect(run.result().resultHash).toBe(constant.resultHash);
  });

  it('tells progress and can be cancelled', () => {
    const told: number[] = [];
    expect(runBacktest(input, { onProgress: (ratio) => told.push(ratio) }).ok).toBe(true);
    expect(told.at(-1)).toBe(1);
    expect(runBacktest(input, { isCancelled: () => true })).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });

  it.each([
    ['no market', { markets: [] }, { kind: 'no-markets' }],
    ['no candle', { markets: [{ ...btc, candles: new Candles(1) }] }, { kind: 'no-candles', symbol: 'BTC/USDT' }],
    ['cash in words', { config: { cash: 'much' } }, { kind: 'bad-rule', field: 'cash' }],
    ['a negative fee', { config: { takerFeeBps: -1 } }, { kind: 'bad-instrument', field: 'takerFeeBps' }],
    [
      'a fee too fine to count',
      { markets: [{ ...btc, makerFeeBps: 0.00001 }] },
      { kind: 'bad-instrument', field: 'makerFeeBps' },
    ],
    ['a bad parameter', { params: { fast: 0 } }, { kind: 'bad-params' }],
    ['candles of another timeframe', { strategy: { ...smaCross, timeframe: '1h' as const } }, { kind: 'bad-params' }],
    [
      'two currencies',
      { markets: [btc, { ...btc, symbol: 'BTC/EUR' }] },
      { kind: 'mixed-currencies', symbol: 'BTC/EUR' },
    ],
    ['two ways to settle', { markets: [btc, { ...btc, symbol: 'BTC/USDT:BTC' }] }, { kind: 'mixed-currencies' }],
    [
      'a market that is asked for and not there',
      { strategy: { ...smaCross, needs: [{ symbol: 'X/USDT', path: 'trade.0' }] } },
      { kind: 'missing-market', symbol: 'X/USDT', path: 'trade.0' },
    ],
    ['detail without a timeframe', { markets: [{ ...btc, detail: btc.candles }] }, { kind: 'bad-detail' }],
  ])('refuses %s', (_name, change, fault) => {
    const run = runBacktest({ ...input, ...change });
    expect(run.ok ? null : run.error).toMatchObject(fault);
  });
});

describe('however it is fed', () => {
  /** Every kind of order over two markets. */
  const wild: RunInput = {
    strategy: wildStrategy,
    params: { seed: 7 },
    timeframe: '4h',
    markets: [part(btc, 0, 700), { ...part(btc, 0, 700), symbol: 'X/USDT' }],
    config: { shorting: true, leverage: 3, slippage: { kind: 'bps', bps: 3 }, volumeShareMax: 0.1 },
  };
  const whole = runOf(wild);

  it('slices of any size give the same hash as one piece', () => {
    expect(whole.trades.length).toBeGreaterThan(50);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const run = prepared(wild);
        for (let i = 0; run.advance(1 + Math.floor(chance(seed, i, 1) * 90)) > 0;) i++;
        expect(run.result().resultHash).toBe(whole.resultHash);
      }),
      { numRuns: 10 },
    );
  });

  it('candle by candle over growing columns gives the same hash', () => {
    const growing = wild.markets.map((market) => ({
      ...market,
      candles: Candles.fromRows([rowAt(market.candles, 0)]),
    }));
    const run = prepared({ ...wild, markets: growing });
    run.advance();
    for (let i = 1; i < 650; i++) {
      growing.forEach(({ candles }, market) => candles.push(rowAt(wild.markets[market]!.candles, i)));
      run.advance();
    }
    expect(run.result().resultHash).toBe(
      runOf({ ...wild, markets: wild.markets.map((market) => part(market, 0, 650)) }).resultHash,
    );
  });

  it('the hash changes with the candles, the parameters, the account and the fills, not with the exchange', () => {
    const other = (change: Partial<RunInput>): RunResult => runOf({ ...wild, ...change });
    const renamed = other({ markets: wild.markets.map((market) => ({ ...market, exchange: 'binance' })) });
    expect(renamed.resultHash).toBe(whole.resultHash);
    expect(renamed.dataHash).toBe(whole.dataHash);
    const touched = part(btc, 0, 700);
    touched.candles.volume[699]! += 1e-9;
    const changed = other({ markets: [touched, wild.markets[1]!] });
    expect(changed.dataHash).not.toBe(whole.dataHash);
    expect(changed.resultHash).not.toBe(whole.resultHash);
    for (const change of [{ params: { seed: 8 } }, { config: { ...wild.config, cash: '10001' } }, { document: {} }]) {
      expect(other(change).dataHash).toBe(whole.dataHash);
      expect(other(change).resultHash).not.toBe(whole.resultHash);
    }
  });
});

function part(market: RunMarket, from: number, to: number): RunMarket {
  return { ...market, candles: copyColumns(market.candles, from, to) };
}
