import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueScale } from './value-scale.js';

const price = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe('ValueScale', () => {
  it('shows every value of the visible range inside the pane, linear and log', () => {
    fc.assert(
      fc.property(price, price, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (a, b, t, log) => {
        const scale = new ValueScale();
        scale.log = log;
        scale.place(20, 300);
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        scale.fit({ min, max });
        const y = scale.y(min + (max - min) * t);
        expect(y).toBeGreaterThanOrEqual(20 - 1e-6);
        expect(y).toBeLessThanOrEqual(320 + 1e-6);
      }),
    );
  });

  it('turns pixels back into the value', () => {
    fc.assert(
      fc.property(price, fc.double({ min: 1.001, max: 100, noNaN: true }), fc.boolean(), (low, ratio, log) => {
        const scale = new ValueScale();
        scale.log = log;
        scale.place(0, 500);
        scale.setRange(low, low * ratio);
        const value = low * (1 + (ratio - 1) / 3);
        expect(scale.valueAt(scale.y(value)) / value).toBeCloseTo(1, 6);
      }),
    );
  });

  it('keeps the value under the pointer when the axis is stretched, and follows it when panned', () => {
    for (const log of [false, true]) {
      const scale = new ValueScale();
      scale.log = log;
      scale.place(0, 400);
      scale.setRange(100, 200);
      const value = scale.valueAt(130);
      scale.zoomAt(130, 1.7);
      expect(scale.y(value)).toBeCloseTo(130, 6);
      scale.panBy(25);
      expect(scale.y(value)).toBeCloseTo(155, 6);
      expect(scale.auto).toBe(false);
    }
  });

  it('gives a flat stretch a range around it', () => {
    const scale = new ValueScale();
    scale.place(0, 100);
    scale.fit({ min: 5, max: 5 });
    expect(scale.low).toBeLessThan(5);
    expect(scale.high).toBeGreaterThan(5);
  });

  it('keeps its range when nothing is visible', () => {
    const scale = new ValueScale();
    scale.setRange(3, 4);
    scale.fit({ min: Infinity, max: -Infinity });
    expect([scale.low, scale.high]).toEqual([3, 4]);
  });

  it('stands histograms on their floor', () => {
    const scale = new ValueScale();
    scale.place(0, 100);
    scale.fit({ min: 3, max: 9 }, 0);
    expect(scale.y(0)).toBe(100);
    expect(scale.y(9)).toBeGreaterThan(0);
  });
});
