import { Candles, lowerBound, toRows, type CandleRow, type Gap } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveSeries } from './live-series.js';

const MINUTE = 60_000;
const row = (minute: number, close = 10): CandleRow => [minute * MINUTE, 10, 20, 1, close, 5];
const columns = (...rows: CandleRow[]): Candles => Candles.fromRows(rows);
const rowsOf = (series: LiveSeries): CandleRow[] => toRows(series.candles);
const closedOf = (series: LiveSeries): CandleRow[] => toRows(series.candles, 0, series.closedCount);

function started(...rows: CandleRow[]): LiveSeries {
  const series = new LiveSeries('1m');
  series.snapshot({ candles: columns(...rows), gaps: [], forming: false });
  return series;
}

describe('LiveSeries', () => {
  it('updates, closes and follows the forming candle', () => {
    const series = started(row(1), row(2));
    series.candle(row(3, 11), false);
    series.candle(row(3, 12), false);
    expect([rowsOf(series), series.forming]).toEqual([[row(1), row(2), row(3, 12)], true]);
    series.candle(row(3, 13), true);
    expect([rowsOf(series), series.forming]).toEqual([[row(1), row(2), row(3, 13)], false]);
  });

  it('forgets a forming candle that never closed once a later one forms, and takes it from the backfill', () => {
    const series = started(row(1));
    series.candle(row(2, 11), false);
    series.candle(row(3, 11), false);
    expect(rowsOf(series)).toEqual([row(1), row(3, 11)]);
    series.backfill(columns(row(2, 12)));
    expect([rowsOf(series), series.forming]).toEqual([[row(1), row(2, 12), row(3, 11)], true]);
  });

  it('ignores a late update of a candle that has closed', () => {
    const series = started(row(1), row(2));
    series.candle(row(2, 15), false);
    expect(rowsOf(series)).toEqual([row(1), row(2)]);
  });

  it('replaces a corrected candle and says that the past changed', () => {
    const series = started(row(1), row(2), row(3), row(4));
    const { generation } = series;
    series.correction(row(1, 11));
    expect(rowsOf(series)[0]).toEqual(row(1, 11));
    expect(series.generation).toBe(generation + 1);
  });

  it('prepends history without a new generation and counts what it put in front', () => {
    const series = started(row(5), row(6));
    const { generation } = series;
    const page = { candles: columns(row(3), row(4)), gaps: [], complete: false };
    expect(series.history(page, 5 * MINUTE)).toBe(true);
    expect([rowsOf(series).length, series.prepended, series.generation]).toEqual([4, 2, generation]);
    expect(series.history(page, 5 * MINUTE)).toBe(false);
  });

  it('shows cached candles at once and lets history confirm or replace them', () => {
    const series = new LiveSeries('1m');
    series.seed({ candles: columns(row(1), row(2, 99), row(3)), gaps: [] });
    expect(series.verifiedFromMs).toBeNull();
    series.snapshot({ candles: columns(row(3), row(4)), gaps: [], forming: true });
    expect([rowsOf(series).length, series.verifiedFromMs, series.prepended]).toEqual([4, 3 * MINUTE, 0]);
    series.history({ candles: columns(row(1), row(2)), gaps: [], complete: true }, 3 * MINUTE);
    expect(rowsOf(series)).toEqual([row(1), row(2), row(3), row(4)]);
    expect(series.complete).toBe(true);
  });

  it('drops cached candles that a snapshot does not join, unless the source lacks what is between', () => {
    const series = new LiveSeries('1m');
    series.seed({ candles: columns(row(1), row(2)), gaps: [] });
    series.snapshot({ candles: columns(row(9)), gaps: [], forming: false });
    expect([rowsOf(series), series.prepended]).toEqual([[row(9)], -2]);

    const explained = new LiveSeries('1m');
    explained.seed({ candles: columns(row(1), row(2)), gaps: [] });
    explained.snapshot({ candles: columns(row(9)), gaps: [[3 * MINUTE, 9 * MINUTE]], forming: false });
    expect(rowsOf(explained)).toEqual([row(1), row(2), row(9)]);
  });

  it('takes cached candles that join in front of live ones, and only those', () => {
    const series = started(row(5), row(6));
    expect(series.seed({ candles: columns(row(1), row(2)), gaps: [] })).toBe(false);
    expect(series.seed({ candles: columns(row(3), row(4), row(5, 99)), gaps: [] })).toBe(true);
    expect(rowsOf(series)).toEqual([row(3), row(4), row(5), row(6)]);
    expect([series.prepended, series.verifiedFromMs]).toEqual([2, 5 * MINUTE]);
  });

  it('does not let an older history page undo a correction', () => {
    const series = started(row(5));
    series.correction(row(4, 11));
    series.history({ candles: columns(row(3), row(4)), gaps: [], complete: false }, 5 * MINUTE);
    expect(rowsOf(series)).toEqual([row(3), row(4, 11), row(5)]);
  });
});

/** What a correct server holds and says, driven by random choices. */
class ModelServer {
  readonly closed: CandleRow[];
  readonly gaps: Gap[] = [];
  forming: CandleRow;
  #minute: number;

  constructor(history: number) {
    this.closed = Array.from({ length: history }, (_, index) => row(100 + index));
    this.#minute = 100 + history;
    this.forming = row(this.#minute);
  }

  tick(close: number): void {
    this.forming = row(this.#minute, close);
  }

  close(): CandleRow {
    this.closed.push(this.forming);
    this.forming = row(++this.#minute);
    return this.closed.at(-1)!;
  }

  skip(minutes: number): Gap {
    const gap: Gap = [this.#minute * MINUTE, (this.#minute + minutes) * MINUTE];
    this.#minute += minutes;
    this.forming = row(this.#minute);
    this.gaps.push(gap);
    return gap;
  }

  correct(at: number, close: number): CandleRow {
    const index = at % this.closed.length;
    return (this.closed[index] = row(this.closed[index]![0] / MINUTE, close));
  }

  snapshot(limit: number): { candles: Candles; gaps: Gap[]; forming: boolean } {
    const newest = this.closed.slice(-limit);
    const gaps = this.gaps.filter(([fromMs]) => fromMs > newest[0]![0]);
    return { candles: columns(...newest, this.forming), gaps, forming: true };
  }

  history(before: number, limit: number): { candles: Candles; gaps: Gap[]; complete: boolean } {
    const older = this.closed.filter(([time]) => time < before);
    const page = older.slice(-limit);
    const from = page[0]?.[0] ?? 0;
    const gaps = this.gaps.filter(([fromMs]) => fromMs >= from && fromMs < before);
    return { candles: columns(...page), gaps, complete: page.length === older.length };
  }
}

const price = fc.integer({ min: 1, max: 20 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tick' as const), close: price }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('close' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), at: fc.nat(), close: price }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('skip' as const), minutes: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('history' as const), limit: fc.integer({ min: 1, max: 9 }) }) },
  // Away for some closes and corrections, then resumed by backfill or started over by a snapshot.
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('away' as const),
      closes: fc.nat(12),
      corrections: fc.array(fc.tuple(fc.nat(), price), { maxLength: 2 }),
      resumed: fc.boolean(),
      limit: fc.integer({ min: 1, max: 8 }),
    }),
  },
);

describe('LiveSeries against a model server', () => {
  it('holds exactly the closed candles of the server, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.array(step, { maxLength: 60 }),
        (history, limit, withCache, steps) => {
          const server = new ModelServer(history);
          const series = new LiveSeries('1m');
          // A cache may hold values that were corrected since.
          const cached = server.closed.map((r, index) => (index % 3 === 0 ? row(r[0] / MINUTE, 7) : r));
          if (withCache) series.seed({ candles: columns(...cached), gaps: [] });
          series.snapshot(server.snapshot(limit));
          for (const one of steps) {
            const before = { candles: rowsOf(series), prepended: series.prepended };
            play(server, series, one);
            check(server, series);
            checkAnchor(before, series);
          }
          // Scrolling all the way back gives the whole truth.
          for (let guard = 0; guard < 200 && !isWhole(series, server); guard++)
            series.history(server.history(series.verifiedFromMs!, 5), series.verifiedFromMs!);
          expect(closedOf(series)).toEqual(server.closed);
          expect(series.gaps).toEqual(joined(server.gaps));
        },
      ),
      { numRuns: 600 },
    );
  });
});

const isWhole = (series: LiveSeries, server: ModelServer): boolean => series.verifiedFromMs === server.closed[0]![0];

function play(
  server: ModelServer,
  series: LiveSeries,
  one: typeof step extends fc.Arbitrary<infer T> ? T : never,
): void {
  switch (one.kind) {
    case 'tick':
      server.tick(one.close);
      series.candle(server.forming, false);
      return;
    case 'close':
      series.candle(server.close(), true);
      return;
    case 'correct':
      series.correction(server.correct(one.at, one.close));
      return;
    case 'skip':
      series.backfill(new Candles(), [server.skip(one.minutes)]);
      return;
    case 'history':
      series.history(server.history(series.verifiedFromMs!, one.limit), series.verifiedFromMs!);
      return;
    case 'away': {
      const missed = Array.from({ length: one.closes }, () => server.close());
      const corrected = one.corrections.map(([at, close]) => server.correct(at, close));
      if (!one.resumed) {
        series.snapshot(server.snapshot(one.limit));
        return;
      }
      const times = new Set([...missed, ...corrected].map(([time]) => time));
      series.backfill(columns(...server.closed.filter(([time]) => times.has(time))));
      series.candle(server.forming, false);
      return;
    }
  }
}

function check(server: ModelServer, series: LiveSeries): void {
  const times = rowsOf(series).map(([time]) => time);
  expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
  const from = series.verifiedFromMs!;
  expect(closedOf(series).filter(([time]) => time >= from)).toEqual(server.closed.filter(([time]) => time >= from));
}

/** `prepended` says by how much the index of any candle that stayed has moved. */
function checkAnchor(before: { candles: CandleRow[]; prepended: number }, series: LiveSeries): void {
  const newFirst = series.candles.time[0]!;
  const index = before.candles.findIndex(([time]) => time >= newFirst);
  const anchor = before.candles[index];
  if (!anchor || lowerBound(series.candles, anchor[0]) >= series.closedCount) return;
  if (series.candles.time[lowerBound(series.candles, anchor[0])] !== anchor[0]) return;
  const moved = lowerBound(series.candles, anchor[0]) - index;
  expect(moved).toBe(series.prepended - before.prepended);
}

function joined(gaps: readonly Gap[]): Gap[] {
  const out: Gap[] = [];
  for (const gap of gaps) {
    const last = out.at(-1);
    if (last?.[1] === gap[0]) out[out.length - 1] = [last[0], gap[1]];
    else out.push(gap);
  }
  return out;
}
