import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Candles, copyColumns, type CandleRow, type Gap } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesOfTrades, tradesOf, tradeWalk, type TradeRow } from '../../golden/tape.js';
import { rulesOf } from '../../golden/walk.js';
import { chance, wildStrategy } from '../../golden/wild-strategy.js';
import type { Intent, PlaceIntent } from '../messages.js';
import { proveStrategy } from '../proof/prove-strategy.js';
import { prepareBacktest, type Backtest, type BacktestMarket, type BacktestRules } from './backtest.js';
import { runBacktest } from './run.js';
import { dataHashOf } from './run-hash.js';
import type { RunMarket } from './run-types.js';
import { defineStrategy, NO_INTENTS } from './strategy.js';

const MINUTE = 60_000;
const FREE = { tickSize: 0.01, lotSize: 0.001, minNotional: 1, makerFeeBps: 0, takerFeeBps: 0 };

const scripted = (orders: Readonly<Record<number, readonly Intent[]>>) =>
  defineStrategy({
    id: 'scripted',
    title: 'Scripted',
    params: {},
    warmup: () => 0,
    create: () => ({ onCandle: ({ index }) => orders[index] ?? NO_INTENTS }),
  });

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

/** A first candle to decide on, then one minute of trades; all within the first 10 minutes is covered unless told. */
function play(
  rows: readonly TradeRow[],
  intents: readonly Intent[],
  more: { rules?: Partial<BacktestRules>; market?: Partial<BacktestMarket>; covered?: readonly Gap[] } = {},
): Backtest {
  const covered: readonly Gap[] = more.covered ?? [[0, 10 * MINUTE]];
  const all = tradesOf([[0, 100, 1], ...rows]);
  const kept = rows.filter(([at]) => covered.some(([from, to]) => at >= from && at < to));
  const prepared = prepareBacktest({
    markets: [
      {
        rules: { symbol: 'X/Y', ...FREE },
        timeframe: '1m',
        candles: candlesOfTrades(all, MINUTE),
        trades: { trades: tradesOf(covered[0]?.[0] === 0 ? [[0, 100, 1], ...kept] : kept), covered },
        ...more.market,
      },
    ],
    strategy: scripted({ 0: intents }),
    rules: { shorting: true, ...more.rules },
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  prepared.value.advance();
  return prepared.value;
}

const fillsOf = (backtest: Backtest): readonly (readonly [timeMs: number, price: number, quantity: number])[] =>
  backtest.record().fills.map((fill) => [fill.timeMs - MINUTE, fill.priceUnits / 100, fill.quantityUnits / 1000]);

/** Trades of the second minute, by the ms since its beginning. */
const after = (...rows: readonly (readonly [ms: number, price: number, quantity?: number])[]): TradeRow[] =>
  rows.map(([ms, price, quantity = 5]) => [MINUTE + ms, price, quantity]);

const bracket = {
  stop: { kind: 'price', price: 98 },
  targets: [{ at: { kind: 'price', price: 103 }, share: 1 }],
} as const;

describe('trades decide what happened inside a candle', () => {
  it('the target that was reached before the stop is the one that fills, and the other way round', () => {
    const targetFirst = play(after([10, 100], [20, 103.01], [30, 97.5]), [order({ type: 'market', bracket })]);
    expect(fillsOf(targetFirst)).toEqual([
      [10, 100, 1],
      [20, 103, 1],
    ]);
    expect(targetFirst.intrabar).toEqual({ trades: 1, detail: 0, candles: 0 });
    const stopFirst = play(after([10, 100], [20, 97.5], [30, 103.01]), [order({ type: 'market', bracket })]);
    // The first trade at or beyond the stop is what it gets, not the stop's own price.
    expect(fillsOf(stopFirst)).toEqual([
      [10, 100, 1],
      [20, 97.5, 1],
    ]);
  });

  it('trades of one millisecond keep their order', () => {
    const up = play(after([10, 100], [20, 103.01], [20, 97]), [order({ type: 'market', bracket })]);
    expect(fillsOf(up).at(-1)).toEqual([20, 103, 1]);
    const down = play(after([10, 100], [20, 97], [20, 103.01]), [order({ type: 'market', bracket })]);
    expect(fillsOf(down).at(-1)).toEqual([20, 97, 1]);
  });

  it('a limit fills when traded through, at its own price; touched only if that is to be enough', () => {
    const limit = [order({ type: 'limit', limitPrice: 99 })];
    expect(fillsOf(play(after([1, 100], [2, 99], [3, 98.5], [4, 100]), limit))).toEqual([[3, 99, 1]]);
    expect(fillsOf(play(after([1, 100], [2, 99], [3, 98.5]), limit, { rules: { touchFills: true } }))).toEqual([
      [2, 99, 1],
    ]);
    // Through the market on arrival it takes what is there.
    expect(fillsOf(play(after([1, 98.2], [2, 97]), limit))).toEqual([[1, 98.2, 1]]);
  });

  it('a trailing stop follows trade by trade', () => {
    const trail = { kind: 'distance', distance: 2 } as const;
    const entry = order({ type: 'market', bracket: { trail } });
    const run = play(after([1, 100], [2, 104], [3, 102.5], [4, 102], [5, 99]), [entry]);
    expect(fillsOf(run)).toEqual([
      [1, 100, 1],
      [4, 102, 1],
    ]);
  });

  it('latency counts in trades: the first at or after the arrival', () => {
    const late = play(after([10, 100], [249, 101], [250, 102], [251, 103]), [order({ type: 'market' })], {
      rules: { latencyMs: 250 },
    });
    expect(fillsOf(late)).toEqual([[250, 102, 1]]);
  });

  it('the volume cap is a share of each trade; the rest waits for the next', () => {
    const capped = play(after([1, 100, 2], [2, 101, 1], [3, 102, 20]), [order({ type: 'market' })], {
      rules: { volumeShareMax: 0.1 },
    });
    expect(fillsOf(capped)).toEqual([
      [1, 100, 0.2],
      [2, 101, 0.1],
      [3, 102, 0.7],
    ]);
  });

  it('slippage is that of the whole candle and stays inside it', () => {
    const slip = (bps: number): unknown =>
      fillsOf(
        play(after([1, 100], [2, 102]), [order({ type: 'market' })], { rules: { slippage: { kind: 'bps', bps } } }),
      );
    expect(slip(50)).toEqual([[1, 100.5, 1]]);
    expect(slip(900)).toEqual([[1, 102, 1]]);
  });

  it('a short goes at the trade that takes its margin', () => {
    const short = order({ type: 'market', side: 'sell', size: { kind: 'quantity', quantity: 190 } });
    const run = play(after([1, 100], [2, 130], [3, 152], [4, 149]), [short], { rules: { leverage: 2 } });
    const last = run.record().fills.at(-1)!;
    expect([last.tag, last.timeMs - MINUTE, last.priceUnits / 100]).toEqual(['liquidation', 3, 152]);
  });

  it('without a trade nothing fills', () => {
    const candles = Candles.fromRows([
      [0, 100, 100, 100, 100, 1],
      [MINUTE, 100, 100, 100, 100, 0],
      [2 * MINUTE, 101, 101, 101, 101, 1],
    ]);
    const trades = {
      trades: tradesOf([
        [0, 100, 1],
        [2 * MINUTE + 7, 101, 1],
      ]),
      covered: [[0, 3 * MINUTE]] as const,
    };
    expect(fillsOf(play([], [order({ type: 'market' })], { market: { candles, trades } }))).toEqual([
      [MINUTE + 7, 101, 1],
    ]);
  });
});

describe('where trades are not all there', () => {
  const rows = after([10, 100], [20, 103.01], [30, 97.5]);
  const stopped = [
    [0, 100, 1],
    [0, 98, 1],
  ];

  it('an uncovered candle is decided against the trader', () => {
    const run = play(rows, [order({ type: 'market', bracket })], { covered: [[0, MINUTE + 25]] });
    expect(fillsOf(run)).toEqual(stopped);
    expect(run.intrabar).toEqual({ trades: 0, detail: 0, candles: 1 });
  });

  it('or by finer candles', () => {
    const one: CandleRow = [0, 100, 103.01, 97.5, 97.5, 16];
    const candles = Candles.fromRows([[-5 * MINUTE, 100, 100, 100, 100, 1], [...one]]);
    const fine = Candles.fromRows([
      [0, 100, 103.01, 100, 103, 10],
      [MINUTE, 103, 103, 97.5, 97.5, 6],
    ]);
    const run = play(rows, [order({ type: 'market', bracket })], {
      covered: [[2 * MINUTE, 3 * MINUTE]],
      market: { candles, timeframe: '5m', detail: { timeframe: '1m', candles: fine } },
    });
    expect(run.record().fills.map(({ priceUnits }) => priceUnits / 100)).toEqual([100, 103]);
    expect(run.intrabar).toEqual({ trades: 0, detail: 1, candles: 0 });
  });

  it.each([
    ['its low is missing', [1, 100, 103.01, 97.4, 100, 15]],
    ['its high is missing', [1, 100, 103.02, 97.5, 100, 15]],
    ['part of its volume is missing', [1, 100, 103.01, 97.5, 100, 15.1]],
  ] as const)('a candle that is covered, but %s', (_, [, ...row]) => {
    const candles = Candles.fromRows([[0, 100, 100, 100, 100, 1], [MINUTE, ...row] as CandleRow]);
    const run = play(rows, [order({ type: 'market', bracket })], { market: { candles } });
    expect(run.record().fills.map(({ priceUnits }) => priceUnits / 100)).toEqual([100, 98]);
    expect(run.intrabar).toEqual({ trades: 0, detail: 0, candles: 1 });
  });

  it('trades that contradict their candle, or are no tape, are refused by name', () => {
    const candles = Candles.fromRows([[0, 100, 100, 99, 100, 1]]);
    const faultOf = (tape: BacktestMarket['trades'] & object): unknown => {
      const made = prepareBacktest({
        markets: [{ rules: { symbol: 'X/Y', ...FREE }, timeframe: '1m', candles, trades: tape }],
        strategy: scripted({}),
      });
      return made.ok ? null : made.error;
    };
    const covered = [[0, MINUTE]] as const;
    expect(faultOf({ trades: tradesOf([[5, 98.9, 1]]), covered })).toEqual({
      kind: 'bad-trades',
      symbol: 'X/Y',
      reason: 'a trade at 5 has the price 98.9, its candle of 0 lies in 99..100',
    });
    const rising = {
      trades: tradesOf([
        [5, 99, 1],
        [4, 99, 1],
      ]),
      covered,
    };
    expect(faultOf(rising)).toMatchObject({ reason: 'trade 1: time falls' });
    const outside = { trades: tradesOf([[MINUTE, 99, 1]]), covered };
    expect(faultOf(outside)).toMatchObject({ reason: 'trade 0: lies in no covered range' });
    expect(faultOf({ trades: tradesOf([[5, NaN, 1]]), covered })).toMatchObject({ reason: /price/ });
    expect(faultOf({ trades: tradesOf([[5, 99, 0]]), covered })).toMatchObject({ reason: /quantity/ });
    const twice = {
      trades: tradesOf([]),
      covered: [
        [0, 5],
        [5, 9],
      ] as const,
    };
    expect(faultOf(twice)).toMatchObject({ reason: 'range 1 does not rise' });
    expect(faultOf({ trades: tradesOf([[5, 99, 1]]), covered })).toBeNull();
  });
});

const ruleSets: readonly Partial<BacktestRules>[] = [
  {},
  { shorting: true, slippage: { kind: 'bps', bps: 7 }, borrowRatioPerDay: 0.001 },
  { shorting: true, leverage: 5, maintenanceRatio: 0.05, liquidationFeeBps: 50, volumeShareMax: 0.1 },
  { slippage: { kind: 'square-root', coefficient: 0.5 }, volumeShareMax: 0.3, latencyMs: 250 },
  { touchFills: true, shorting: true, leverage: 3, slippage: { kind: 'volume-share', impact: 0.1 } },
];

const worlds = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  rules: fc.constantFrom(...ruleSets),
  // Each part of an entry has exits of its own: small worlds, or thousands of orders meet thousands of trades.
  count: fc.integer({ min: 50, max: 500 }),
  /** Share of the time from which on trades are missing. */
  until: fc.constantFrom(1, 0.5),
});

function worldOf({ seed, count, until }: { seed: number; count: number; until: number }): BacktestMarket {
  const whole = tradeWalk(seed, count);
  const candles = candlesOfTrades(whole.trades, MINUTE);
  const toMs = Math.ceil(whole.trades.time[count - 1]! * until) + 1;
  const trades = until === 1 ? whole : tradeWalk(seed, count, [[0, toMs]]);
  return { rules: rulesOf('A/USDT'), timeframe: '1m', candles, trades };
}

function prepare(market: BacktestMarket, seed: number, rules: Partial<BacktestRules>): Backtest {
  const prepared = prepareBacktest({ markets: [market], strategy: wildStrategy, params: { seed }, rules });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return prepared.value;
}

describe('whatever a strategy orders', () => {
  it('fills happen at trades, in time, inside the candle, within the share, and no unit of money is lost', () => {
    let byTrades = 0;
    fc.assert(
      fc.property(worlds, ({ seed, rules, ...more }) => {
        const market = worldOf({ seed, ...more });
        const { candles } = market;
        const { trades, covered } = market.trades!;
        const run = prepare(market, seed, rules);
        run.advance();
        const { fills, orders } = run.record();
        const tradedAt = new Map<number, { quantity: number; low: number; high: number }>();
        for (let i = 0; i < trades.length; i++) {
          const at = tradedAt.get(trades.time[i]!) ?? { quantity: 0, low: Infinity, high: 0 };
          at.quantity += trades.quantity[i]!;
          at.low = Math.min(at.low, trades.price[i]!);
          at.high = Math.max(at.high, trades.price[i]!);
          tradedAt.set(trades.time[i]!, at);
        }
        const taken = new Map<number, number>();
        const filled = new Map<number, number>();
        let cash = 10_000n * 10n ** 8n;
        for (const fill of fills) {
          const price = fill.priceUnits / 100;
          const openMs = candles.time[fill.candleIndex]!;
          expect(price).toBeGreaterThanOrEqual(candles.low[fill.candleIndex]!);
          expect(price).toBeLessThanOrEqual(candles.high[fill.candleIndex]!);
          filled.set(fill.orderId, (filled.get(fill.orderId) ?? 0) + fill.quantityUnits);
          const notional = BigInt(fill.priceUnits) * BigInt(fill.quantityUnits) * 1000n;
          cash += (fill.side === 'buy' ? -notional : notional) - BigInt(fill.feeE8);
          const request = fill.orderId === 0 ? null : orders[fill.orderId - 1]!.request;
          if (request && request.parentId === 0)
            expect(fill.timeMs).toBeGreaterThanOrEqual(request.createdMs + (rules.latencyMs ?? 0));
          if (openMs + MINUTE > covered[0]![1]) continue;
          byTrades++;
          const at = tradedAt.get(fill.timeMs);
          expect(at).toBeDefined();
          expect(Math.floor(fill.timeMs / MINUTE) * MINUTE).toBe(openMs);
          taken.set(fill.timeMs, (taken.get(fill.timeMs) ?? 0) + (fill.orderId === 0 ? 0 : fill.quantityUnits / 1000));
          if (fill.liquidity === 'taker' && (rules.slippage?.kind ?? 'none') === 'none' && fill.orderId !== 0) {
            expect(price).toBeGreaterThanOrEqual(at!.low);
            expect(price).toBeLessThanOrEqual(at!.high);
          }
          if (fill.liquidity === 'maker') {
            // Never better than its limit, and only when the market went there.
            const limit = request!.limitUnits / 100;
            if (fill.side === 'buy') expect(at!.low).toBeLessThanOrEqual(limit);
            else expect(at!.high).toBeGreaterThanOrEqual(limit);
            if (rules.touchFills !== true) expect(fill.side === 'buy' ? at!.low < limit : at!.high > limit).toBe(true);
          }
        }
        if (rules.volumeShareMax)
          for (const [timeMs, quantity] of taken)
            expect(quantity).toBeLessThanOrEqual(tradedAt.get(timeMs)!.quantity * rules.volumeShareMax + 1e-9);
        for (const { request, filledUnits } of orders) {
          expect(filled.get(request.id) ?? 0).toBe(filledUnits);
          if (request.quantityUnits > 0) expect(filledUnits).toBeLessThanOrEqual(request.quantityUnits);
        }
        const { portfolio } = run.session;
        const exact = portfolio.exactCash;
        const carryE8 = BigInt(Math.round(portfolio.carry * 1e8));
        expect(exact.units * 10n ** BigInt(8 - Math.min(8, exact.scale))).toBe(
          (cash - carryE8) * 10n ** BigInt(Math.max(0, exact.scale - 8)),
        );
      }),
      { numRuns: 150 },
    );
    expect(byTrades).toBeGreaterThan(500);
  });

  it('a run candle by candle is the run in one go, and what comes later changes nothing', () => {
    fc.assert(
      fc.property(worlds, ({ seed, rules, ...more }) => {
        const market = worldOf({ seed, ...more });
        const whole = prepare(market, seed, rules);
        whole.advance();
        const stepwise = prepare(market, seed, rules);
        while (stepwise.advance(1) > 0);
        expect(stepwise.record()).toEqual(whole.record());
        expect(stepwise.intrabar).toEqual(whole.intrabar);
        const half = { ...market, candles: copyColumns(market.candles, 0, market.candles.length >> 1) };
        const part = prepare(half, seed, rules);
        part.advance();
        const { fills } = part.record();
        expect(whole.record().fills.slice(0, fills.length)).toEqual(fills);
      }),
      { numRuns: 40 },
    );
  });

  it('trades that walk the worse path tick by tick give what the candle alone gives', () => {
    let exits = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const rows: TradeRow[] = [];
        for (let i = 0, cents = 1_000; i < 60; i++) {
          const draw = (salt: number): number => Math.floor(chance(seed, i, salt) * 12);
          // A gap up may open beyond a target: trades know that it was first, the candle does not.
          const open = cents - (draw(0) === 0 ? draw(1) : 0);
          const path = [open, open - draw(2), open + draw(3), open + draw(4) - 6];
          path[1] = Math.min(path[1]!, path[3]!);
          path[2] = Math.max(path[2]!, path[3]!);
          const walked = [open];
          for (const goal of path)
            while (walked.at(-1) !== goal) walked.push(walked.at(-1)! + Math.sign(goal - walked.at(-1)!));
          walked.forEach((price, at) => rows.push([i * MINUTE + at, price / 100, 1]));
          cents = path[3]!;
        }
        const trades = tradesOf(rows);
        const candles = candlesOfTrades(trades, MINUTE);
        // Long only, entered at the open: for these the low before the high is the worse order.
        const strategy = defineStrategy({
          id: 'brackets',
          title: 'Brackets',
          params: {},
          warmup: () => 0,
          create: () => ({
            onCandle: ({ index, position, symbol }) =>
              position > 0 || chance(seed, index, 9) < 0.5
                ? NO_INTENTS
                : [
                    order({
                      type: 'market',
                      symbol,
                      bracket: {
                        stop: { kind: 'offset', ratio: 0.004 + chance(seed, index, 10) * 0.01 },
                        targets: [
                          { at: { kind: 'offset', ratio: 0.002 + chance(seed, index, 11) * 0.01 }, share: 0.5 },
                          { at: { kind: 'offset', ratio: 0.004 + chance(seed, index, 12) * 0.01 }, share: 0.5 },
                        ],
                      },
                    }),
                  ],
          }),
        });
        const market = { rules: { ...FREE, symbol: 'X/Y' }, timeframe: '1m', candles } as const;
        const outcome = (more: Partial<BacktestMarket>): unknown => {
          const prepared = prepareBacktest({ markets: [{ ...market, ...more }], strategy });
          if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
          prepared.value.advance();
          const { fills, equity } = prepared.value.record();
          exits += fills.filter(({ side }) => side === 'sell').length;
          return [fills.map(({ timeMs: _, ...fill }) => fill), [...equity]];
        };
        const last = candles.time[candles.length - 1]! + MINUTE;
        expect(outcome({ trades: { trades, covered: [[0, last]] } })).toEqual(outcome({}));
      }),
      { numRuns: 100 },
    );
    expect(exits).toBeGreaterThan(500);
  });
});

describe('a run with trades', () => {
  const walk = tradeWalk(7, 20_000);
  const candles = candlesOfTrades(walk.trades, 5 * MINUTE);
  const market: RunMarket = {
    ...{ exchange: 'file', symbol: 'X/Y', tickSize: 0.01, lotSize: 0.001, minNotional: 5 },
    candles,
    trades: walk,
  };
  const { trades: _trades, ...plain } = market;
  const input = { strategy: wildStrategy, params: { seed: 3 }, markets: [market], timeframe: '5m' } as const;

  it('says what decided, names trades in its setup, and its hashes cover them', () => {
    const run = runBacktest(input);
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    expect(run.value.setup.detailTrades).toBe(true);
    expect(run.value.intrabar!.trades).toBeGreaterThan(50);
    expect(run.value.intrabar).toMatchObject({ detail: 0, candles: 0 });
    const without = runBacktest({ ...input, markets: [plain] });
    if (!without.ok) throw new Error(JSON.stringify(without.error));
    expect(without.value.setup).not.toHaveProperty('detailTrades');
    expect(without.value).not.toHaveProperty('intrabar');
    expect(without.value.resultHash).not.toBe(run.value.resultHash);
    const other = { ...walk, trades: { ...walk.trades, quantity: walk.trades.quantity.slice() } };
    other.trades.quantity[3] = 77;
    const hashes = [market, plain, { ...market, trades: other }, { ...market, trades: { ...walk, covered: [] } }];
    expect(new Set(hashes.map((one) => dataHashOf([one]))).size).toBe(4);
  });

  it('is proven without bias: the future of the trades does not count', () => {
    const proof = proveStrategy(input);
    if (!proof.ok) throw new Error(JSON.stringify(proof.error));
    expect(proof.value.checks.filter(({ kind }) => kind === 'look-ahead')).toEqual([
      expect.objectContaining({ passed: true }),
    ]);
  });
});

it('real trades make up the exchange’s own candles, so that each of these is decided by them', () => {
  const fixture = (name: string): Buffer =>
    readFileSync(new URL(`../../../../fixtures/exchange/${name}`, import.meta.url));
  const lines = gunzipSync(fixture('binance_btcusdt_trades_2024-08-08.jsonl.gz')).toString().trim().split('\n');
  const rows = lines.map((line): TradeRow => {
    const { data } = JSON.parse(line.slice(line.indexOf(' ') + 1)) as { data: { T: number; p: string; q: string } };
    return [data.T, Number(data.p), Number(data.q)];
  });
  const csv = fixture('binance_btcusdt_1m_2024-08-08.csv').toString().trim().split('\n').slice(1);
  const candles = Candles.fromRows(csv.map((line) => line.split(',').map(Number) as unknown as CandleRow));
  const [fromMs, toMs] = [candles.time[0]!, candles.time[9]! + MINUTE];
  const trades = tradesOf(rows.filter(([timeMs]) => timeMs >= fromMs && timeMs < toMs));
  const market: BacktestMarket = {
    rules: { ...rulesOf('A/USDT'), symbol: 'BTC/USDT' },
    timeframe: '1m',
    candles,
    trades: { trades, covered: [[fromMs, toMs]] },
  };
  // An order that arrives and never fills: each candle after the first has something to decide.
  const bid = order({ type: 'limit', symbol: 'BTC/USDT', size: { kind: 'spend', quote: 100 }, limitPrice: 1 });
  const buys = scripted(Object.fromEntries(csv.map((_, index) => [index, [bid]])));
  const prepared = prepareBacktest({ markets: [market], strategy: buys });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  prepared.value.advance();
  expect(trades.length).toBeGreaterThan(5_000);
  expect(prepared.value.intrabar).toEqual({ trades: 9, detail: 0, candles: 0 });
});
