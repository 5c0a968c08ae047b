import { volumeProfile } from '@wickworks/engine';
import { assert, describe, expect, it } from 'vitest';
import { TestSource, walk } from '../../testing/test-source.js';
import type { BoxesPlot, BoxesView } from '../plot-series.js';
import { IndicatorOverlays } from './indicator-overlays.js';
import type { OverlayInput } from './overlay-input.js';
import { ProfileCache } from './split-profile.js';

const rows = walk(400);
const ROWS = 24;

const input = (indicator: string, params: OverlayInput['params'] = {}): OverlayInput => ({
  id: 'profile-1',
  indicator,
  params,
  hidden: false,
  colors: {},
  turn: 0,
  widthPx: 1,
});

const viewOf = (source: TestSource, first: number, end: number): BoxesView => ({
  source,
  first,
  end,
  dpr: 1,
  toX: 1_000,
  top: 0,
  height: 500,
  x: (index) => index,
  y: (value) => -value * 100,
});

function plotOf(choice: OverlayInput): BoxesPlot {
  const overlays = new IndicatorOverlays();
  overlays.set([choice]);
  const plot = overlays.picture.plots[0];
  assert(plot?.kind === 'boxes');
  return plot;
}

/** The levels that the engine finds in candles `[first, end)`. */
function levelsOf(source: TestSource, first: number, end: number) {
  const profile = volumeProfile(source.candles, first, end, ROWS, 0.7);
  assert(profile);
  return [
    { label: 'POC', value: profile.pointOfControl },
    { label: 'VAH', value: profile.valueAreaHigh },
    { label: 'VAL', value: profile.valueAreaLow },
  ];
}

const scaled = (row: (typeof rows)[number], factor: number): (typeof rows)[number] => [
  row[0],
  row[1],
  row[2],
  row[3],
  row[4],
  row[5] * factor,
];

describe('the profile of what is in sight', () => {
  it('is the engine’s over the same candles after a pan, a tick, a new candle, a correction and more history', () => {
    const source = new TestSource(rows.slice(100, 300));
    const plot = plotOf(input('vp-visible'));
    const expectSame = (first: number, end: number): void => {
      plot.lay(viewOf(source, first, end));
      expect(plot.notes).toEqual(levelsOf(source, first, end));
    };
    expectSame(50, 200);
    expectSame(20, 120);
    expectSame(50, 200);
    source.tick(scaled(rows[299]!, 400));
    expectSame(50, 200);
    source.append(scaled(rows[300]!, 900));
    expectSame(50, 201);
    // The one that has just closed may still be told anew.
    source.candles.set(199, scaled(rows[299]!, 1));
    source.announce();
    expectSame(50, 200);
    expectSame(20, 120);
    source.correct(60, scaled(rows[160]!, 700));
    expectSame(20, 120);
    source.prepend(rows.slice(0, 100));
    expectSame(20, 120);
    expectSame(120, 220);
  });

  it('keeps its profile while nothing in it changed', () => {
    const source = new TestSource(rows);
    const cache = new ProfileCache();
    const wish = { first: 10, end: 300, rows: ROWS, share: 0.7 };
    const before = cache.of(source, wish);
    expect(cache.of(source, { ...wish })).toBe(before);
    source.tick(scaled(rows[399]!, 5));
    expect(cache.of(source, wish)).toBe(before);
    source.correct(20, scaled(rows[20]!, 50));
    expect(cache.of(source, wish)).not.toBe(before);
    expect(cache.of(source, { ...wish, rows: 12 })?.profile.volumes).toHaveLength(12);
  });

  it('counts an open end on as a fresh count would, to the bit', () => {
    const source = new TestSource(rows.slice(0, 300));
    const cache = new ProfileCache();
    const expectFresh = (): void => {
      const wish = { first: 20, end: source.candles.length, rows: ROWS, share: 0.7 };
      const grown = cache.of(source, wish);
      expect(grown).toEqual(new ProfileCache().of(source, wish));
      expect(grown?.profile).toEqual(volumeProfile(source.candles, 20, source.candles.length, ROWS, 0.7));
    };
    expectFresh();
    for (const row of rows.slice(300)) {
      source.append(scaled(row, 0.1));
      expectFresh();
      source.tick(row);
      expectFresh();
    }
    // Beyond every price so far, then back again; the candle before told anew; then one long settled.
    const [time, open, high, low, close, volume] = rows[399]!;
    source.tick([time, open, high * 3, low / 3, close, volume]);
    expectFresh();
    source.tick([time, open, high, low, low, volume]);
    expectFresh();
    source.candles.set(398, scaled(rows[398]!, 7));
    source.announce();
    expectFresh();
    source.correct(50, scaled(rows[50]!, 9));
    expectFresh();
    source.prepend(walk(5, -5));
    expectFresh();
  });

  it('splits each row into rising and falling volume and stands at the chosen edge', () => {
    const source = new TestSource(rows);
    const split = new ProfileCache().of(source, { first: 0, end: 400, rows: ROWS, share: 0.7 });
    assert(split);
    const { candles } = source;
    let expected = 0;
    for (let i = 0; i < 400; i++) if (candles.close[i]! >= candles.open[i]!) expected += candles.volume[i]!;
    expect(split.rising.reduce((sum, volume) => sum + volume, 0)).toBeCloseTo(expected, 6);
    for (const side of ['left', 'right'] as const) {
      const plot = plotOf(input('vp-visible', { side, width: 0.3 }));
      const boxes = plot.lay(viewOf(source, 0, 400)).slice(0, ROWS * 2);
      const reach = side === 'left' ? boxes.map(({ x, width }) => x + width) : boxes.map(({ x }) => 1_000 - x);
      expect(Math.max(...reach)).toBe(300);
      expect(boxes.some(({ color, width }) => color === 'up' && width > 0)).toBe(true);
      expect(boxes.some(({ color, width }) => color === 'down' && width > 0)).toBe(true);
    }
  });

  it('says so where there is nothing to count', () => {
    const plot = plotOf(input('vp-visible'));
    expect(plot.lay(viewOf(new TestSource([]), 0, 0))).toEqual([]);
    expect(plot.notes).toEqual([{ label: 'no candles', value: null }]);
    expect(plot.lay(viewOf(new TestSource(rows.map((row) => scaled(row, 0))), 0, 400))).toEqual([]);
    expect(plot.notes).toEqual([{ label: 'no volume', value: null }]);
  });
});

describe('the profile of a fixed stretch', () => {
  it('counts the candles that open in it, whatever is in sight', () => {
    const source = new TestSource(rows);
    source.history = 'complete';
    const [fromMs, toMs] = [rows[100]![0], rows[250]![0]];
    const plot = plotOf(input('vp-fixed', { fromMs, toMs }));
    plot.lay(viewOf(source, 300, 400));
    expect(plot.notes).toEqual(levelsOf(source, 100, 250));
    const open = plotOf(input('vp-fixed', { fromMs: fromMs - 1 }));
    open.lay(viewOf(source, 0, 10));
    expect(open.notes).toEqual(levelsOf(source, 100, 400));
  });

  it('tells that its beginning is not loaded', () => {
    const source = new TestSource(rows.slice(100));
    const plot = plotOf(input('vp-fixed', { fromMs: rows[50]![0] }));
    plot.lay(viewOf(source, 0, 300));
    expect(plot.notes.at(-1)?.label).toMatch(/^older candles not loaded, counted from 2023-11-14 \d\d:\d\dZ$/);
    source.prepend(rows.slice(0, 100));
    plot.lay(viewOf(source, 0, 300));
    expect(plot.notes).toEqual(levelsOf(source, 50, 400));
  });

  it('is refused when it ends before it begins', () => {
    const overlays = new IndicatorOverlays();
    overlays.set([input('vp-fixed', { fromMs: 120_000, toMs: 60_000 })]);
    expect(overlays.picture.plots).toEqual([]);
    expect(overlays.picture.groups[0]?.problem).toBe('toMs must lie after the beginning');
  });
});
