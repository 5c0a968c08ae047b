import { Candles, type CandleRow } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import type { Intent, PlaceIntent } from '../messages.js';
import { backtest, type BacktestMarket, type BacktestRecord, type BacktestRules } from '../runner/backtest.js';
import { defineStrategy, NO_INTENTS } from '../runner/strategy.js';

const HOUR = 3_600_000;
type Prices = readonly [open: number, high: number, low: number, close: number, volume?: number];

const candlesOf = (prices: readonly Prices[], stepMs = HOUR): Candles =>
  Candles.fromRows(prices.map(([o, h, l, c, v = 1000], i): CandleRow => [i * stepMs, o, h, l, c, v]));

/** Runs orders given by the index of the candle whose close decides them; no fees unless told. */
function play(
  prices: readonly Prices[],
  orders: Readonly<Record<number, readonly Intent[]>>,
  options: {
    rules?: Partial<BacktestRules>;
    market?: Partial<BacktestMarket>;
    feeBps?: number;
    minNotional?: number;
  } = {},
): BacktestRecord {
  const scripted = defineStrategy({
    id: 'scripted',
    title: 'Scripted',
    params: {},
    warmup: () => 0,
    create: () => ({ onCandle: ({ index }) => orders[index] ?? NO_INTENTS }),
  });
  const feeBps = options.feeBps ?? 0;
  const rules = {
    symbol: 'X/Y',
    tickSize: 0.1,
    lotSize: 0.01,
    minNotional: options.minNotional ?? 1,
    makerFeeBps: feeBps / 2,
    takerFeeBps: feeBps,
  };
  const market: BacktestMarket = { rules, timeframe: '1h', candles: candlesOf(prices), ...options.market };
  const run = backtest({ markets: [market], strategy: scripted, rules: { shorting: true, ...options.rules } });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
}

const order = (more: Partial<PlaceIntent> & Pick<PlaceIntent, 'type'>): PlaceIntent =>
  // The callers below give the prices their type needs.
  ({
    kind: 'place',
    symbol: 'X/Y',
    side: 'buy',
    size: { kind: 'quantity', quantity: 1 },
    tag: 't',
    ...more,
  }) as PlaceIntent;
const sell = { side: 'sell', reduceOnly: true } as const;
const fillsOf = (record: BacktestRecord): readonly (readonly [index: number, price: number, liquidity: string])[] =>
  record.fills.map((fill) => [fill.candleIndex, fill.priceUnits / 10, fill.liquidity]);
const flat: Prices = [100, 101, 99, 100];

describe('paper fills', () => {
  it('market: at the next open', () => {
    expect(fillsOf(play([flat, [102, 103, 101, 102]], { 0: [order({ type: 'market' })] }))).toEqual([
      [1, 102, 'taker'],
    ]);
  });

  it('limit: only when traded through, unless a touch is to be enough', () => {
    const prices: Prices[] = [flat, [100, 101, 98, 100], [100, 101, 97.9, 100]];
    const orders = { 0: [order({ type: 'limit', limitPrice: 98 })] };
    expect(fillsOf(play(prices, orders))).toEqual([[2, 98, 'maker']]);
    expect(fillsOf(play(prices, orders, { rules: { touchFills: true } }))).toEqual([[1, 98, 'maker']]);
  });

  it('limit: through the market on arrival it takes at the open; opened beyond later, at the worst price of the candle', () => {
    const arrives = play([flat, [100, 101, 99, 100]], { 0: [order({ type: 'limit', limitPrice: 105 })] });
    expect(fillsOf(arrives)).toEqual([[1, 100, 'taker']]);
    const gapped = play([flat, flat, [90, 94, 89, 92]], { 0: [order({ type: 'limit', limitPrice: 98 })] });
    expect(fillsOf(gapped)).toEqual([[2, 94, 'maker']]);
  });

  it('stop: at its price, or at the open when the market gaps over it', () => {
    const stop = [order({ type: 'stop', stopPrice: 103 })];
    expect(fillsOf(play([flat, flat, [101, 103, 100, 102]], { 0: stop }))).toEqual([[2, 103, 'taker']]);
    expect(fillsOf(play([flat, flat, [106, 107, 105, 106]], { 0: stop }))).toEqual([[2, 106, 'taker']]);
  });

  it('stop-limit: rests when the market gaps beyond its limit', () => {
    const stopLimit = [order({ type: 'stop-limit', stopPrice: 103, limitPrice: 104 })];
    const prices: Prices[] = [flat, [106, 107, 105, 106], [106, 106, 105, 105], [105, 105, 103.9, 104]];
    expect(fillsOf(play(prices, { 0: stopLimit }))).toEqual([[3, 104, 'maker']]);
    expect(fillsOf(play([flat, [101, 105, 100, 104]], { 0: stopLimit }))).toEqual([[1, 103, 'taker']]);
  });

  it('trailing stop: follows closed candles, not the candle that trips it', () => {
    const prices: Prices[] = [flat, flat, [100, 110, 100, 109], [109, 120, 107, 118]];
    const trailing = order({ type: 'trailing-stop', trail: { kind: 'distance', distance: 2 }, ...sell });
    // Entered at 100; from candle 2 on it trails: open 100, then 110 at most, so it trips at 108 although 120 came.
    const record = play(prices, { 0: [order({ type: 'market' })], 1: [trailing] });
    expect(fillsOf(record)).toEqual([
      [1, 100, 'taker'],
      [3, 108, 'taker'],
    ]);
  });

  const bracket = {
    stop: { kind: 'price', price: 95 },
    targets: [{ at: { kind: 'price', price: 105 }, share: 1 }],
  } as const;

  it('bracket: stop before target when a candle holds both; the other leg is cancelled', () => {
    const record = play([flat, flat, [100, 106, 94, 100], flat], { 0: [order({ type: 'market', bracket })] });
    expect(fillsOf(record).slice(1)).toEqual([[2, 95, 'taker']]);
    expect(record.orders.map(({ status, reason }) => [status, reason])).toEqual([
      ['filled', null],
      ['filled', null],
      ['canceled', 'oco'],
    ]);
  });

  it('bracket: a target counts in the candle whose open filled the entry, not when its inside did', () => {
    const wide: Prices = [100, 106, 97, 100];
    expect(fillsOf(play([flat, wide], { 0: [order({ type: 'market', bracket })] }))[1]).toEqual([1, 105, 'maker']);
    const limit = order({ type: 'limit', limitPrice: 98, bracket });
    expect(fillsOf(play([flat, wide], { 0: [limit] }))).toEqual([[1, 98, 'maker']]);
    const stopped = play([flat, [100, 106, 94, 100]], { 0: [limit] });
    expect(fillsOf(stopped)[1]).toEqual([1, 95, 'taker']);
  });

  it('bracket: finer candles decide what came first', () => {
    const minutes: Prices[] = Array.from({ length: 120 }, (): Prices => [100, 100, 100, 100]);
    minutes[70] = [100, 106, 100, 100];
    minutes[80] = [100, 100, 94, 100];
    const detail = { timeframe: '1m', candles: candlesOf(minutes, 60_000) } as const;
    const record = play(
      [flat, [100, 106, 94, 100]],
      { 0: [order({ type: 'market', bracket })] },
      { market: { detail } },
    );
    expect(fillsOf(record)[1]).toEqual([1, 105, 'maker']);
    expect(record.fills[1]!.timeMs).toBe(70 * 60_000);
  });

  it('ladder: each rung takes its share, the stop protects the rest', () => {
    const ladder = {
      stop: { kind: 'price', price: 95 },
      targets: [
        { at: { kind: 'price', price: 104 }, share: 0.5 },
        { at: { kind: 'price', price: 108 }, share: 0.25 },
      ],
    } as const;
    const prices: Prices[] = [flat, flat, [100, 105, 99, 104], [104, 104, 94, 95]];
    const record = play(prices, { 0: [order({ type: 'market', bracket: ladder })] });
    expect(record.fills.map((fill) => [fill.priceUnits / 10, fill.quantityUnits])).toEqual([
      [100, 100],
      [104, 50],
      [95, 25],
      [95, 25],
    ]);
    expect(record.roundTrips).toHaveLength(1);
    expect(record.roundTrips[0]!.pnl).toBe(0.5 * 4 - 0.5 * 5);
  });

  it('volume cap: the rest of a market order goes on at the next open', () => {
    const prices: Prices[] = [flat, [100, 101, 99, 100, 3], [102, 103, 101, 102, 100]];
    const record = play(prices, { 0: [order({ type: 'market' })] }, { rules: { volumeShareMax: 0.2 } });
    expect(record.fills.map((fill) => [fill.candleIndex, fill.quantityUnits])).toEqual([
      [1, 60],
      [2, 40],
    ]);
  });

  it('a stop that filled in part goes on at once, wherever the price went', () => {
    const prices: Prices[] = [flat, flat, [100, 100, 94, 99, 2], [99, 100, 98, 99, 100]];
    const stop = order({ type: 'stop', stopPrice: 95, ...sell });
    const record = play(prices, { 0: [order({ type: 'market' })], 1: [stop] }, { rules: { volumeShareMax: 0.25 } });
    expect(fillsOf(record).slice(1)).toEqual([
      [2, 95, 'taker'],
      [3, 99, 'taker'],
    ]);
  });

  it('latency: an order waits for the first candle that opens at or after its arrival', () => {
    const orders = { 0: [order({ type: 'market' })] };
    expect(fillsOf(play([flat, flat, flat], orders, { rules: { latencyMs: 1 } }))).toEqual([[2, 100, 'taker']]);
    const minutes: Prices[] = Array.from({ length: 180 }, (_, i): Prices => [100 + i / 10, 120, 99, 100]);
    const detail = { timeframe: '1m', candles: candlesOf(minutes, 60_000) } as const;
    const fine = play([flat, flat, flat], orders, { rules: { latencyMs: 1 }, market: { detail } });
    expect(fillsOf(fine)).toEqual([[1, 106.1, 'taker']]);
  });

  it('slippage: against the trader, rounded away to the tick, within the candle and the limit', () => {
    const bps = { rules: { slippage: { kind: 'bps', bps: 34 } } } as const;
    expect(fillsOf(play([flat, flat], { 0: [order({ type: 'market' })] }, bps))[0]![1]).toBe(100.4);
    const short = [order({ type: 'market', side: 'sell' })];
    expect(fillsOf(play([flat, flat], { 0: short }, bps))[0]![1]).toBe(99.6);
    expect(fillsOf(play([flat, [100, 100.2, 99, 100]], { 0: [order({ type: 'market' })] }, bps))[0]![1]).toBe(100.2);
    const limit = [order({ type: 'limit', limitPrice: 100.1 })];
    expect(fillsOf(play([flat, flat], { 0: limit }, bps))[0]![1]).toBe(100.1);
  });

  it('fees: maker and taker, rounded up to 10^-8', () => {
    const record = play(
      [flat, [100.1, 101, 97, 100]],
      {
        0: [
          order({ type: 'market', size: { kind: 'quantity', quantity: 0.37 } }),
          order({ type: 'limit', limitPrice: 98 }),
        ],
      },
      { feeBps: 7 },
    );
    expect(record.fills.map((fill) => fill.feeE8)).toEqual([Math.round(100.1 * 0.37 * 7e4), 98 * 3.5e4]);
  });

  it('spend: the most whole lots that money buys, fee included', () => {
    const spend = order({ type: 'market', size: { kind: 'spend', quote: 1000 } });
    const record = play([flat, flat], { 0: [spend] }, { feeBps: 10 });
    expect(record.fills[0]!.quantityUnits).toBe(999);
    expect(record.orders[0]!.status).toBe('filled');
  });

  it('spend: a sum that buys less than the least notional is refused, as the same quantity is', () => {
    const asked = (quote: number): (string | null)[] => {
      const { refusals, fills } = play(
        [flat, flat],
        { 0: [order({ type: 'market', size: { kind: 'spend', quote } })] },
        { feeBps: 10, minNotional: 50 },
      );
      return fills.length > 0 ? [] : refusals.map(({ reason }) => reason);
    };
    expect(asked(60)).toEqual([]);
    expect(asked(49)).toEqual(['below-min-notional']);
    // What remains beside the fee buys no 0.5 of it.
    expect(asked(50.01)).toEqual(['below-min-notional']);
  });

  it('funds: reserved by working orders, checked again at the fill', () => {
    const big = (more: Partial<PlaceIntent>): PlaceIntent =>
      order({ type: 'limit', limitPrice: 90, size: { kind: 'quantity', quantity: 60 }, ...more } as never);
    const reserved = play([flat, flat], { 0: [big({}), big({})] }, { rules: { shorting: false } });
    expect(reserved.refusals.map(({ reason }) => reason)).toEqual(['insufficient-funds']);
    const all = order({ type: 'market', size: { kind: 'quantity', quantity: 100 } });
    const gap = play([flat, [101, 102, 100, 101]], { 0: [all] });
    expect([gap.fills.length, gap.orders[0]!.status, gap.orders[0]!.reason]).toEqual([
      0,
      'rejected',
      'insufficient-funds',
    ]);
  });

  it('a spot account neither goes short nor sells more than it holds', () => {
    const twice = {
      0: [order({ type: 'market' })],
      1: [order({ type: 'market', side: 'sell' }), order({ type: 'market', side: 'sell' })],
    };
    const record = play([flat, flat, flat], twice, { rules: { shorting: false } });
    expect(record.fills).toHaveLength(2);
    const naked = play([flat, flat], { 0: [order({ type: 'market', side: 'sell' })] }, { rules: { shorting: false } });
    expect(naked.refusals[0]!.reason).toBe('shorting-off');
  });

  it('one fill that turns a position ends one trip and begins the next, fees shared out', () => {
    const turn = order({ type: 'market', side: 'sell', size: { kind: 'quantity', quantity: 3 } });
    const back = order({ type: 'market', size: { kind: 'position' } });
    const prices: Prices[] = [flat, flat, [110, 111, 109, 110], [100, 101, 99, 100]];
    const record = play(prices, { 0: [order({ type: 'market' })], 1: [turn], 2: [back] }, { feeBps: 10 });
    expect(record.roundTrips.map(({ direction, quantity, pnl }) => [direction, quantity, pnl])).toEqual([
      ['long', 1, 9.79],
      ['short', 2, 19.58],
    ]);
  });

  it('leverage: liquidated where equity is the maintenance share of the position, at the open if it gaps', () => {
    const rules = { cash: 1000, leverage: 10, maintenanceRatio: 0.05, liquidationFeeBps: 100 };
    const ten = { 0: [order({ type: 'market', size: { kind: 'quantity', quantity: 90 } })] };
    // −8000 + 90 p = 0.05 × 90 p at p = 93.567…, down to the tick.
    const inside = play([flat, flat, [100, 100, 90, 95]], ten, { rules });
    expect(fillsOf(inside)[1]).toEqual([2, 93.5, 'taker']);
    expect(inside.carry).toBe(84.15);
    const gapped = play([flat, flat, [92, 93, 90, 91]], ten, { rules });
    expect(fillsOf(gapped)[1]).toEqual([2, 92, 'taker']);
  });

  it('short: borrowing and funding are charged on its value', () => {
    const short = { 0: [order({ type: 'market', side: 'sell' })] };
    const borrowed = play([flat, flat, flat], short, { rules: { borrowRatioPerDay: 0.24 } });
    expect(borrowed.carry).toBe(2);
    const funding: BacktestMarket['funding'] = [[2 * HOUR, 0.01]];
    expect(play([flat, flat, flat], short, { market: { funding } }).carry).toBe(-1);
    // In from hour 1 on; the last candle opens at hour 16: two payments, the first at 00:00 met nothing.
    const long = Array.from({ length: 17 }, () => flat);
    expect(play(long, short, { market: { funding: 0.01 } }).carry).toBe(-2);
    expect(play(long, short, { market: { funding: -0.01 } }).carry).toBe(2);
  });
});

describe('what cannot run is refused by name', () => {
  const candles = candlesOf([flat]);
  const hold = defineStrategy({
    id: 'h',
    title: 'h',
    params: {},
    warmup: () => 0,
    create: () => ({ onCandle: () => NO_INTENTS }),
  });
  const rules = { symbol: 'X/Y', tickSize: 0.1, lotSize: 0.01, minNotional: 1, makerFeeBps: 0, takerFeeBps: 0 };
  const faultOf = (market: Partial<BacktestMarket>, more: Partial<BacktestRules> = {}): unknown => {
    const run = backtest({ markets: [{ rules, timeframe: '1h', candles, ...market }], strategy: hold, rules: more });
    return run.ok ? null : run.error;
  };

  it('bad rules, markets, candles and parameters', () => {
    expect(faultOf({})).toBeNull();
    expect(faultOf({ candles: new Candles(1) })).toEqual({ kind: 'no-candles', symbol: 'X/Y' });
    expect(faultOf({ candles: candlesOf([flat, [1, 2, NaN, 1]]) })).toMatchObject({ kind: 'bad-candle', index: 1 });
    expect(faultOf({ rules: { ...rules, tickSize: 0 } })).toMatchObject({ kind: 'bad-instrument', field: 'tickSize' });
    expect(faultOf({ detail: { timeframe: '4h', candles } })).toMatchObject({ kind: 'bad-detail' });
    const late: BacktestMarket['funding'] = [
      [HOUR, 0],
      [HOUR, 0],
    ];
    expect(faultOf({ funding: late })).toMatchObject({ kind: 'bad-funding', reason: 'times must rise' });
    expect(faultOf({ funding: 1 })).toMatchObject({ kind: 'bad-funding', reason: 'ratios must lie in -1..1' });
    expect(faultOf({ funding: [[HOUR, NaN]] })).toMatchObject({ kind: 'bad-funding' });
    expect(faultOf({}, { leverage: NaN })).toMatchObject({ kind: 'bad-rule', field: 'leverage' });
    expect(faultOf({}, { slippage: { kind: 'bps', bps: -1 } })).toMatchObject({ kind: 'bad-rule', field: 'slippage' });
    const run = backtest({ markets: [{ rules, timeframe: '1h', candles }], strategy: hold, params: { speed: 1 } });
    expect(run).toMatchObject({ ok: false, error: { kind: 'bad-params', issues: [{}] } });
  });

  describe('what the ledger cannot count exactly is refused, never rounded and never a crash', () => {
    const reasons = (record: BacktestRecord): (string | null)[] => [
      ...record.refusals.map(({ reason }) => reason),
      ...record.orders.map(({ reason }) => reason),
    ];
    const rules = { cash: 80_000_000, leverage: 3 };

    it('a sum beyond 90 million quote, wished or come to at the fill', () => {
      const spend = order({ type: 'market', size: { kind: 'spend', quote: 240_000_000 } });
      expect(reasons(play([flat, flat], { 0: [spend] }, { rules, feeBps: 10 }))).toEqual(['too-large']);
      const quantity = order({ type: 'market', size: { kind: 'quantity', quantity: 800_000 } });
      expect(reasons(play([flat, [120, 121, 119, 120]], { 0: [quantity] }, { rules, feeBps: 10 }))).toEqual([
        'too-large',
      ]);
      expect(play([flat, flat], { 0: [quantity] }, { rules, feeBps: 10 }).fills).toHaveLength(1);
    });

    it('a quantity or price of more units than a float64 holds', () => {
      const wishes = [
        order({ type: 'market', size: { kind: 'quantity', quantity: 1e300 } }),
        order({ type: 'limit', limitPrice: 1e300 }),
        order({ type: 'stop', stopPrice: 1e16 }),
      ];
      expect(reasons(play([flat, flat], { 0: wishes }))).toEqual(['too-large', 'too-large', 'too-large']);
    });

    it('a coin so cheap that the money buys more than can be counted: as much as can be', () => {
      const market = {
        rules: {
          symbol: 'X/Y',
          tickSize: 1e-8,
          lotSize: 1e-8,
          minNotional: 0,
          makerFeeBps: 0,
          takerFeeBps: 0,
        },
      };
      const cheap: Prices = [1e-7, 1e-7, 1e-7, 1e-7];
      const spend = order({ type: 'market', size: { kind: 'spend', quote: 1_000 } });
      const { fills, orders } = play([cheap, cheap, cheap], { 0: [spend], 1: [spend] }, { market });
      expect(fills.map(({ quantityUnits }) => quantityUnits)).toEqual([9e15]);
      expect(orders.map(({ reason }) => reason)).toEqual([null, 'too-large']);
    });
  });
});
