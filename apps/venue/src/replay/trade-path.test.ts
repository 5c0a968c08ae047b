import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTradePath, maxTradeCount, tradeCount, TradePath, type CandleShape } from './trade-path.js';

const widths = [1_000, 60_000, 300_000, 3_600_000, 86_400_000];

/** Sound candles in ticks and steps, from dead flat to wild, from one step of volume to 10^12. */
const shapes: fc.Arbitrary<CandleShape> = fc
  .record({
    low: fc.integer({ min: 1, max: 10_000_000 }),
    range: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 500_000 })),
    openAt: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    closeAt: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    volume: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 1_000_000_000_000 })),
    widthMs: fc.constantFrom(...widths),
    typicalVolume: fc.integer({ min: 1, max: 1_000_000_000 }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
  })
  .map(({ low, range, openAt, closeAt, ...rest }) => ({
    ...rest,
    low,
    high: low + range,
    open: low + Math.round(openAt * range),
    close: low + Math.round(closeAt * range),
  }));

function pathOf(shape: CandleShape): TradePath {
  const path = new TradePath(maxTradeCount(shape.widthMs));
  fillTradePath(path, shape);
  return path;
}

const prices = (path: TradePath): number[] => [...path.price.subarray(0, path.count)];

describe('the trades of a candle', () => {
  it('sum to its volume to the step, each at least one step', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const path = pathOf(shape);
        const quantities = [...path.quantity.subarray(0, path.count)];
        expect(quantities.reduce((sum, quantity) => sum + quantity, 0)).toBe(shape.volume);
        expect(quantities.every((quantity) => Number.isInteger(quantity) && quantity >= 1)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('start at the open, end at the close, stay on ticks within the extremes', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const traded = prices(pathOf(shape));
        if (shape.volume === 0) {
          expect(traded).toEqual([]);
          return;
        }
        if (traded.length > 1) expect(traded[0]).toBe(shape.open);
        expect(traded.at(-1)).toBe(shape.close);
        expect(traded.every((price) => Number.isInteger(price) && price >= shape.low && price <= shape.high)).toBe(
          true,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('touch both extremes whenever there are steps enough to trade at every turn', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        fc.pre(shape.volume >= 4);
        const traded = prices(pathOf(shape));
        expect(Math.max(...traded)).toBe(shape.high);
        expect(Math.min(...traded)).toBe(shape.low);
      }),
      { numRuns: 2_000 },
    );
  });

  it('come at distinct rising times inside the candle, the first at its open', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        fc.pre(shape.volume > 0);
        const path = pathOf(shape);
        const times = [...path.offsetMs.subarray(0, path.count)];
        expect(times[0]).toBe(0);
        expect(times.every((time, index) => index === 0 || time > Number(times[index - 1]))).toBe(true);
        expect(times.at(-1)).toBeLessThan(shape.widthMs);
      }),
    );
  });

  it('are the same for the same shape, as many as foretold', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const path = pathOf(shape);
        expect(path.count).toBe(tradeCount(shape));
        expect(pathOf(shape)).toEqual(path);
      }),
    );
  });
});

it('countUntil counts the trades at or before a moment', () => {
  const path = new TradePath(3);
  path.count = 3;
  path.offsetMs.set([0, 10, 20]);
  expect([-1, 0, 9, 10, 25].map((offset) => path.countUntil(offset))).toEqual([0, 1, 1, 2, 3]);
});
