import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Viewport } from './viewport.js';

function viewportOf(length: number, width = 1000): Viewport {
  const viewport = new Viewport();
  viewport.resize(width);
  viewport.syncSeries({ length, prepended: 0 });
  return viewport;
}

describe('Viewport', () => {
  it('opens at the newest candle', () => {
    const viewport = viewportOf(5000);
    expect(viewport.following).toBe(true);
    expect(viewport.end).toBe(5000);
    expect(viewport.xOf(5000)).toBeLessThan(1000);
  });

  it('opens at the newest candle when the size comes after the data', () => {
    const viewport = new Viewport();
    viewport.syncSeries({ length: 5000, prepended: 0 });
    viewport.resize(1000);
    expect(viewport.end).toBe(5000);
    expect(viewport.first).toBeGreaterThan(4800);
  });

  it('keeps the point under the cursor while zooming, away from the ends', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1000, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (x, factor) => {
          const viewport = viewportOf(100_000);
          viewport.centreOn(50_000);
          const before = viewport.positionAt(x);
          viewport.zoomAt(x, factor);
          expect(viewport.positionAt(x)).toBeCloseTo(before, 6);
          expect(viewport.xOf(before)).toBeCloseTo(x, 4);
        },
      ),
    );
  });

  it('pans by as many pixels as asked and back again', () => {
    const viewport = viewportOf(100_000);
    viewport.centreOn(50_000);
    const before = viewport.xOf(50_000);
    viewport.panBy(123.5);
    expect(viewport.xOf(50_000)).toBeCloseTo(before + 123.5, 6);
    viewport.panBy(-123.5);
    expect(viewport.xOf(50_000)).toBeCloseTo(before, 6);
  });

  it('does not move when history is put in front, wherever it looks', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 50_000 }), (index, prepended) => {
        const viewport = viewportOf(20_000);
        viewport.centreOn(index);
        const x = viewport.xOf(index);
        viewport.syncSeries({ length: 20_000 + prepended, prepended });
        expect(viewport.xOf(index + prepended)).toBeCloseTo(x, 5);
      }),
    );
  });

  it('follows new candles at the newest end and stays put when scrolled away', () => {
    const following = viewportOf(1000);
    const x = following.xOf(1000);
    following.syncSeries({ length: 1003, prepended: 0 });
    expect(following.xOf(1003)).toBeCloseTo(x, 9);

    const away = viewportOf(1000);
    away.centreOn(400);
    const before = away.xOf(400);
    away.syncSeries({ length: 1003, prepended: 0 });
    expect(away.following).toBe(false);
    expect(away.xOf(400)).toBeCloseTo(before, 9);
  });

  it('never loses the series: some candle stays in sight whatever is done', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('pan' as const), by: fc.double({ min: -1e7, max: 1e7, noNaN: true }) }),
      fc.record({ kind: fc.constant('zoom' as const), by: fc.double({ min: 0.001, max: 1000, noNaN: true }) }),
      fc.record({ kind: fc.constant('resize' as const), by: fc.integer({ min: 1, max: 4000 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(action), (length, actions) => {
        const viewport = viewportOf(length);
        for (const { kind, by } of actions) {
          if (kind === 'pan') viewport.panBy(by);
          else if (kind === 'zoom') viewport.zoomAt(by % 1000, by);
          else viewport.resize(by);
          expect(viewport.end).toBeGreaterThan(viewport.first);
        }
      }),
    );
  });

  it('fits everything', () => {
    const viewport = viewportOf(1_000_000);
    viewport.fit();
    expect(viewport.first).toBe(0);
    expect(viewport.end).toBe(1_000_000);
  });
});
