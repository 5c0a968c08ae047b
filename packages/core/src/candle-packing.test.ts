import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { unpackCandles, unpackWith } from './candle-packing.js';
import { packCandles } from './pack-candles.js';
import { Candles, toRows, type CandleColumns } from './candle-columns.js';
import type { CandleRow } from './candle.js';
import { BTC_ROWS } from './candle-packing.fixture.js';
import { quickUnpack, unpackPlainly } from './quick-unpack.js';

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

describe('unpacking by WebAssembly', () => {
  afterEach(unpackPlainly);

  /** Fails when the two ways differ in a bit or in what they say is wrong; gives whether WebAssembly took it. */
  function expectBothWays(bytes: Uint8Array, count: number): boolean {
    unpackPlainly();
    const plain = unpackCandles(bytes, count);
    let taken = false;
    unpackWith((block) => {
      const found = quickUnpack(block);
      taken = found !== null;
      return found;
    });
    const quick = unpackCandles(bytes, count);
    if (plain.ok && quick.ok) expectSameBits(quick.value, plain.value);
    else expect(quick).toEqual(plain);
    return taken;
  }
  const repeated = (count: number): Candles =>
    Candles.fromRows(
      Array.from({ length: count }, (_, index): CandleRow => {
        const row = BTC_ROWS[index % BTC_ROWS.length]!;
        return [index * 60_000, row[1], row[2], row[3], row[4], row[5]];
      }),
    );

  it.each([1, 2, 3, 4, 5, 6, 7, 127, 128, 129, 130, 255, 256, 257, 1_000, 1_001, 1_002, 1_003, 5_000, 8_191, 8_192])(
    'takes %i candles',
    (count) => {
      expect(expectBothWays(packCandles(repeated(count)), count)).toBe(true);
    },
  );

  it('leaves more candles, and columns that are no exact decimals, to the other way', () => {
    expect(expectBothWays(packCandles(repeated(8_193)), 8_193)).toBe(false);
    for (const row of [
      [0.5, 1, 1, 1, 1, 1],
      [0, 5e-324, 5e-324, 5e-324, 5e-324, 1],
      [0, 1, 1, 1, 1, -0],
      [0, NaN, 1, 1, 1, Infinity],
    ] as const)
      expect(expectBothWays(packCandles(Candles.fromRows([[...row]])), 1)).toBe(false);
  });

  it('leaves prices of more ticks than 32 bits hold to the other way', () => {
    for (const [from, step, takes] of [
      [2 ** 30, 1, true],
      [2 ** 30 + 1, 1, false],
      [2 ** 30 - 300, 2, true],
      [1, 2 ** 20, true],
      [1, 2 ** 21 + 1, false],
    ] as const) {
      const rows = Array.from({ length: 120 }, (_, index): CandleRow => {
        const open = from + (index % 2) * step;
        return [index, open, open + 1, open, open + 1, 1];
      });
      expect(expectBothWays(packCandles(Candles.fromRows(rows)), 120)).toBe(takes);
    }
    // Steps that all go one way leave the range in the second block.
    const rising = Array.from({ length: 400 }, (_, index): CandleRow => {
      const open = 2 ** 30 - 2 ** 27 + index * 2 ** 20;
      return [index, open, open + 1, open, open + 1, 1];
    });
    expect(expectBothWays(packCandles(Candles.fromRows(rising)), 400)).toBe(false);
  });

  it('gives the same bits for any sound candles', () => {
    fc.assert(
      fc.property(candles, (any) => void expectBothWays(packCandles(any), any.length)),
      { numRuns: 400 },
    );
  });

  it.each(Array.from({ length: 33 }, (_, bits) => bits))('gives the same whole numbers of %i bits', (bits) => {
    const max = 2 ** bits - 1;
    const column = fc.array(fc.oneof(fc.constantFrom(0, max), fc.nat(max)), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(column, column, (volumes, steps) => {
        let time = 0;
        const rows = [1, ...volumes].map((value, index): CandleRow => {
          time += 1 + (steps[index] ?? 0);
          return [time, 1, 1, 1, 1, value];
        });
        expect(expectBothWays(packCandles(Candles.fromRows(rows)), rows.length)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same for damaged bytes, wrong counts and truncations: the same candles, or the same words', () => {
    const sources = [BTC_ROWS.slice(0, 200), BTC_ROWS.slice(0, 131), BTC_ROWS.slice(300)].map((rows) =>
      packCandles(Candles.fromRows(rows)),
    );
    const damage = fc.array(fc.tuple(fc.nat(10_000), fc.nat(255)), { maxLength: 8 });
    const field = fc.option(
      fc.tuple(
        fc.nat(9),
        fc.oneof(
          fc.maxSafeInteger(),
          fc.double(),
          fc.integer({ min: -300, max: 300 }),
          fc.constantFrom(-0, 2 ** 53, 2 ** 30, -(2 ** 30), 5e-324, NaN, Infinity),
        ),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        damage,
        field,
        fc.integer({ min: 0, max: 400 }),
        fc.option(fc.nat(2_000)),
        (source, changes, changed, count, length) => {
          const bytes = source.slice(0, length ?? source.length);
          for (const [index, value] of changes) if (index < bytes.length) bytes[index] = value;
          if (changed && bytes.length >= 80) new DataView(bytes.buffer).setFloat64(changed[0] * 8, changed[1], true);
          expectBothWays(bytes, count);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('gives the same for any header over damaged words', () => {
    const source = packCandles(Candles.fromRows(BTC_ROWS.slice(0, 260)));
    const whole = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.maxSafeInteger(), fc.constantFrom(0, -0, 1));
    const inner = fc.array(fc.tuple(fc.integer({ min: 80, max: source.length - 1 }), fc.nat(255)), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(whole, { minLength: 8, maxLength: 8 }), inner, (fields, changes) => {
        const bytes = source.slice();
        const view = new DataView(bytes.buffer);
        fields.forEach((value, index) => view.setFloat64(index * 8, value, true));
        for (const [index, value] of changes) bytes[index] = value;
        expectBothWays(bytes, 260);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads at any byte offset, and gives copies that later decoding leaves alone', () => {
    const source = repeated(701);
    const packed = packCandles(source);
    const moved = new Uint8Array(packed.length + 3);
    moved.set(packed, 3);
    unpackWith(quickUnpack);
    const kept = unpacked(moved.subarray(3), 701);
    for (const count of [300, 8_192, 701]) unpacked(packCandles(repeated(count)), count);
    expectSameBits(kept, source);
  });
});
