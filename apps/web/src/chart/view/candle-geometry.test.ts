import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartModel } from '../model/chart-model.js';
import { DEFAULT_CHART_OPTIONS } from '../model/chart-options.js';
import { TestSource, walk } from '../testing/test-source.js';
import { bodyWidthOf, CandleGeometry, layCandles } from './candle-geometry.js';
import { columnStart, pixelColumns } from './columns-of-pixels.js';

const series = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' } as const;
const WIDTH = 300;

function laid(count: number, spacing: number, dpr: number) {
  const source = new TestSource(walk(count));
  const model = new ChartModel(source, { ...DEFAULT_CHART_OPTIONS, series });
  model.resize(WIDTH, 200);
  model.viewport.show(0, WIDTH / spacing);
  model.fitScales();
  const columns = pixelColumns(model.viewport, dpr, WIDTH * dpr);
  const geometry = new CandleGeometry();
  const { candles, derived, priceScale: scale } = model;
  layCandles(geometry, { candles, derived, kind: 'candles', scale, columns, dpr });
  return { model, geometry, columns, candles };
}

describe('layCandles', () => {
  it('puts every candle into exactly one pixel column', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.99, noNaN: true }), fc.constantFrom(1, 2, 3), (spacing, dpr) => {
        const { columns } = laid(500, spacing, dpr);
        const counts = new Uint8Array(500);
        for (let x = 0; x < columns.toX; x++) {
          const to = Math.min(500, columnStart(columns, x + 1));
          for (let index = Math.max(0, columnStart(columns, x)); index < to; index++) counts[index]!++;
        }
        const inSight = Math.min(500, columnStart(columns, columns.toX));
        expect(counts.slice(Math.max(0, columnStart(columns, 0)), inSight).every((count) => count === 1)).toBe(true);
      }),
    );
  });

  it.each([
    [5000, 0.1, 1],
    [60_000, 0.006, 8],
  ])('shows the extremes of all candles of a pixel column: no spike is lost (%i candles)', (count, spacing, block) => {
    const { model, geometry, columns, candles } = laid(count, spacing, 1);
    expect(columns.block).toBe(block);
    expect(geometry.aggregated).toBe(true);
    for (let entry = 0; entry < geometry.count; entry++) {
      const from = Math.max(0, columnStart(columns, geometry.x[entry]!));
      const to = Math.min(candles.length, columnStart(columns, geometry.x[entry]! + 1));
      const high = Math.max(...candles.high.slice(from, to));
      const low = Math.min(...candles.low.slice(from, to));
      expect(geometry.highY[entry]).toBe(Math.round(model.priceScale.y(high)));
      expect(geometry.lowY[entry]).toBe(Math.round(model.priceScale.y(low)));
    }
  });

  it('gives wide candles whole pixels, a centred body and a gap', () => {
    for (let spacing = 1; spacing < 60; spacing += 0.37) {
      for (const wick of [1, 2, 3]) {
        const body = bodyWidthOf(spacing, wick);
        expect((body - wick) % 2).toBe(0);
        if (spacing >= wick + 2) expect(body).toBeLessThan(spacing);
      }
    }
  });

  it('limits a repaint of the tail to its columns, at the same pixels', () => {
    const { model, geometry, columns } = laid(40, 7.3, 2);
    const tail = new CandleGeometry();
    const { candles, derived, priceScale: scale } = model;
    const fromX = 200;
    layCandles(tail, { candles, derived, kind: 'candles', scale, columns: { ...columns, fromX }, dpr: 2 });
    expect(tail.count).toBeGreaterThan(0);
    expect(tail.count).toBeLessThan(geometry.count);
    const shift = geometry.count - tail.count;
    for (let entry = 0; entry < tail.count; entry++) {
      expect(tail.x[entry]).toBe(geometry.x[entry + shift]);
      expect(tail.closeY[entry]).toBe(geometry.closeY[entry + shift]);
    }
  });
});
