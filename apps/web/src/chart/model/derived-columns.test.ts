import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestSource, walk } from '../testing/test-source.js';
import { DerivedColumns, heikinAshiClose } from './derived-columns.js';

/** Everything the chart derives, computed from scratch. */
function fromScratch(source: TestSource): DerivedColumns {
  const derived = new DerivedColumns();
  derived.use(source, { close: true, heikinAshi: true });
  derived.sync(source);
  return derived;
}

function expectEqual(derived: DerivedColumns, source: TestSource): void {
  const fresh = fromScratch(source);
  const { length } = source.candles;
  const found = { min: 0, max: 0 };
  const wanted = { min: 0, max: 0 };
  for (const name of ['price', 'volume', 'close'] as const) {
    derived[name].extremes(0, length, found);
    fresh[name].extremes(0, length, wanted);
    expect(found).toEqual(wanted);
  }
  derived.heikinAshi.pyramid.extremes(0, length, found);
  fresh.heikinAshi.pyramid.extremes(0, length, wanted);
  expect(found).toEqual(wanted);
  expect([...derived.heikinAshi.opens.slice(0, length)]).toEqual([...fresh.heikinAshi.opens.slice(0, length)]);
}

describe('DerivedColumns', () => {
  it('kept up to date step by step equals from scratch', () => {
    const action = fc.record({ kind: fc.constantFrom('append', 'tick', 'correct', 'prepend'), seed: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const source = new TestSource(walk(70));
        const derived = fromScratch(source);
        for (const { kind, seed } of actions) {
          const { length } = source.candles;
          const spike = (index: number): ReturnType<typeof walk>[number] => {
            const [time, open, high, low, close, volume] = source.candles.at(index)!;
            return [time, open, high + seed, low / (1 + seed), close, volume + seed];
          };
          if (kind === 'append') source.append(walk(1, length - source.prepended, seed)[0]!);
          else if (kind === 'tick') source.tick(spike(length - 1));
          else if (kind === 'correct') source.correct(seed % length, spike(seed % length));
          else source.prepend(walk(20, -source.prepended - 20, seed));
          derived.sync(source);
          expectEqual(derived, source);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells a tick from an append and a prepend', () => {
    const source = new TestSource(walk(50));
    const derived = fromScratch(source);
    expect(derived.sync(source).changedFrom).toBe(Infinity);
    source.tick(source.candles.at(-1)!);
    expect(derived.sync(source)).toMatchObject({ tailOnly: true, prepended: 0 });
    source.append(walk(1, 50)[0]!);
    expect(derived.sync(source)).toMatchObject({ tailOnly: false, prepended: 0 });
    source.prepend(walk(10, -10));
    expect(derived.sync(source)).toMatchObject({ tailOnly: false, prepended: 10, changedFrom: 0 });
  });

  it('computes Heikin-Ashi as defined', () => {
    const source = new TestSource([
      [60_000, 10, 14, 8, 12, 1],
      [120_000, 12, 20, 11, 18, 1],
    ]);
    const { opens } = fromScratch(source).heikinAshi;
    expect(opens[0]).toBe(11);
    expect(heikinAshiClose(source.candles, 0)).toBe(11);
    expect(opens[1]).toBe(11);
    expect(heikinAshiClose(source.candles, 1)).toBe(15.25);
  });
});
