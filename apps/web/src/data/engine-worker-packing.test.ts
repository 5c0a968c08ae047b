import { Candles, type TradeTape } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packColumns, packTape, unpackColumns, unpackTape } from './engine-worker-packing.js';

const number = fc.oneof(
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100),
);
const tape: fc.Arbitrary<TradeTape> = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000_000_000 }), number, number), { maxLength: 300 }),
    fc.integer({ min: 0, max: 2_000_000_000_000 }),
    fc.array(fc.tuple(fc.maxSafeInteger(), fc.maxSafeInteger()), { maxLength: 3 }),
  )
  .map(([rows, startMs, covered]) => {
    let timeMs = startMs;
    const time = rows.map(([waitMs]) => (timeMs += waitMs % 3 === 0 ? 0 : waitMs));
    return {
      trades: {
        length: rows.length,
        time: Float64Array.from(time),
        price: Float64Array.from(rows, ([, price]) => price),
        quantity: Float64Array.from(rows, ([, , quantity]) => quantity),
      },
      covered,
    };
  });

const plain = ({ trades, covered }: TradeTape) => {
  const { length, ...columns } = trades;
  const { time, price, quantity } = columns;
  return { covered, columns: [time, price, quantity].map((column) => [...column.subarray(0, length)]) };
};

describe('what a page carries', () => {
  it('is exact to the bit: trades of one millisecond, far apart, of odd numbers, of none at all', () => {
    fc.assert(
      fc.property(tape, (given) => {
        const packed = packTape('A/USDT', given);
        expect(plain(unpackTape(packed))).toEqual(plain(given));
        expect(JSON.parse(JSON.stringify(packed))).toEqual(packed);
      }),
    );
  });

  it('takes little: some bytes for each trade', () => {
    const length = 20_000;
    const at = (of: (index: number) => number) => Float64Array.from({ length }, (_, index) => of(index));
    const { times, trades } = packTape('A/USDT', {
      trades: {
        length,
        time: at((index) => 1_700_000_000_000 + index * 700 + ((index * 7_919) % 500)),
        price: at((index) => (6_000_000 + ((index * 31) % 4_000)) / 100),
        quantity: at((index) => (1 + ((index * 7_919) % 900_000)) / 100_000),
      },
      covered: [],
    });
    expect((times.length + trades.length) / length).toBeLessThan(10);
  });

  it('says so when it is damaged', () => {
    const packed = packColumns(Candles.fromRows([[0, 1, 2, 0.5, 1.5, 10]]));
    for (const damaged of [{ count: 200 }, { packed: packed.packed.slice(0, 8) }])
      expect(() => unpackColumns({ ...packed, ...damaged })).toThrow('damaged');
  });
});
