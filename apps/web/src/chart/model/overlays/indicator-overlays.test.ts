import { calculate, indicators, parseParams, type IndicatorDefinition } from '@wickworks/engine';
import { Candles, type CandleRow } from '@wickworks/core';
import { assert, describe, expect, it } from 'vitest';
import { TestSource, walk } from '../../testing/test-source.js';
import { isAligned, shiftOf } from '../plot-columns.js';
import { IndicatorOverlays } from './indicator-overlays.js';
import { IndicatorOverlay } from './indicator-overlay.js';
import type { OverlayInput } from './overlay-input.js';
import { isOffScale, isOverPrice, LEGEND_ONLY, titleOf } from './overlay-style.js';

const input = (indicator: string, params: OverlayInput['params'] = {}): OverlayInput => ({
  id: `${indicator}-1`,
  indicator,
  params,
  hidden: false,
  colors: {},
  turn: 0,
  widthPx: 1,
});

function definitionOf(id: string): IndicatorDefinition {
  const definition = indicators.get(id);
  assert(definition);
  return definition;
}

/** Values of output `name` as the plot shows them, by candle, and as the engine calculates them over all candles. */
function both(overlay: IndicatorOverlay, source: TestSource, name: string): { shown: number[]; expected: number[] } {
  const definition = definitionOf(overlay.input.indicator);
  const params = parseParams(definition, overlay.input.params);
  assert(params.ok);
  const expected = calculate(definition, params.value, source.candles)[name];
  const plot = overlay.plots.find(({ id }) => id === `${overlay.input.id}.${name}`);
  assert(plot && isAligned(plot) && plot.kind !== 'band' && expected);
  return { shown: [...plot.values.subarray(0, plot.length)], expected: [...expected] };
}

const changed = (row: CandleRow, ratio: number): CandleRow => [
  row[0],
  row[1],
  row[2] * Math.max(1, ratio),
  row[3] * Math.min(1, ratio),
  row[4] * ratio,
  row[5] + 1,
];

describe('an indicator over a live series', () => {
  const rows = walk(400);
  it.each(['ema', 'rsi', 'bbands', 'macd', 'supertrend', 'vwap', 'ichimoku', 'obv'])(
    '%s equals the engine over all candles after ticks, closes, corrections and history',
    (id) => {
      const source = new TestSource(rows.slice(100, 300));
      const overlay = new IndicatorOverlay(input(id));
      const output = Object.entries(definitionOf(id).outputs).find(([, spec]) => spec.plot !== 'markers')?.[0];
      assert(output);
      const expectEqual = (): void => {
        if (overlay.isOutdated(source)) overlay.rebuild(source);
        else overlay.follow(source);
        const { shown, expected } = both(overlay, source, output);
        expect(shown).toEqual(expected);
      };
      expectEqual();
      for (const row of rows.slice(300, 340)) {
        // A new candle forms, is taken back twice, then closes with values nobody has seen before.
        source.append(changed(row, 1.01));
        expectEqual();
        source.tick(changed(row, 0.97));
        expectEqual();
        source.tick(row);
        expectEqual();
      }
      const before = source.candles.at(-1);
      const next = rows[340];
      assert(before && next);
      source.candles.set(source.candles.length - 1, changed(before, 1.02));
      source.append(next);
      expectEqual();
      const beforeLast = source.candles.at(source.candles.length - 2);
      assert(beforeLast);
      // The source does not count a change of the second newest candle as a correction.
      source.candles.set(source.candles.length - 2, changed(beforeLast, 1.05));
      source.announce();
      expectEqual();
      const old = source.candles.at(50);
      assert(old);
      source.correct(50, changed(old, 1.1));
      expectEqual();
      source.prepend(rows.slice(0, 100));
      expectEqual();
    },
  );

  it('ticks do not rebuild it', () => {
    const source = new TestSource(rows);
    const overlay = new IndicatorOverlay(input('ema'));
    overlay.rebuild(source);
    const last = source.candles.at(-1);
    assert(last);
    source.tick(changed(last, 1.01));
    expect(overlay.isOutdated(source)).toBe(false);
    const [plot] = overlay.plots;
    assert(plot && isAligned(plot));
    const version = plot.version;
    overlay.follow(source);
    expect(plot.version).toBe(version + 1);
    expect(plot.changedFrom).toBe(rows.length - 1);
  });

  it('stands where history has moved its candles until it is rebuilt', () => {
    const source = new TestSource(rows.slice(100));
    const overlay = new IndicatorOverlay(input('ema'));
    overlay.rebuild(source);
    source.prepend(rows.slice(0, 100));
    const [plot] = overlay.plots;
    assert(plot && isAligned(plot));
    expect(shiftOf(plot, source.prepended)).toBe(100);
  });
});

describe('what is drawn', () => {
  it('shifts clouds to the right and the lagging line to the left', () => {
    const source = new TestSource(walk(200));
    const overlay = new IndicatorOverlay(input('ichimoku'));
    overlay.rebuild(source);
    const shift = (output: string): number => {
      const plot = overlay.plots.find(({ id }) => id === `ichimoku-1.${output}`);
      assert(plot && isAligned(plot));
      return shiftOf(plot, source.prepended);
    };
    expect([shift('conversion'), shift('spanA'), shift('lagging')]).toEqual([0, 26, -26]);
  });

  /** Values of the plot with that id behind the indicator's, by candle. */
  const shownBy = (overlay: IndicatorOverlay, name: string): number[] => {
    const plot = overlay.plots.find(({ id }) => id === `${overlay.input.id}.${name}`);
    assert(plot && isAligned(plot));
    return [...(plot.kind === 'band' ? plot.upper : plot.values).subarray(0, plot.length)];
  };

  it('a line that follows a direction has one colour up, another down, and a gap between', () => {
    const source = new TestSource(walk(600));
    const overlay = new IndicatorOverlay(input('supertrend'));
    overlay.rebuild(source);
    const { expected: line } = both(overlay, source, 'supertrend');
    const { expected: direction } = both(overlay, source, 'direction');
    expect(new Set(direction)).toEqual(new Set([NaN, 1, -1]));
    expect(shownBy(overlay, 'supertrend.up')).toEqual(line.map((value, at) => (direction[at]! > 0 ? value : NaN)));
    expect(shownBy(overlay, 'supertrend.down')).toEqual(line.map((value, at) => (direction[at]! < 0 ? value : NaN)));
    const look = overlay.plots.map(({ color, legendOnly = false, unlisted = false }) => [color, legendOnly, unlisted]);
    expect(look.slice(0, 3)).toEqual([
      ['ink', true, false],
      ['up', false, true],
      ['down', false, true],
    ]);
  });

  it('a cloud has the colour of the edge that leads', () => {
    const source = new TestSource(walk(600));
    const overlay = new IndicatorOverlay(input('ichimoku'));
    overlay.rebuild(source);
    const [a, b] = [both(overlay, source, 'spanA').expected, both(overlay, source, 'spanB').expected];
    expect(shownBy(overlay, 'spanA.band')).toEqual(a.map((value, at) => (value >= b[at]! ? value : NaN)));
    expect(shownBy(overlay, 'spanA.band.down')).toEqual(a.map((value, at) => (value < b[at]! ? value : NaN)));
    expect(a.some((value, at) => value < b[at]!) && a.some((value, at) => value > b[at]!)).toBe(true);
  });

  it('a switch beside columns is a dot on zero', () => {
    const source = new TestSource(walk(600));
    const overlay = new IndicatorOverlay(input('squeeze'));
    overlay.rebuild(source);
    const { expected: on } = both(overlay, source, 'squeeze');
    expect(shownBy(overlay, 'squeeze.on')).toEqual(on.map((value) => (value > 0 ? 0 : NaN)));
    expect(new Set(on)).toEqual(new Set([NaN, 0, 1]));
  });

  it('legs lead from pivot to pivot', () => {
    const source = new TestSource(walk(900));
    const overlay = new IndicatorOverlay(input('zigzag', { percent: 1 }));
    overlay.rebuild(source);
    const legs = shownBy(overlay, 'pivot.legs');
    const marks = overlay.plots.find(({ kind }) => kind === 'markers');
    assert(marks?.kind === 'markers' && marks.length > 5);
    const at = [...marks.times.subarray(0, marks.length)].map((time) => source.candles.time.indexOf(time));
    expect(at.map((index) => legs[index])).toEqual([...marks.values.subarray(0, marks.length)]);
    expect(legs.findIndex((value) => !Number.isNaN(value))).toBe(at[0]);
    expect(legs.slice(at.at(-1)! + 1).every(Number.isNaN)).toBe(true);
    const [first = 0, second = 0] = at;
    const step = (legs[second]! - legs[first]!) / (second - first);
    for (let index = first + 1; index <= second; index++) expect(legs[index]! - legs[index - 1]!).toBeCloseTo(step, 9);
  });

  it('a session is drawn by itself: nothing leads from one to the next', () => {
    const rows = walk(400).map(([time, ...rest]): CandleRow => [time * 7, ...rest]);
    const source = new TestSource(rows);
    const day = (index: number): number => Math.floor(source.candles.time[index]! / 86_400_000);
    for (const [id, output] of [
      ['vwap', 'vwap'],
      ['pivots-classic', 'p'],
    ] as const) {
      const overlay = new IndicatorOverlay(input(id));
      overlay.rebuild(source);
      const { expected } = both(overlay, source, output);
      const [odd, even] = [shownBy(overlay, `${output}.odd`), shownBy(overlay, `${output}.even`)];
      let borders = 0;
      for (const [index, value] of expected.entries()) {
        if (Number.isNaN(value)) continue;
        // One of the two draws it, the other has a gap.
        expect([odd[index], even[index]].filter((one) => !Number.isNaN(one))).toEqual([value]);
        if (index === 0 || Number.isNaN(expected[index - 1]!)) continue;
        const isBorder = day(index) !== day(index - 1);
        expect(Number.isNaN(odd[index]!) === Number.isNaN(odd[index - 1]!)).toBe(!isBorder);
        if (isBorder) borders++;
      }
      expect(borders).toBeGreaterThan(0);
    }
    const vwap = new IndicatorOverlay(input('vwap'));
    vwap.rebuild(source);
    expect(shownBy(vwap, 'upper.band').map(Number.isNaN)).toEqual(shownBy(vwap, 'vwap.odd').map(Number.isNaN));
    expect(shownBy(vwap, 'upper.band.even').map(Number.isNaN)).toEqual(shownBy(vwap, 'vwap.even').map(Number.isNaN));
  });

  it('sessions of one candle make one line', () => {
    const rows = walk(60).map(([, ...rest], index): CandleRow => [index * 86_400_000, ...rest]);
    const source = new TestSource(rows);
    const overlay = new IndicatorOverlay(input('vwap'));
    overlay.rebuild(source);
    expect(shownBy(overlay, 'vwap.odd')).toEqual(both(overlay, source, 'vwap').expected);
    expect(shownBy(overlay, 'vwap.even').every(Number.isNaN)).toBe(true);
  });

  it('steps of sessions of one candle stand apart', () => {
    const rows = walk(60).map(([, ...rest], index): CandleRow => [index * 86_400_000, ...rest]);
    const overlay = new IndicatorOverlay(input('pivots-classic'));
    overlay.rebuild(new TestSource(rows));
    const odd = shownBy(overlay, 'p.odd').map(Number.isNaN).slice(1);
    expect(odd).toEqual(odd.map((_, index) => (index % 2 === 0) === odd[0]));
    expect(shownBy(overlay, 'p.even').map(Number.isNaN).slice(1)).toEqual(odd.map((isGap) => !isGap));
  });

  it('a stop below zero is that of a short and stands at its price', () => {
    const source = new TestSource(walk(600));
    const overlay = new IndicatorOverlay(input('sarext'));
    overlay.rebuild(source);
    const definition = definitionOf('sarext');
    const params = parseParams(definition);
    assert(params.ok);
    const stops = [...(calculate(definition, params.value, source.candles)['sarext'] ?? [])];
    expect(stops.some((stop) => stop < 0) && stops.some((stop) => stop > 0)).toBe(true);
    expect(shownBy(overlay, 'sarext.up')).toEqual(stops.map((stop) => (stop > 0 ? stop : NaN)));
    expect(shownBy(overlay, 'sarext.down')).toEqual(stops.map((stop) => (stop < 0 ? -stop : NaN)));
    expect(overlay.plots.map(({ label, color }) => [label, color])).toEqual([
      ['Long', 'up'],
      ['Short', 'down'],
    ]);
  });

  it('tells the mark of a candle in words', () => {
    const source = new TestSource(walk(600));
    const told = (id: string): string[][] => {
      const overlay = new IndicatorOverlay(input(id));
      overlay.rebuild(source);
      return overlay.plots.map((plot) => {
        assert(plot.kind === 'markers');
        return [...source.candles.time].map((time) => plot.told?.(time, (value) => value.toFixed(3)).value ?? '');
      });
    };
    const verdicts = (id: string, output: string): number[] => {
      const definition = definitionOf(id);
      const params = parseParams(definition);
      assert(params.ok);
      return [...(calculate(definition, params.value, source.candles)[output] ?? [])];
    };
    expect(told('engulfing')).toEqual([
      verdicts('engulfing', 'signal').map((value) => {
        if (value > 0) return `▲ +${String(value)}`;
        return value < 0 ? `▼ −${String(-value)}` : '–';
      }),
    ]);
    // A fractal stands two candles before the one that confirms it.
    const [up] = told('fractals');
    const given = verdicts('fractals', 'up');
    expect(up).toEqual(given.map((_, index) => (given[index + 2]! > 0 ? given[index + 2]!.toFixed(3) : '–')));
  });

  it.each(['supertrend', 'ichimoku', 'squeeze', 'zigzag', 'vwap', 'sarext'])(
    '%s: what is derived keeps up with the candles',
    (id) => {
      const rows = walk(700);
      const source = new TestSource(rows.slice(0, 400));
      const params: OverlayInput['params'] = id === 'zigzag' ? { percent: 1 } : {};
      const overlay = new IndicatorOverlay(input(id, params));
      overlay.rebuild(source);
      const columns = (of: IndicatorOverlay): unknown =>
        of.plots.map((plot) =>
          !isAligned(plot)
            ? null
            : (plot.kind === 'band' ? [plot.upper, plot.lower] : [plot.values]).map((values) => [
                ...values.subarray(0, plot.length),
              ]),
        );
      for (const row of rows.slice(400)) {
        source.append(changed(row, 1.03));
        overlay.follow(source);
        source.tick(changed(row, 0.96));
        overlay.follow(source);
        source.tick(row);
        overlay.follow(source);
        if (source.candles.length % 25 !== 0) continue;
        const fresh = new IndicatorOverlay(input(id, params));
        fresh.rebuild(source);
        expect(columns(overlay)).toEqual(columns(fresh));
      }
    },
  );

  it('marks patterns at the candles that show them, below or above', () => {
    const source = new TestSource(walk(600));
    const overlay = new IndicatorOverlay(input('engulfing'));
    overlay.rebuild(source);
    const [plot] = overlay.plots;
    assert(plot?.kind === 'markers');
    const definition = definitionOf('engulfing');
    const params = parseParams(definition);
    assert(params.ok);
    const signal = calculate(definition, params.value, source.candles)['signal'] ?? new Float64Array(0);
    const at = [...signal].flatMap((value, index) => (value > 0 || value < 0 ? [index] : []));
    expect(at.length).toBeGreaterThan(5);
    expect([...plot.times.subarray(0, plot.length)]).toEqual(at.map((index) => source.candles.time[index]));
    expect([...plot.values.subarray(0, plot.length)]).toEqual(
      at.map((index) => ((signal[index] ?? 0) > 0 ? source.candles.low : source.candles.high)[index]),
    );
  });

  it('takes marks of a forming candle back', () => {
    const source = new TestSource(walk(600));
    const overlay = new IndicatorOverlay(input('doji'));
    overlay.rebuild(source);
    const [plot] = overlay.plots;
    assert(plot?.kind === 'markers');
    const before = plot.length;
    const last = source.candles.at(-1);
    assert(last);
    const [time, open] = last;
    source.append([time + 60_000, open, open * 1.01, open * 0.99, open, 1]);
    overlay.follow(source);
    expect(plot.length).toBe(before + 1);
    source.tick([time + 60_000, open, open * 1.01, open * 0.99, open * 1.01, 1]);
    overlay.follow(source);
    expect(plot.length).toBe(before);
  });

  it('keeps everything that is no price off the price scale', () => {
    const rows = walk(2_000).map(([time, open, high, low, close, volume]): CandleRow => {
      return [time, open * 600, high * 600, low * 600, close * 600, volume];
    });
    const candles = Candles.fromRows(rows);
    const [lowest, highest] = [Math.min(...candles.low), Math.max(...candles.high)];
    const strays: string[] = [];
    for (const definition of indicators.values()) {
      const params = parseParams(definition);
      assert(params.ok);
      if (!isOverPrice(definition, params.value)) continue;
      const columns = calculate(definition, params.value, candles);
      for (const [output, spec] of Object.entries(definition.outputs)) {
        // The sign of a stop is told otherwise than by its place.
        const place = spec.plot === 'dots' && spec.role === 'sign' ? Math.abs : Number;
        const values = (columns[output] ?? new Float64Array(0)).filter((value) => !Number.isNaN(value)).map(place);
        const isPrice = values.every((value) => value > lowest * 0.6 && value < highest * 1.4);
        if (spec.plot !== 'markers' && !isOffScale(definition, spec) && !isPrice)
          strays.push(`${definition.id}.${output}`);
      }
    }
    expect(strays.sort()).toEqual([...LEGEND_ONLY].sort());
  });

  it('draws an average of volumes in a pane of its own', () => {
    expect(new IndicatorOverlay(input('sma', { source: 'volume' })).pane).toBe('sma-1');
    expect(new IndicatorOverlay(input('sma')).pane).toBe('price');
  });

  it('names numbers always, words where they differ from the default', () => {
    const params = parseParams(definitionOf('sma'), { period: 9, source: 'hl2' });
    assert(params.ok);
    expect(titleOf(definitionOf('sma'), params.value)).toBe('SMA hl2 9');
    const value = parseParams(definitionOf('bbands'));
    assert(value.ok);
    expect(titleOf(definitionOf('bbands'), value.value)).toBe('BBANDS 20 2 2');
  });
});

describe('all indicators of a chart', () => {
  it('offers moves between panes, tells problems, keeps what did not change', () => {
    const source = new TestSource(walk(100));
    const overlays = new IndicatorOverlays();
    const [rsi, macd, ema] = [input('rsi'), input('macd'), input('ema')];
    overlays.set([rsi, macd, ema, input('nope'), input('sma', { period: 0 })]);
    expect(overlays.sync(source)).toBe(false);
    const { panes, groups, plots } = overlays.picture;
    expect(panes.map(({ id, levels }) => [id, levels])).toEqual([
      ['rsi-1', [30, 50, 70]],
      ['macd-1', [0]],
    ]);
    expect(groups.map(({ moves }) => moves)).toEqual([['down'], ['up'], [], [], []]);
    expect(groups.map(({ problem }) => problem)).toEqual([
      null,
      null,
      null,
      'no such indicator in this version',
      expect.stringContaining('period must lie between 1 and'),
    ]);
    const plotOf = (of: typeof plots): unknown => of.find(({ group }) => group === 'ema-1');
    overlays.set([ema]);
    overlays.sync(source);
    expect(plotOf(overlays.picture.plots)).toBe(plotOf(plots));
    overlays.set([{ ...ema, hidden: true }]);
    expect(overlays.picture.plots).toEqual([]);
    expect(overlays.picture.groups[0]).toMatchObject({ hidden: true, title: 'EMA 20' });
  });

  it('leaves the rest for later when there is much to work through', () => {
    const source = new TestSource(walk(30_000));
    const overlays = new IndicatorOverlays();
    overlays.set(['ema', 'rsi', 'macd', 'bbands', 'obv'].map((id) => input(id)));
    const lengths = (): number[] => overlays.picture.plots.filter(isAligned).map(({ length }) => Math.sign(length));
    expect(overlays.sync(source)).toBe(true);
    expect(lengths()).toContain(0);
    while (overlays.sync(source)) expect(lengths()).toContain(0);
    expect(lengths()).not.toContain(0);
  });
});
