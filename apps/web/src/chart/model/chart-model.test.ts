import { describe, expect, it } from 'vitest';
import { TestSource, walk } from '../testing/test-source.js';
import { ChartModel } from './chart-model.js';
import { DEFAULT_CHART_OPTIONS, type ChartOptions } from './chart-options.js';
import { candleSentence, summaryOf } from './summary.js';

const series = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' } as const;

function modelOf(source: TestSource, options: Partial<ChartOptions> = {}): ChartModel {
  const model = new ChartModel(source, { ...DEFAULT_CHART_OPTIONS, series, ...options });
  model.resize(800, 400);
  model.fitScales();
  return model;
}

describe('ChartModel', () => {
  it('scales to the extremes of what is visible', () => {
    const source = new TestSource(walk(3000));
    const model = modelOf(source);
    model.viewport.centreOn(1500);
    model.fitScales();
    const { first, end } = model.viewport;
    const lows = source.candles.low.slice(first, end);
    const highs = source.candles.high.slice(first, end);
    expect(model.priceScale.low).toBeLessThanOrEqual(Math.min(...lows));
    expect(model.priceScale.high).toBeGreaterThanOrEqual(Math.max(...highs));
    expect(model.priceScale.high - model.priceScale.low).toBeLessThan((Math.max(...highs) - Math.min(...lows)) * 1.3);
  });

  it('reaches out for what is drawn over the candles, except for what lies where it lies', () => {
    const source = new TestSource(walk(500));
    const far = {
      id: 'far',
      label: 'far',
      pane: 'price',
      color: 'plot-1',
      version: 1,
      kind: 'line',
      base: 0,
      length: 500,
      values: new Float64Array(500).fill(9_000),
    } as const;
    expect(modelOf(source, { plots: [far] }).priceScale.high).toBeGreaterThan(9_000);
    expect(modelOf(source, { plots: [{ ...far, offScale: true }] }).priceScale.high).toBeLessThan(9_000);
  });

  it('leaves a manual scale alone until auto-scale is taken up again', () => {
    const source = new TestSource(walk(500));
    const model = modelOf(source);
    model.priceScale.zoomAt(200, 3);
    const { low } = model.priceScale;
    source.tick([source.candles.time[499]!, 100, 5000, 1, 100, 1]);
    model.catchUp();
    model.fitScales();
    expect(model.priceScale.low).toBe(low);
    model.autoScale();
    model.fitScales();
    expect(model.priceScale.high).toBeGreaterThan(5000);
  });

  it('keeps view and crosshair on their candles when history is prepended', () => {
    const source = new TestSource(walk(500));
    const model = modelOf(source);
    model.viewport.centreOn(100);
    model.pointAt(400, 100);
    const before = model.readout();
    const x = model.viewport.xOf(model.cursor!.index);
    source.prepend(walk(250, -250));
    model.catchUp();
    expect(model.readout()).toEqual({ ...before, index: before!.index + 250 });
    expect(model.viewport.xOf(model.cursor!.index)).toBeCloseTo(x, 6);
  });

  it('snaps to the nearest of open, high, low and close, or not at all', () => {
    const source = new TestSource(walk(500));
    const model = modelOf(source);
    const index = 480;
    const x = model.viewport.xOf(index + 0.5);
    const high = source.candles.high[index]!;
    model.pointAt(x, model.priceScale.y(high) - 30);
    expect(model.cursor).toMatchObject({ index, value: high });
    const free = modelOf(source, { magnet: false });
    free.pointAt(x, 123);
    expect(free.cursor!.y).toBe(123);
    expect(free.priceScale.y(free.cursor!.value)).toBeCloseTo(123, 6);
  });

  it('reads the newest candle once the crosshair is out of sight', () => {
    const model = modelOf(new TestSource(walk(5000)));
    model.pointAtPrice(4990);
    expect(model.readout()!.index).toBe(4990);
    model.viewport.centreOn(100);
    expect(model.readout()!.index).toBe(4999);
  });

  it('reads the change against the previous close', () => {
    const source = new TestSource([
      [60_000, 10, 14, 8, 12, 1],
      [120_000, 12, 20, 11, 18, 2],
    ]);
    expect(modelOf(source).readout()).toEqual({
      index: 1,
      openTimeMs: 120_000,
      open: 12,
      high: 20,
      low: 11,
      close: 18,
      volume: 2,
      change: 6,
      changeRatio: 0.5,
      forming: true,
    });
  });

  it('starts afresh with another source', () => {
    const model = modelOf(new TestSource(walk(500)));
    model.viewport.centreOn(10);
    model.priceScale.zoomAt(10, 4);
    model.pointAt(100, 100);
    model.setSource(new TestSource(walk(40, 10_000)));
    expect(model.viewport.following).toBe(true);
    expect(model.priceScale.auto).toBe(true);
    expect(model.cursor).toBeNull();
    expect(model.readout()!.index).toBe(39);
  });

  it('includes indicators of the price pane in its scale, wherever their columns start', () => {
    const source = new TestSource(walk(300));
    const values = new Float64Array(300).fill(NaN);
    values[290] = 900;
    const plot = {
      kind: 'line',
      id: 'x',
      label: 'X',
      pane: 'price',
      color: 'red',
      version: 1,
      base: 0,
      length: 300,
      values,
    } as const;
    const model = modelOf(source, { plots: [plot] });
    expect(model.priceScale.high).toBeGreaterThan(900);
    source.prepend(walk(600, -600));
    model.catchUp();
    model.fitScales();
    expect(model.priceScale.high).toBeGreaterThan(900);
    model.viewport.centreOn(300);
    model.fitScales();
    expect(model.priceScale.high).toBeLessThan(900);
  });

  it('tells in words what it shows', () => {
    const source = new TestSource(walk(500));
    const model = modelOf(source, { staleLabel: 'STALE' });
    const summary = summaryOf(model);
    expect(summary).toContain('BTC/USDT 1m candles from local');
    expect(summary).toContain('STALE');
    expect(candleSentence(model, model.readout()!)).toContain('still forming');
    expect(summaryOf(modelOf(new TestSource([])))).toContain('No candles yet');
  });
});
