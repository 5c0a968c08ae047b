import type { CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TradeCandles, type TradeTick } from './trade-candles.js';

const MINUTE = 60_000;
const trade = (id: number, timeMs: number, price: number, quantity = 1): TradeTick => ({
  id: String(id),
  timeMs,
  price,
  quantity,
});

describe('candles built from trades', () => {
  it('tells a candle from its first witnessed moment on, and never the one already under way', () => {
    const closed: CandleRow[] = [];
    const builder = new TradeCandles('1m', (candle) => closed.push(candle));
    expect(builder.take([trade(1, 30_000, 10), trade(2, 40_000, 12)])).toBeNull();
    expect(builder.take([trade(3, MINUTE, 11)])).toEqual([MINUTE, 11, 11, 11, 11, 1]);
    expect(builder.take([trade(4, MINUTE + 1, 15), trade(5, MINUTE + 2, 9)])).toEqual([MINUTE, 11, 15, 9, 9, 3]);
    expect(builder.take([trade(6, 3 * MINUTE, 20)])).toEqual([3 * MINUTE, 20, 20, 20, 20, 1]);
    expect(closed).toEqual([[MINUTE, 11, 15, 9, 9, 3]]);
  });

  it('counts a trade seen twice once, and ignores one of an older candle', () => {
    const builder = new TradeCandles('1m');
    builder.take([trade(1, 0, 10), trade(2, MINUTE, 11)]);
    expect(builder.take([trade(2, MINUTE, 11), trade(3, MINUTE - 1, 99)])).toEqual([MINUTE, 11, 11, 11, 11, 1]);
  });

  it('takes trades without ids as they come', () => {
    const builder = new TradeCandles('1m');
    const anonymous = { ...trade(0, MINUTE, 11), id: null };
    builder.take([trade(1, 0, 10)]);
    expect(builder.take([anonymous, anonymous])).toEqual([MINUTE, 11, 11, 11, 11, 2]);
  });

  it('adds volumes as decimals, without a trace of binary fractions', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 10n ** 11n), { minLength: 1, maxLength: 300 }), (units) => {
        const builder = new TradeCandles('1m');
        builder.take([trade(0, 0, 1)]);
        const ticks = units.map((unit, index) => trade(index + 1, MINUTE + index, 1, Number(unit) / 1e8));
        const total = units.reduce((sum, unit) => sum + unit, 0n);
        expect(builder.take(ticks)?.[5]).toBe(
          Number(`${total / 10n ** 8n}.${String(total % 10n ** 8n).padStart(8, '0')}`),
        );
      }),
    );
  });
});
