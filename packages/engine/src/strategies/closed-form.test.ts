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

describe('sizes of rules', () => {
  const sized = (size: StrategyDocument['size'], part: Partial<StrategyDocument> = {}): number =>
    fillsOf(run(strategy(undefined, { size, ...part }), [SIGNAL, SIGNAL, SIGNAL, SIGNAL]))[0]?.[2] ?? 0;

  it('are money, base, a share of equity, the loss at the stop', () => {
    expect(sized({ kind: 'quote', amount: 500 })).toBe(5);
    expect(sized({ kind: 'quantity', amount: 3.21 })).toBe(3.21);
    expect(sized({ kind: 'equity', ratio: 0.25 })).toBe(25);
    expect(sized({ kind: 'risk', ratio: 0.01 }, { stopLoss: { kind: 'ratio', ratio: 0.04 } })).toBe(25);
    expect(sized({ kind: 'risk', ratio: 0.01 }, { stopLoss: { kind: 'price', price: 95 } })).toBe(20);
  });

  it('are never more than the account can pay', () => {
    expect(sized({ kind: 'equity', ratio: 3 })).toBe(99.5);
  });

  it('are by volatility: its target over the volatility a year of the last candles', () => {
    const prices: Prices[] = [101, 99, 101, 99, 100, 100].map((close, at, all) => {
      const open = all[at - 1] ?? close;
      return [open, Math.max(open, close), Math.min(open, close), close];
    });
    const document = strategy(undefined, { size: { kind: 'volatility', targetRatio: 0.5, period: 3 } });
    const returns = [Math.log(101 / 99), Math.log(99 / 101), Math.log(100 / 99)];
    const mean = returns.reduce((sum, value) => sum + value, 0) / 3;
    const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    const ratio = 0.5 / Math.sqrt(variance * 8_760);
    expect(fillsOf(run(document, prices))[0]?.[2]).toBe(Math.floor(ratio * 100 * 100) / 100);
  });

  it("are by Kelly's share of the trades so far, capped", () => {
    const kelly = (tradesMin: number, cap: number) =>
      fillsOf(
        run(strategy(undefined, { size: { kind: 'kelly', fraction: 0.5, cap, tradesMin } }), [
          SIGNAL,
          [100, 120, 100, 120],
          [120, 120, 100, 100],
          [100, 120, 100, 120],
          [120, 120, 120, 120],
        ]),
      );
    // The cap until there is a trade; that one won a fifth, so Kelly's share is all and half of it is above the cap.
    const [first, , second] = kelly(1, 0.2);
    expect(first?.[2]).toBe(10);
    expect(second?.[2]).toBe(Math.floor((10_200 * 0.2 * 100) / 100) / 100);
  });
});

describe('exits of rules', () => {
  const exitOf = (part: Partial<StrategyDocument>, prices: readonly Prices[], direction: 'long' | 'short' = 'long') => {
    const rules =
      direction === 'long'
        ? {}
        : { ...short({ type: 'market' }), exit: { short: { when: { compare: ['close', '==', 80] } } } };
    const { fills } = run(strategy(undefined, { ...rules, ...part }), [SIGNAL, ...prices]);
    return fills
      .slice(1)
      .map(({ candleIndex, priceUnits, quantityUnits, tag }) => [
        candleIndex,
        priceUnits / 100,
        quantityUnits / 100,
        tag,
      ]);
  };
  const calm: Prices = [100, 101, 99, 100.5];

  it('stop by ratio, by ATR and at a price, before a target of the same candle', () => {
    const targets = [{ kind: 'ratio', ratio: 0.05 }] as const;
    expect(
      exitOf({ stopLoss: { kind: 'ratio', ratio: 0.03 }, takeProfit: targets }, [calm, [100, 110, 90, 100.5]]),
    ).toEqual([[2, 97, 2, 'stop-loss']]);
    expect(exitOf({ stopLoss: { kind: 'price', price: 96 } }, [calm, [100, 101, 90, 95]])).toEqual([
      [2, 96, 2, 'stop-loss'],
    ]);
    expect(exitOf({ stopLoss: { kind: 'ratio', ratio: 0.03 } }, [calm, [100, 110, 99, 101]], 'short')).toEqual([
      [2, 103, 2, 'stop-loss'],
    ]);
  });

  it('take profit by a ladder: shares, and multiples of the risk', () => {
    const ladder: Partial<StrategyDocument> = {
      stopLoss: { kind: 'ratio', ratio: 0.05 },
      takeProfit: [
        { kind: 'ratio', ratio: 0.03, share: 0.5 },
        { kind: 'risk', multiple: 2 },
      ],
    };
    expect(exitOf(ladder, [calm, [100, 104, 100, 104], [104, 112, 104, 111]])).toEqual([
      [2, 103, 1, 'take-profit'],
      [3, 110, 1, 'take-profit'],
    ]);
  });

  it('a ladder of all leaves nothing behind when the lots do not divide', () => {
    const up: Prices[] = [calm, [100, 112, 100, 111], [111, 112, 110, 111]];
    const thirds = { size: { kind: 'quantity', amount: 0.05 }, takeProfit: [0.03, 0.04, 0.05] } as const;
    const rungs = thirds.takeProfit.map((ratio) => ({ kind: 'ratio', ratio }) as const);
    for (const stop of [{}, { stopLoss: { kind: 'ratio', ratio: 0.05 } } as const])
      expect(exitOf({ size: thirds.size, takeProfit: rungs, ...stop }, up)).toEqual([
        [2, 103, 0.01, 'take-profit'],
        [2, 104, 0.01, 'take-profit'],
        [2, 105, 0.03, 'take-profit'],
      ]);
    const halves = rungs.slice(1).map((rung) => ({ ...rung, share: 0.5 }));
    expect(exitOf({ size: thirds.size, takeProfit: halves }, up)).toEqual([
      [2, 104, 0.02, 'take-profit'],
      [2, 105, 0.03, 'take-profit'],
    ]);
    const part = rungs.slice(1).map((rung) => ({ ...rung, share: 0.4 }));
    expect(exitOf({ size: thirds.size, takeProfit: part, timeStop: { candles: 2 } }, up)).toEqual([
      [2, 104, 0.02, 'take-profit'],
      [2, 105, 0.02, 'take-profit'],
      [3, 111, 0.01, 'exit: time-stop'],
    ]);
  });

  it('trail the best price, from the entry on or once the profit is there', () => {
    const rise: Prices[] = [calm, [101, 110, 101, 110], [110, 110, 100, 101]];
    expect(exitOf({ trailingStop: { kind: 'ratio', ratio: 0.05 } }, rise)).toEqual([[3, 104.5, 2, 'trailing-stop']]);
    const late: Prices[] = [...rise.slice(0, 2), [110, 112, 109, 111], [111, 111, 100, 101]];
    expect(exitOf({ trailingStop: { kind: 'ratio', ratio: 0.05, from: 0.08 } }, late)).toEqual([
      [4, 106.4, 2, 'trailing-stop'],
    ]);
  });

  it('break even once a candle was far enough in profit', () => {
    const prices: Prices[] = [calm, [101, 106, 101, 105], [105, 105, 99, 99]];
    expect(exitOf({ breakEven: { at: 0.05, offset: 0.01 } }, prices)).toEqual([[3, 101, 2, 'break-even']]);
  });

  it('stop by time and by the table of profits', () => {
    expect(exitOf({ timeStop: { candles: 2 } }, [calm, calm, calm, calm])).toEqual([[3, 100, 2, 'exit: time-stop']]);
    const roi = [
      { after: 0, ratio: 0.1 },
      { after: 3, ratio: 0.004 },
    ];
    expect(exitOf({ roi }, [calm, calm, calm, calm, calm])).toEqual([[4, 100, 2, 'exit: roi']]);
  });
});

describe('further entries and pauses of rules', () => {
  /** Wants in at every candle; leaves at 120. */
  const eager = (part: Partial<StrategyDocument>): StrategyDocument =>
    strategy(undefined, { entry: { long: { when: { compare: ['close', '<', 120] } } }, ...part });
  const flat = (...closes: readonly number[]): Prices[] =>
    closes.map((close, at) => {
      const open = closes[at - 1] ?? close;
      return [open, Math.max(open, close), Math.min(open, close), close];
    });
  const entriesOf = (document: StrategyDocument, prices: readonly Prices[]) =>
    run(document, prices)
      .fills.filter(({ side }) => side === 'buy')
      .map(({ candleIndex }) => candleIndex);

  it('add with the move, or against it, as often as allowed', () => {
    const prices = flat(100, 100, 101, 103, 104, 106, 109, 110);
    expect(entriesOf(eager({ pyramiding: { entriesMax: 3, step: 0.02 } }), prices)).toEqual([1, 4, 6]);
    const down = flat(100, 100, 99, 97, 96, 94, 91, 90);
    const average = eager({ pyramiding: { entriesMax: 3, step: 0.02, averageDown: true } });
    expect(entriesOf(average, down)).toEqual([1, 4, 6]);
    expect(entriesOf(eager({}), prices)).toEqual([1]);
  });

  it('cool down after a trade, and longer after a lost one', () => {
    const won = flat(100, 100, 120, 110, 110, 110, 110, 110, 110);
    // Sold at the open of candle 3.
    expect(entriesOf(eager({}), won)).toEqual([1, 4]);
    expect(entriesOf(eager({ cooldown: { candles: 3 } }), won)).toEqual([1, 7]);
    expect(entriesOf(eager({ cooldown: { afterLoss: 3 } }), won)).toEqual([1, 4]);
    const lost = flat(100, 100, 90, 90, 90, 90, 90, 90, 90);
    const stopLoss = { kind: 'ratio', ratio: 0.05 } as const;
    expect(entriesOf(eager({ stopLoss }), lost)).toEqual([1, 3]);
    expect(entriesOf(eager({ stopLoss, cooldown: { afterLoss: 3 } }), lost)).toEqual([1, 6]);
  });

  it.each([
    ['stop-loss guard', { kind: 'stop-loss-guard', losses: 1, within: 5, pause: 4 }],
    ['greatest drawdown', { kind: 'max-drawdown', ratio: 0.0005, within: 5, pause: 4 }],
    ['low profit', { kind: 'low-profit', trades: 1, within: 5, returnRatio: 0, pause: 4 }],
  ] as const)('pause by the %s', (_name, protection) => {
    const lost = flat(100, 100, 90, 90, 90, 90, 90, 90, 90);
    const stopLoss = { kind: 'ratio', ratio: 0.05 } as const;
    expect(entriesOf(eager({ stopLoss, protections: [protection] }), lost)).toEqual([1, 7]);
    expect(entriesOf(eager({ stopLoss, protections: [{ ...protection, pause: 1 }] }), lost)[1]).toBeLessThan(7);
  });
});

describe('conditions of rules', () => {
  /** Candles at which a condition is true, over closes of falling prices, hour by hour from 1970-01-01 00:00 (a Thursday). */
  const trueAt = (when: StrategyDocument['conditions'][string], closes: readonly number[]): readonly number[] => {
    const prices = closes.map((close): Prices => [close, close + 0.5, close - 0.5, close]);
    const document = strategy(undefined, {
      entry: { long: { when } },
      size: { kind: 'quantity', amount: 1 },
      stopLoss: { kind: 'ratio', ratio: 0.99 },
      pyramiding: { entriesMax: 1_000, averageDown: true, step: 0 },
    });
    return run(document, prices).orders.flatMap(({ request }) =>
      request.parentId === 0 ? [request.createdMs / HOUR - 1] : [],
    );
  };
  const fall = [10, 9, 8, 7, 6, 5, 4, 3, 2];

  it('look back: since, within, during, falling', () => {
    const at = { compare: ['close', '==', 8] } as const;
    expect(trueAt({ compare: [{ since: at }, '==', 3] }, fall)).toEqual([5]);
    expect(trueAt({ within: 3, of: at }, fall)).toEqual([2, 3, 4]);
    expect(trueAt({ during: 2, of: { between: ['close', 4, 8] } }, fall)).toEqual([3, 4, 5, 6]);
    expect(trueAt({ falling: 'close', over: 6 }, fall)).toEqual([6, 7, 8]);
    expect(trueAt({ crossesBelow: ['close', 6.5] }, fall)).toEqual([4]);
  });

  it('count: n of m, all, any, not', () => {
    const below = (level: number) => ({ compare: ['close', '<', level] }) as const;
    const parts = [below(9), below(7), below(3)];
    expect(trueAt({ atLeast: 2, of: parts }, fall)).toEqual([4, 5, 6, 7, 8]);
    expect(trueAt({ all: parts }, fall)).toEqual([8]);
    expect(trueAt({ all: [below(7), { not: below(5) }] }, fall)).toEqual([4, 5]);
    expect(trueAt({ any: [{ compare: ['close', '==', 10] }, below(3)] }, fall)).toEqual([0, 8]);
  });

  it('know the time of day and the weekday', () => {
    expect(trueAt({ time: { from: '02:00', to: '04:00' } }, fall)).toEqual([2, 3]);
    expect(trueAt({ time: { from: '07:00', to: '01:00', weekdays: [4] } }, fall)).toEqual([7, 8]);
    expect(trueAt({ time: { weekdays: [5] } }, fall)).toEqual([]);
  });
});
