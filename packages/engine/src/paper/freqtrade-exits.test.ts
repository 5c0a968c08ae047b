import { Candles, type CandleRow } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import type { Bracket, Intent, RoundTrip } from '../messages.js';
import { backtest } from '../runner/backtest.js';
import { defineStrategy, NO_INTENTS } from '../runner/strategy.js';

/*
 * What freqtrade's documentation says of exits in a backtest ("Assumptions made by backtesting"; in our words and
 * with numbers of our own), where we mean the same:
 *  - an entry and an exit signal fill at the open of the next candle, the signal's exit before any stop of that candle;
 *  - a stop-loss leaves exactly at its price however low the candle went, and costs both fees on top;
 *  - of a stop-loss and a target in one candle the stop-loss counts;
 *  - a target (there: ROI) leaves at its price however high the candle went;
 *  - a target counts before a trailing stop that the same candle would only have raised.
 * Where we differ, always to the trader's disadvantage:
 *  - a candle that opens beyond the stop and comes back to it leaves at the open; there at the stop's price;
 *  - a trailing stop follows finished candles; there the high of a candle raises it before that candle's low is looked at;
 *  - a limit target must be traded through, not only touched; a candle that opens beyond it pays the worst price of it.
 */

type Prices = readonly [open: number, high: number, low: number, close: number];

/** Buys 1 at the open of candle 1 (100), with `bracket`; sells by signal at candle `exitAt`'s close. */
function play(prices: readonly Prices[], bracket: Bracket, { exitAt = -1, feeBps = 0 } = {}): RoundTrip | undefined {
  const size = { kind: 'quantity', quantity: 1 } as const;
  const orders: Readonly<Record<number, readonly Intent[]>> = {
    0: [{ kind: 'place', type: 'market', symbol: 'X/Y', side: 'buy', size, tag: 'enter', bracket }],
    [exitAt]: [
      { kind: 'place', type: 'market', symbol: 'X/Y', side: 'sell', size: { kind: 'position' }, tag: 'exit signal' },
    ],
  };
  const strategy = defineStrategy({
    id: 'scripted',
    title: 'Scripted',
    params: {},
    warmup: () => 0,
    create: () => ({ onCandle: ({ index }) => orders[index] ?? NO_INTENTS }),
  });
  const candles = Candles.fromRows(
    [[100, 101, 99, 100] as const, ...prices].map((p, i): CandleRow => [i * 3_600_000, ...p, 1]),
  );
  const rules = {
    symbol: 'X/Y',
    tickSize: 0.01,
    lotSize: 0.01,
    minNotional: 1,
    makerFeeBps: feeBps,
    takerFeeBps: feeBps,
  };
  const run = backtest({ markets: [{ rules, timeframe: '1h', candles }], strategy });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value.roundTrips[0];
}

const stop = (ratio: number): Bracket => ({ stop: { kind: 'offset', ratio } });
const target = (ratio: number) => [{ at: { kind: 'offset', ratio } as const, share: 1 }];
const calm: Prices = [100, 101, 99, 100];

const outcomes = (trip: RoundTrip | undefined) => trip && [trip.exitTag, trip.exitIndex, trip.exitPrice];

describe('exits as freqtrade documents them', () => {
  it('enters at the open of the next candle, leaves on a signal at the open of the next', () => {
    const trip = play([[100, 103, 98, 102], calm, [104, 105, 103, 104]], {}, { exitAt: 2 });
    expect(trip).toMatchObject({ entryIndex: 1, entryPrice: 100 });
    expect(outcomes(trip)).toEqual(['exit signal', 3, 104]);
  });

  it('a signal’s exit comes before a stop of the same candle', () => {
    const trip = play([calm, [98, 99, 80, 85]], stop(0.05), { exitAt: 1 });
    expect(outcomes(trip)).toEqual(['exit signal', 2, 98]);
  });

  it('a stop-loss leaves at its price however deep the candle fell, plus both fees', () => {
    const trip = play([calm, [99, 99.5, 60, 70]], stop(0.1), { feeBps: 20 });
    expect(outcomes(trip)).toEqual(['stop-loss', 2, 90]);
    expect(trip!.pnl).toBeCloseTo(-10 - 0.002 * (100 + 90), 10);
  });

  it('a stop-loss already counts in the candle of the entry', () => {
    expect(outcomes(play([[100, 101, 94, 96]], stop(0.05)))).toEqual(['stop-loss', 1, 95]);
  });

  it('a target leaves at its price however high the candle rose', () => {
    const trip = play([calm, [100, 140, 99, 130]], { targets: target(0.04) });
    expect(outcomes(trip)).toEqual(['take-profit', 2, 104]);
  });

  it('a target may fill in the candle that opened with the entry', () => {
    expect(outcomes(play([[100, 106, 99, 105]], { targets: target(0.05) }))).toEqual(['take-profit', 1, 105]);
  });

  it('of stop-loss and target in one candle the stop-loss counts', () => {
    const both: Bracket = { ...stop(0.03), targets: target(0.03) };
    expect(outcomes(play([calm, [100, 110, 90, 108]], both))).toEqual(['stop-loss', 2, 97]);
  });

  it('a target caps what a trailing stop could have made of the same rise', () => {
    const bracket: Bracket = { trail: { kind: 'ratio', ratio: 0.02 }, targets: target(0.05) };
    const trip = play(
      [
        [100, 101, 99.5, 101],
        [101, 112, 100.5, 111],
        [111, 111, 100, 101],
      ],
      bracket,
    );
    expect(outcomes(trip)).toEqual(['take-profit', 2, 105]);
  });

  it('a trailing stop leaves below the best price, at its own price', () => {
    const trip = play(
      [
        [100, 110, 99.5, 109],
        [109, 120, 108.9, 119],
        [119, 119.5, 100, 104],
      ],
      { trail: { kind: 'ratio', ratio: 0.1 } },
    );
    expect(outcomes(trip)).toEqual(['trailing-stop', 3, 108]);
  });

  it('nothing leaves while the price stays between stop and target', () => {
    expect(play([calm, calm, calm], { ...stop(0.05), targets: target(0.05) })).toBeUndefined();
  });
});

describe('where we are less kind', () => {
  it('a candle that opens below the stop leaves at its open', () => {
    expect(outcomes(play([calm, [80, 95, 75, 94]], stop(0.1)))).toEqual(['stop-loss', 2, 80]);
  });

  it('the high of a candle does not raise the stop that its own low meets', () => {
    // There: best 120, stop 108, out at 108 in the same candle. Here the stop still stands at 90.
    const trip = play([calm, [100, 120, 95, 97], [97, 98, 96, 97]], { trail: { kind: 'ratio', ratio: 0.1 } });
    expect(outcomes(trip)).toEqual(['trailing-stop', 3, 97]);
  });

  it('a target that is only touched is not filled', () => {
    expect(play([calm, [100, 104, 99, 103]], { targets: target(0.04) })).toBeUndefined();
  });
});
