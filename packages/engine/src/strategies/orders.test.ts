import { describe, expect, it } from 'vitest';
import { Candles, type CandleRow } from '@wickworks/core';
import { backtest, type BacktestRecord } from '../runner/backtest.js';
import { checkStrategy } from './check.js';
import { compileStrategy, interpretStrategy } from './compile-strategy.js';
import type { OrderSpec, StrategyDocument } from './document.js';

const HOUR = 3_600_000;
type Prices = readonly [open: number, high: number, low: number, close: number];

const candlesOf = (prices: readonly Prices[]): Candles =>
  Candles.fromRows(
    prices.map(([open, high, low, close], index): CandleRow => [index * HOUR, open, high, low, close, 10]),
  );

/** Enters long, or short, at the first candle that closes at 100; leaves at one that closes at 120. */
const strategy = (
  entry: OrderSpec | undefined,
  part: Partial<StrategyDocument> = {},
  exit?: OrderSpec,
): StrategyDocument => ({
  schema: 1,
  name: 'Orders',
  timeframe: '1h',
  params: {},
  indicators: {},
  conditions: {},
  entry: { long: { when: { compare: ['close', '==', 100] }, order: entry } },
  exit: { long: { when: { compare: ['close', '==', 120] }, order: exit } },
  size: { kind: 'quantity', amount: 2 },
  ...part,
});
const short = (order: OrderSpec): Partial<StrategyDocument> => ({
  entry: { short: { when: { compare: ['close', '==', 100] }, order } },
  exit: { short: { when: { compare: ['close', '==', 120] } } },
});

/** The run of a document; rules as columns and word by word agree on it. */
function run(document: StrategyDocument, prices: readonly Prices[]): BacktestRecord {
  const [compiled, interpreted] = [compileStrategy, interpretStrategy].map((make): BacktestRecord => {
    const made = make(document);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const market = {
      symbol: 'BTC/USDT',
      tickSize: 0.01,
      lotSize: 0.01,
      minNotional: 1,
      makerFeeBps: 0,
      takerFeeBps: 0,
    };
    const done = backtest({
      markets: [{ rules: market, timeframe: '1h', candles: candlesOf(prices) }],
      strategy: made.value,
      rules: { cash: 10_000, shorting: true },
    });
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  });
  expect(compiled).toEqual(interpreted);
  return compiled!;
}

/** Candle, price and base quantity of each fill; sells are negative. */
const fillsOf = ({ fills }: BacktestRecord): readonly (readonly [number, number, number])[] =>
  fills.map(({ candleIndex, priceUnits, quantityUnits, side }) => [
    candleIndex,
    priceUnits / 100,
    (side === 'buy' ? 1 : -1) * (quantityUnits / 100),
  ]);

const SIGNAL: Prices = [100, 100, 100, 100];

describe('orders of rules', () => {
  it('enter by a stop-limit order where the stop is met, never beyond the limit', () => {
    const order: OrderSpec = { type: 'stop-limit', offset: 0.02, limitOffset: 0.01, expiresAfter: 5 };
    const touched = run(strategy(order), [SIGNAL, [100, 101, 99, 101], [101, 104, 101, 103]]);
    expect(touched.orders[0]?.request).toMatchObject({ type: 'stop-limit', stopUnits: 10_200, limitUnits: 10_302 });
    expect(fillsOf(touched)).toEqual([[2, 102, 2]]);
    // A leap over both: it waits at its limit, and fills where the market comes back to.
    const leapt = run(strategy(order), [SIGNAL, [106, 107, 105, 106], [106, 106, 102, 104]]);
    expect(fillsOf(leapt)).toEqual([[2, 103.02, 2]]);
  });

  it('enter short by a stop-limit order, mirrored', () => {
    const order: OrderSpec = { type: 'stop-limit', offset: 0.02, limitOffset: 0.01, expiresAfter: 5 };
    const { orders, fills } = run(strategy(undefined, short(order)), [SIGNAL, [100, 101, 97, 99]]);
    expect(orders[0]?.request).toMatchObject({ side: 'sell', stopUnits: 9_800, limitUnits: 9_702 });
    expect(fills.map(({ priceUnits }) => priceUnits)).toEqual([9_800]);
  });

  it('take stop and limit from expressions', () => {
    const order: OrderSpec = {
      type: 'stop-limit',
      price: { add: ['high', 3] },
      limitPrice: { mul: ['high', 1.05] },
    };
    const { orders } = run(strategy(order), [SIGNAL, [100, 101, 99, 101]]);
    expect(orders[0]?.request).toMatchObject({ stopUnits: 10_300, limitUnits: 10_500 });
  });

  it('reckon the size of a stop-limit entry at its limit, the worst price it may get', () => {
    const order: OrderSpec = { type: 'stop-limit', price: 104, limitPrice: 105, expiresAfter: 5 };
    const risky = strategy(order, {
      size: { kind: 'risk', ratio: 0.01 },
      stopLoss: { kind: 'price', price: 95 },
    });
    // 1 % of 10 000 over 105 − 95.
    expect(fillsOf(run(risky, [SIGNAL, [100, 106, 99, 106]]))).toEqual([[1, 104, 10]]);
  });

  it('make no stop-limit entry whose stop-loss lies between its two prices', () => {
    const order: OrderSpec = { type: 'stop-limit', price: 104, limitPrice: 108, expiresAfter: 5 };
    const between = strategy(order, { stopLoss: { kind: 'price', price: 106 } });
    expect(run(between, [SIGNAL, [100, 110, 99, 110]]).orders).toEqual([]);
  });

  it('enter by a trailing order that follows the market down and buys where it has turned', () => {
    const order: OrderSpec = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.05 }, expiresAfter: 10 };
    const prices: Prices[] = [SIGNAL, [99, 99, 90, 91], [91, 92, 80, 81], [81, 83, 80, 82], [82, 86, 82, 86]];
    // The lowest price before the candle of the turn is 80; five percent above it is 84.
    expect(fillsOf(run(strategy(order), prices))).toEqual([[4, 84, 2]]);
    const spent = run(strategy(order, { size: { kind: 'quote', amount: 840 } }), prices);
    expect(fillsOf(spent)).toEqual([[4, 84, 10]]);
  });

  it('enter short by a trailing order that follows the market up', () => {
    const order: OrderSpec = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.05 }, expiresAfter: 10 };
    const prices: Prices[] = [SIGNAL, [101, 110, 101, 110], [110, 118, 110, 118], [118, 118, 112, 113]];
    expect(fillsOf(run(strategy(undefined, short(order)), prices))).toEqual([[3, 112.1, -2]]);
  });

  it('measure a trail by the average true range at the signal', () => {
    const order: OrderSpec = { type: 'trailing-stop', trail: { kind: 'atr', period: 2, multiple: 2 }, expiresAfter: 9 };
    const prices: Prices[] = [
      [99, 100, 98, 99],
      [99, 101, 98, 100.5],
      [100.5, 101, 98, 100],
      [100, 100, 95, 96],
      [96, 103, 96, 103],
    ];
    // True ranges of the signal candle and the one before: 3 and 3; twice their mean above the low of 95.
    expect(fillsOf(run(strategy(order), prices))).toEqual([[4, 101, 2]]);
  });

  it('leave by a trailing order: from the signal on it gives the winner some way', () => {
    const exit: OrderSpec = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.1 }, expiresAfter: 10 };
    const prices: Prices[] = [
      SIGNAL,
      [100, 121, 100, 120],
      [120, 140, 120, 140],
      [140, 150, 140, 150],
      [150, 151, 130, 131],
    ];
    const { fills, roundTrips } = run(strategy(undefined, {}, exit), prices);
    expect(fills.map(({ candleIndex, priceUnits }) => [candleIndex, priceUnits])).toEqual([
      [1, 10_000],
      [4, 13_500],
    ]);
    expect(roundTrips[0]?.exitTag).toBe('exit: rule');
  });

  it('leave by a stop-limit order, or stay where the market fell through both', () => {
    const exit: OrderSpec = { type: 'stop-limit', offset: 0.05, limitOffset: 0.01, expiresAfter: 2 };
    const before: Prices[] = [SIGNAL, [100, 121, 100, 120]];
    expect(fillsOf(run(strategy(undefined, {}, exit), [...before, [120, 120, 110, 111]]))).toEqual([
      [1, 100, 2],
      [2, 114, -2],
    ]);
    const { fills, orders } = run(strategy(undefined, {}, exit), [
      ...before,
      [105, 106, 100, 101],
      [101, 102, 99, 100],
      [100, 101, 99, 101],
    ]);
    expect(fills).toHaveLength(1);
    expect(orders.map(({ status }) => status)).toEqual(['filled', 'canceled']);
  });

  it('expire after the candles said', () => {
    const order: OrderSpec = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.05 }, expiresAfter: 2 };
    const prices: Prices[] = [SIGNAL, [99, 99, 98, 98], [98, 99, 97, 98], [98, 110, 98, 110]];
    const { fills, orders } = run(strategy(order), prices);
    expect(fills).toEqual([]);
    expect(orders.map(({ status }) => status)).toEqual(['canceled']);
  });

  it('take prices of orders, stops and targets from operations, not from names alone', () => {
    const order: OrderSpec = { type: 'limit', price: { mul: ['close', 0.95] }, expiresAfter: 3 };
    const document = strategy(order, {
      params: { reward: { kind: 'number', title: 'Reward', default: 110, min: 1, max: 200, step: 1, whole: false } },
      stopLoss: { kind: 'price', price: { sub: ['low', 12] } },
      takeProfit: [{ kind: 'price', price: '$reward' }],
    });
    const { orders } = run(document, [SIGNAL, [100, 100, 94, 96], [96, 112, 96, 111]]);
    expect(orders.map(({ request: { tag, limitUnits, stopUnits } }) => [tag, limitUnits, stopUnits])).toEqual([
      ['long', 9_500, 0],
      ['stop-loss', 0, 8_800],
      ['take-profit', 11_000, 0],
    ]);
  });

  it('keep an entry whose label is the word for a stop', () => {
    const document = strategy(undefined, {
      entry: {
        long: {
          when: { compare: ['close', '==', 100] },
          label: 'trailing-stop',
          order: { type: 'limit', price: 90, expiresAfter: 5 },
        },
      },
    });
    const prices: Prices[] = [SIGNAL, [99, 99, 98, 98], [98, 99, 97, 98], [98, 98, 89, 89]];
    expect(fillsOf(run(document, prices))).toEqual([[3, 90, 2]]);
  });
});

describe('checkStrategy', () => {
  const issues = (order: OrderSpec, part: Partial<StrategyDocument> = {}) => checkStrategy(strategy(order, part));

  it('names the field of an order that is wrong', () => {
    expect(issues({ type: 'stop-limit', offset: 0.01 })).toEqual([
      { path: 'entry.long.order', message: 'a stop-limit order needs either limitPrice or limitOffset' },
    ]);
    expect(issues({ type: 'stop-limit', limitOffset: 0.01 })).toEqual([
      { path: 'entry.long.order', message: 'a stop-limit order needs either price or offset' },
    ]);
    const far: OrderSpec = { type: 'stop-limit', offset: 0.01, limitOffset: 1 };
    expect(issues(far).map(({ path }) => path)).toEqual(['entry.long.order.limitOffset']);
    const unknown: OrderSpec = { type: 'stop-limit', offset: 0.01, limitPrice: 'nothing' };
    expect(issues(unknown).map(({ path }) => path)).toEqual(['entry.long.order.limitPrice']);
    const wide: OrderSpec = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 1 }, expiresAfter: 0 };
    expect(issues(wide).map(({ path }) => path)).toEqual([
      'entry.long.order.expiresAfter',
      'entry.long.order.trail.ratio',
    ]);
    const flat: OrderSpec = { type: 'trailing-stop', trail: { kind: 'atr', period: 0, multiple: 0 }, expiresAfter: 3 };
    expect(issues(flat).map(({ path }) => path)).toEqual([
      'entry.long.order.trail.period',
      'entry.long.order.trail.multiple',
    ]);
  });

  it('refuses a stop-loss at a price for a trailing entry: it may fill below it', () => {
    const order: OrderSpec = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.02 }, expiresAfter: 9 };
    expect(issues(order, { stopLoss: { kind: 'price', price: 'low' } }).map(({ path }) => path)).toEqual(['stopLoss']);
    expect(issues(order, { stopLoss: { kind: 'ratio', ratio: 0.02 } })).toEqual([]);
  });
});
