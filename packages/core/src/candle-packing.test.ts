import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackCandles } from './candle-packing.js';
import { packCandles } from './pack-candles.js';
import { Candles, toRows, type CandleColumns } from './candle-columns.js';
import type { CandleRow } from './candle.js';
import { BTC_ROWS } from './candle-packing.fixture.js';

function unpacked(bytes: Uint8Array, count: number): Candles {
  const result = unpackCandles(bytes, count);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** Compares bits, so that -0 is not 0 and no value is off by a rounding. */
function expectSameBits(actual: CandleColumns, wanted: CandleColumns): void {
  expect(actual.length).toBe(wanted.length);
  for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
    const bits = (columns: CandleColumns): BigUint64Array =>
      new BigUint64Array(columns[name].slice(0, columns.length).buffer);
    expect(bits(actual)).toEqual(bits(wanted));
  }
}

const roundTrip = (candles: Candles): void => expectSameBits(unpacked(packCandles(candles), candles.length), candles);

const price = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 10_000_000 }).map((ticks) => ticks / 100) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 99 }).map((ticks) => ticks / 1e8) },
  { weight: 1, arbitrary: fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(5e-324, 2 ** 53, 2 ** 53 + 2, 1e22, 0.1 + 0.2, 1e-9) },
);
const volume = fc.oneof(
  { weight: 3, arbitrary: fc.nat(100_000_000).map((steps) => steps / 1e5) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e300, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 5e-324, 4_294_967_295, 4_294_967_296, 2 ** 60) },
);
const step = fc.oneof(
  { weight: 9, arbitrary: fc.constant(60_000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((count) => count * 60_000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 10 ** 13 }) },
);

/** Sound candles of every kind: exact decimals, awkward floats, gaps, huge jumps. */
const candles = fc
  .record({
    start: fc.nat(2 ** 41),
    rows: fc.array(fc.tuple(step, price, price, price, price, volume), { minLength: 1, maxLength: 300 }),
    simple: fc.boolean(),
  })
  .map(({ start, rows, simple }) => {
    let time = start;
    const columns = new Candles();
    for (const [delta, ...numbers] of rows) {
      const [a, b, c, d] = simple ? numbers.slice(0, 4).map((p) => Math.max(1, Math.round(p % 1e6)) / 100) : numbers;
      const sorted = [a!, b!, c!, d!].sort((x, y) => x - y);
      const [open, close] = a! < b! ? [sorted[1]!, sorted[2]!] : [sorted[2]!, sorted[1]!];
      columns.push([time, open, sorted[3]!, sorted[0]!, close, simple ? 0.25 * ((numbers[4] % 4096) | 0) : numbers[4]]);
      time += simple ? 60_000 : delta;
    }
    return columns;
  });

describe('candle packing', () => {
  it('brings any sound candles back to the bit', () => {
    fc.assert(fc.property(candles, roundTrip), { numRuns: 400 });
  });

  it('brings real candles back to the bit, in a fraction of their bytes', () => {
    const real = Candles.fromRows(BTC_ROWS);
    const packed = packCandles(real);
    expectSameBits(unpacked(packed, real.length), real);
    expect(packed.length).toBeLessThan(JSON.stringify(BTC_ROWS).length * 0.15);
  });

  it.each([1, 2, 3, 4, 5, 127, 128, 129, 255, 256, 257, 1_000, 1_023, 1_024, 1_025, 2_500])(
    'handles %i candles',
    (count) => {
      const rows = Array.from({ length: count }, (_, index): CandleRow => {
        const { [index % BTC_ROWS.length]: row } = BTC_ROWS;
        return [index * 60_000, row![1], row![2], row![3], row![4], row![5]];
      });
      roundTrip(Candles.fromRows(rows));
    },
  );

  it.each(Array.from({ length: 33 }, (_, bits) => bits))('brings back whole numbers of %i bits', (bits) => {
    const max = 2 ** bits - 1;
    const column = fc.array(fc.oneof(fc.constantFrom(0, max), fc.nat(max)), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(column, (volumes) => {
        // The first one keeps the others from having a step in common.
        roundTrip(Candles.fromRows([1, ...volumes].map((value, index) => [index * 60_000, 1, 1, 1, 1, value])));
      }),
      { numRuns: 40 },
    );
  });

  it('follows prices to the ends of what a step can tell', () => {
    const tops = [1, 0x7fff_ffff, 0x8000_0001, 0xffff_ffff, 0xffff_fffe];
    const step = fc.constantFrom(...tops.flatMap((top) => [top, top * 0.01]));
    fc.assert(
      fc.property(fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 140 }), (pairs) => {
        const rows = pairs.map(([open, close], index): CandleRow => {
          return [index, open, Math.max(open, close) + 1, Math.min(open, close) - 0.01, close, 1];
        });
        roundTrip(Candles.fromRows(rows));
      }),
    );
  });

  it('leaves what it gave before alone', () => {
    const [first, second] = [Candles.fromRows(BTC_ROWS.slice(0, 300)), Candles.fromRows(BTC_ROWS.slice(250))];
    const [kept, later] = [first, second].map((candles) => unpacked(packCandles(candles), candles.length));
    expectSameBits(kept!, first);
    expectSameBits(later!, second);
  });

  it('packs no candles into no bytes', () => {
    expect(packCandles(new Candles()).length).toBe(0);
    expect(toRows(unpacked(new Uint8Array(0), 0))).toEqual([]);
    expect(unpackCandles(new Uint8Array(8), 0).ok).toBe(false);
  });

  it('keeps columns that are not exact as they are', () => {
    roundTrip(Candles.fromRows([[0, Math.PI, Math.PI * 2, Math.E / 2, Math.E, -0]]));
    roundTrip(Candles.fromRows([[0.5, 1, 1, 1, 1, 1]]));
    roundTrip(Candles.fromRows([[0, NaN, 1, 1, 1, Infinity]]));
  });

  it('reads at any byte offset', () => {
    const real = Candles.fromRows(BTC_ROWS.slice(0, 200));
    const packed = packCandles(real);
    for (const shift of [1, 2, 4, 7]) {
      const moved = new Uint8Array(packed.length + shift);
      moved.set(packed, shift);
      expectSameBits(unpacked(moved.subarray(shift), real.length), real);
    }
  });

  it('refuses a wrong count and every truncation', () => {
    const real = Candles.fromRows(BTC_ROWS.slice(0, 130));
    const packed = packCandles(real);
    // 130 candles take as many blocks as 131: only a count that changes the blocks can be told.
    for (const count of [0, 1, 100, 257, 1e6]) expect(unpackCandles(packed, count).ok).toBe(false);
    for (let length = 0; length < packed.length; length++)
      expect(unpackCandles(packed.slice(0, length), real.length).ok).toBe(false);
  });

  it('refuses upper bits for a candle that is not there', () => {
    // 100 volumes of no bits, but one exception: its position lies in the lowest 7 bits of the only word.
    const packed = packCandles(
      Candles.fromRows(Array.from({ length: 100 }, (_, i) => [i, 1, 1, 1, 1, i === 99 ? 7 : 0])),
    );
    expect(unpackCandles(packed, 100).ok).toBe(true);
    const view = new DataView(packed.buffer);
    expect(view.getUint32(80, true) & 0x7f).toBe(99);
    view.setUint32(80, view.getUint32(80, true) + 1, true);
    expect(unpackCandles(packed, 100)).toEqual({ ok: false, error: 'packed volumes are damaged' });
  });

  it('never throws on damaged or arbitrary bytes', () => {
    const packed = packCandles(Candles.fromRows(BTC_ROWS.slice(0, 200)));
    const damage = fc.array(fc.tuple(fc.nat(packed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 0, max: 400 }), (changes, count) => {
        const copy = packed.slice();
        for (const [index, value] of changes) copy[index] = value;
        expect(typeof unpackCandles(copy, count).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(100_000), (bytes, count) => {
        expect(typeof unpackCandles(bytes, count).ok).toBe('boolean');
      }),
    );
  });
});
