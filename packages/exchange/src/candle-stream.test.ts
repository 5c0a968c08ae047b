import { assert, closeTimeOf, openTimeAt, shiftOpenTime, type CandleRow, type Gap } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandleStream, type CandleStreamOptions, type CandleStreamOutput, type SourcePage } from './candle-stream.js';
import { failure } from './failure.js';

const MINUTE = 60_000;
const START = Date.UTC(2024, 0, 1);
const OPTIONS: CandleStreamOptions = {
  timeframe: '1m',
  afterMs: START - MINUTE,
  flagged: true,
  settleMs: 0,
  restLagMs: 5_000,
  quietMs: 6_000,
  quietMaxMs: 30_000,
  retry: { baseMs: 250, maxMs: 15_000 },
};

/** The truth of one minute at a fraction 0..1 of its life: deterministic, growing as real candles do. */
function truth(index: number, fraction: number): CandleRow {
  const steps = Math.floor(fraction * 6);
  const prices = Array.from({ length: steps + 1 }, (_, step) => 100 + ((index * 7 + step * 13) % 17));
  return [
    START + index * MINUTE,
    prices[0]!,
    Math.max(...prices),
    Math.min(...prices),
    prices[steps]!,
    steps + 1 + (index % 3),
  ];
}

/** A source with REST candles by its own clock, some of which it never had. */
class Source {
  timeMs = START;
  constructor(readonly absent: ReadonlySet<number> = new Set()) {}

  row(index: number): CandleRow {
    return truth(index, Math.min(1, (this.timeMs - START - index * MINUTE) / MINUTE));
  }

  page(sinceMs: number, limit = 5): SourcePage {
    // Calm lasts until the source has a candle behind its last hole: only that proves what came before.
    const newest = Math.floor((this.timeMs - START) / MINUTE);
    const rows: CandleRow[] = [];
    for (let index = Math.max(0, (sinceMs - START) / MINUTE); index <= newest && rows.length < limit; index++) {
      if (!this.absent.has(index)) rows.push(this.row(index));
    }
    const last = rows.at(-1)?.[0] ?? null;
    return {
      rows,
      exchangeTimeMs: this.timeMs,
      frontierMs: last,
      nextSinceMs: rows.length === limit && last !== null && last > sinceMs ? last : null,
    };
  }
}

/** What a listener collects; fails on the spot when a promise is broken. */
class Ledger {
  readonly closed: CandleRow[] = [];
  readonly gaps: Gap[] = [];
  readonly told: string[] = [];
  #nextMs = START;

  take(outputs: readonly CandleStreamOutput[]): void {
    for (const output of outputs) {
      if (output.kind !== 'forming' && output.kind !== 'fetch') this.told.push(output.kind);
      if (output.kind === 'closed') this.#close(output.candle, []);
      if (output.kind === 'healed') {
        this.gaps.push(...output.gaps);
        for (const candle of output.candles) this.#close(candle, output.gaps);
        const last = output.gaps.at(-1);
        if (last && last[1] > this.#nextMs) this.#nextMs = last[1];
      }
      if (output.kind === 'forming') assert(output.candle[0] >= this.#nextMs, 'nothing forms before what closed');
    }
  }

  #close(candle: CandleRow, gaps: readonly Gap[]): void {
    const gap = gaps.find(([fromMs]) => fromMs === this.#nextMs);
    expect(candle[0]).toBe(gap ? gap[1] : this.#nextMs);
    this.closed.push(candle);
    this.#nextMs = closeTimeOf('1m', candle[0]);
  }
}

const fetchOf = (outputs: readonly CandleStreamOutput[]) => outputs.find((output) => output.kind === 'fetch');

function update(candle: CandleRow, closed: boolean | null, eventTimeMs: number | null) {
  return { kind: 'update', candle, closed, eventTimeMs, exchangeTimeMs: eventTimeMs ?? 0, receivedAtMs: 0 } as const;
}

function started(options: Partial<CandleStreamOptions> = {}, source = new Source()) {
  const stream = new CandleStream({ ...OPTIONS, ...options }, 0);
  const ledger = new Ledger();
  const run = (input: Parameters<CandleStream['step']>[0], nowMs: number): CandleStreamOutput[] => {
    const all: CandleStreamOutput[] = [];
    let outputs = stream.step(input, nowMs);
    for (;;) {
      ledger.take(outputs);
      all.push(...outputs);
      const ask = fetchOf(outputs);
      if (!ask) return all;
      outputs = stream.step(
        { kind: 'page', request: ask.request, page: source.page(ask.sinceMs), receivedAtMs: 0 },
        nowMs,
      );
    }
  };
  return { stream, ledger, run, source };
}

describe('a candle stream', () => {
  it('tells what closed before it started, over several pages, then follows the stream', () => {
    const { stream, ledger, run, source } = started();
    source.timeMs = START + 12 * MINUTE + 30_000;
    run({ kind: 'tick' }, 0);
    expect(stream.synced).toBe(true);
    expect(ledger.closed).toEqual(Array.from({ length: 12 }, (_, index) => truth(index, 1)));
    run(update(truth(12, 0.9), false, START + 12 * MINUTE + 54_000), 1);
    run(update(truth(12, 1), true, START + 13 * MINUTE), 2);
    expect(ledger.told.at(-1)).toBe('closed');
    expect(ledger.closed.at(-1)).toEqual(truth(12, 1));
  });

  it('heals a closing update that never came', () => {
    const { ledger, run, source } = started();
    run({ kind: 'tick' }, 0);
    run(update(truth(0, 0.5), false, START + 30_000), 1);
    source.timeMs = START + MINUTE + 2_000;
    run(update(truth(1, 0.03), false, START + MINUTE + 2_000), 2);
    run({ kind: 'tick' }, 1_000);
    expect(ledger.told).toEqual(['healed']);
    expect(ledger.closed).toEqual([truth(0, 1)]);
  });

  it('confirms by REST what a stream without closed flag only suggests, and calls that closed', () => {
    const { ledger, run, source } = started({ flagged: false });
    run({ kind: 'tick' }, 0);
    run(update(truth(0, 0.5), null, null), 1);
    source.timeMs = START + MINUTE + 2_000;
    run(update(truth(1, 0), null, null), 2);
    run({ kind: 'tick' }, 1_000);
    expect(ledger.told).toEqual(['closed']);
    expect(ledger.closed).toEqual([truth(0, 1)]);
  });

  it('refuses a closing candle that shrank and takes REST values instead', () => {
    const { ledger, run, source } = started();
    run({ kind: 'tick' }, 0);
    run(update(truth(0, 0.9), false, START + 54_000), 1);
    source.timeMs = START + MINUTE + 1_000;
    const [time, open, high, low, close] = truth(0, 1);
    run(update([time, open, high, low, close, 0.5], true, START + MINUTE), 2);
    run({ kind: 'tick' }, 1_000);
    expect(ledger.closed).toEqual([truth(0, 1)]);
    expect(ledger.told).toEqual(['healed']);
  });

  it('takes the first trade of a candle for news: until then it shows the price of the one before', () => {
    const { ledger, run, source } = started();
    source.timeMs = START - 1;
    run({ kind: 'tick' }, 0);
    const [time, open] = truth(0, 1);
    const untraded: CandleRow = [time, open + 1, open + 1, open + 1, open + 1, 0];
    expect(run(update(untraded, false, START + 1_000), 1)).toMatchObject([{ kind: 'forming', candle: untraded }]);
    source.timeMs = START + MINUTE;
    const outputs = run(update(truth(0, 1), true, START + MINUTE), 2);
    expect(outputs).toMatchObject([{ kind: 'closed', candle: truth(0, 1) }]);
    expect(ledger.told).toEqual(['closed']);
  });

  it('tells a correction when the exchange repeats a closed candle with other values', () => {
    const { ledger, run, source, stream } = started();
    run({ kind: 'tick' }, 0);
    source.timeMs = START + MINUTE + 1_000;
    const [time, open, high, low, close, volume] = truth(0, 1);
    const wrong: CandleRow = [time, open, high, low, close, volume + 1];
    run(update(wrong, true, START + MINUTE), 1);
    expect(ledger.closed).toEqual([wrong]);
    const outputs = [...run(update(truth(0, 1), true, START + MINUTE), 2), ...run({ kind: 'tick' }, 1_000)];
    expect(outputs).toContainEqual({ kind: 'corrected', candle: truth(0, 1), previous: wrong });
    expect(stream.synced).toBe(true);
  });

  it('names what the source lacks, and does not invent a hole at the present', () => {
    const { ledger, run, source } = started({}, new Source(new Set([2, 3, 6])));
    source.timeMs = START + 6 * MINUTE + 30_000;
    run({ kind: 'tick' }, 0);
    expect(ledger.gaps).toEqual([[START + 2 * MINUTE, START + 4 * MINUTE]]);
    source.timeMs = START + 7 * MINUTE + 1_000;
    run(update(truth(7, 0), false, source.timeMs), 1);
    for (let nowMs = 100; nowMs < 60_000; nowMs += 500) run({ kind: 'tick' }, nowMs);
    expect(ledger.gaps.at(-1)).toEqual([START + 6 * MINUTE, START + 7 * MINUTE]);
    expect(ledger.closed.map((row) => (row[0] - START) / MINUTE)).toEqual([0, 1, 4, 5]);
  });

  it('never believes a clock over the candles: a clock that jumps ahead closes nothing', () => {
    const { ledger, run, source, stream } = started();
    source.timeMs = START + 30_000;
    const ask = fetchOf(stream.step({ kind: 'tick' }, 0));
    const page = { ...source.page(START), exchangeTimeMs: START + 10 * MINUTE };
    ledger.take(stream.step({ kind: 'page', request: ask?.request ?? 0, page, receivedAtMs: 0 }, 1));
    run({ kind: 'tick' }, 1_000);
    expect(ledger.closed).toEqual([]);
  });

  it('says so when the clock of the exchange went back, and goes on once it is right again', () => {
    const { ledger, run, source, stream } = started({ afterMs: START + 4 * MINUTE });
    const first = run({ kind: 'tick' }, 0);
    expect(first.find((output) => output.kind === 'failed')?.failure.retryable).toBe(true);
    expect(stream.synced).toBe(false);
    source.timeMs = START + 5 * MINUTE + 1;
    run({ kind: 'tick' }, 60_000);
    expect(stream.synced).toBe(true);
    expect(ledger.told).toEqual(['failed']);
  });

  it('gives up on a failure that no retry can mend, once', () => {
    const stream = new CandleStream(OPTIONS, 0);
    const ask = fetchOf(stream.step({ kind: 'tick' }, 0));
    const reason = failure('unknown-symbol', 'no such market', false);
    const outputs = stream.step({ kind: 'page-failed', request: ask?.request ?? 0, failure: reason }, 1);
    expect(outputs).toEqual([{ kind: 'failed', failure: reason }]);
    expect(stream.step({ kind: 'epoch' }, 99_999)).toEqual([]);
    expect(stream.failed).toBe(true);
  });

  it('waits as long as the exchange asks before it tries again', () => {
    const stream = new CandleStream(OPTIONS, 0);
    const ask = fetchOf(stream.step({ kind: 'tick' }, 0));
    const limited = { ...failure('rate-limited', 'slow down', true), retryAfterMs: 7_000 };
    stream.step({ kind: 'page-failed', request: ask?.request ?? 0, failure: limited }, 0);
    expect(stream.step({ kind: 'tick' }, 6_999)).toEqual([]);
    expect(fetchOf(stream.step({ kind: 'tick' }, 7_000))).toBeDefined();
  });

  it('tells a quiet market from a stream that is mute while the exchange trades', () => {
    const { ledger, run, source, stream } = started();
    run({ kind: 'tick' }, 0);
    run(update(truth(0, 0), false, START), 1);
    run({ kind: 'tick' }, 6_001);
    expect([stream.synced, stream.mute]).toEqual([true, false]);
    source.timeMs = START + MINUTE + 30_000;
    run({ kind: 'tick' }, 60_000);
    expect([stream.synced, stream.mute]).toEqual([true, true]);
    expect(ledger.closed).toEqual([truth(0, 1)]);
    run(update(truth(1, 0.9), false, source.timeMs + 20_000), 61_000);
    expect(stream.mute).toBe(false);
  });

  it('takes an update of a clock that was set back when it knows of more trades', () => {
    const { run } = started();
    run({ kind: 'tick' }, 0);
    run(update(truth(0, 0.5), false, START + 30_000), 1);
    expect(run(update(truth(0, 0.3), false, START + 18_000), 2)).toEqual([]);
    const later = run(update(truth(0, 0.7), false, START - 99_000), 3);
    expect(later).toMatchObject([{ kind: 'forming', candle: truth(0, 0.7) }]);
  });

  it('counts months by the calendar', () => {
    const stream = new CandleStream({ ...OPTIONS, timeframe: '1M', afterMs: Date.UTC(2024, 0, 20) }, 0);
    expect(stream.lastClosedMs).toBe(Date.UTC(2024, 0, 1));
    const ask = fetchOf(stream.step({ kind: 'tick' }, 0));
    const february: CandleRow = [Date.UTC(2024, 1, 1), 1, 1, 1, 1, 1];
    const march: CandleRow = [Date.UTC(2024, 2, 1), 1, 1, 1, 1, 1];
    const page = {
      rows: [february, march],
      exchangeTimeMs: Date.UTC(2024, 2, 5),
      frontierMs: march[0],
      nextSinceMs: null,
    };
    const outputs = stream.step({ kind: 'page', request: ask?.request ?? 0, page, receivedAtMs: 0 }, 1);
    expect(outputs[0]).toEqual({ kind: 'healed', candles: [february], gaps: [] });
  });
});

/** One thing that happens between the exchange and us. */
type Happening =
  | { readonly kind: 'deliver'; readonly picks: number }
  | { readonly kind: 'drop' | 'duplicate' | 'swap' | 'epoch' | 'malform' | 'rest-fails' | 'rest-answers' | 'pass' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), picks: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('rest-answers' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('pass' as const) }) },
  ...(['drop', 'duplicate', 'swap', 'epoch', 'malform', 'rest-fails'] as const).map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind) }),
  })),
);

/** Plays a mangled stream against the machine, then lets the world calm down; returns what was told. */
function play(
  happenings: readonly Happening[],
  options: { flagged: boolean; timed: boolean; absent: readonly number[] },
) {
  const absent = new Set(options.absent);
  const source = new Source(absent);
  const stream = new CandleStream({ ...OPTIONS, flagged: options.flagged }, 0);
  const ledger = new Ledger();
  let wire: ReturnType<typeof update>[] = [];
  let asked: { readonly request: number; readonly page: SourcePage } | null = null;
  let nowMs = 0;
  let told = -1;

  const take = (outputs: readonly CandleStreamOutput[]) => {
    ledger.take(outputs);
    const ask = fetchOf(outputs);
    // What REST answers is fixed when it is asked; the answer may arrive much later.
    if (ask) asked = { request: ask.request, page: source.page(ask.sinceMs) };
  };
  const pass = (ms: number) => {
    nowMs += ms;
    source.timeMs += ms;
    const index = Math.floor((source.timeMs - START) / MINUTE);
    const send = (row: CandleRow, closed: boolean) => {
      if (absent.has((row[0] - START) / MINUTE)) return;
      wire.push(update(row, options.flagged ? closed : null, options.timed ? source.timeMs : null));
    };
    for (; told < index - 1; told++) send(truth(told + 1, 1), true);
    send(source.row(index), false);
    take(stream.step({ kind: 'tick' }, nowMs));
  };
  const answer = (fails: boolean) => {
    if (!asked) return;
    const { request, page } = asked;
    asked = null;
    take(
      stream.step(
        fails
          ? { kind: 'page-failed', request, failure: failure('unavailable', 'planted', true) }
          : { kind: 'page', request, page, receivedAtMs: 0 },
        nowMs,
      ),
    );
  };
  const deliver = () => {
    const next = wire.shift();
    if (next) take(stream.step(next, nowMs));
  };

  for (const item of happenings) {
    switch (item.kind) {
      case 'deliver':
        for (let count = 0; count < item.picks; count++) deliver();
        break;
      case 'drop':
        wire.shift();
        break;
      case 'duplicate':
        if (wire[0]) wire.splice(1, 0, wire[0]);
        break;
      case 'swap':
        if (wire.length > 1) wire = [wire[1]!, wire[0]!, ...wire.slice(2)];
        break;
      case 'epoch':
        wire = [];
        take(stream.step({ kind: 'epoch' }, nowMs));
        break;
      case 'malform':
        if (wire[0]) wire[0] = { ...wire[0], candle: [wire[0].candle[0], NaN, -1, 0, 1, 1] };
        break;
      case 'rest-fails':
        answer(true);
        break;
      case 'rest-answers':
        answer(false);
        break;
      case 'pass':
        pass(9_000);
        break;
    }
  }
  // Calm lasts until the source has a candle behind its last hole: only that proves what came before.
  const newest = Math.floor((source.timeMs - START) / MINUTE);
  for (let round = 0; round < 700; round++) {
    answer(false);
    while (wire.length > 0) deliver();
    pass(1_000);
  }
  const expected = Array.from({ length: newest + 2 }, (_, index) => index)
    .filter((index) => !absent.has(index))
    .map((index) => truth(index, 1));
  return { ledger, expected, stream, absent };
}

describe('whatever happens to the stream', () => {
  for (const flagged of [true, false]) {
    for (const timed of [true, false]) {
      it(`every candle closes once, in order, as REST has it (flag ${String(flagged)}, times ${String(timed)})`, () => {
        fc.assert(
          fc.property(
            fc.array(happening, { maxLength: 120 }),
            fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
            (happenings, absent) => {
              const { ledger, expected, stream } = play(happenings, { flagged, timed, absent });
              expect(ledger.closed.slice(0, expected.length)).toEqual(expected);
              expect(ledger.told).not.toContain('corrected');
              expect(stream.synced || stream.lastClosedMs >= (expected.at(-1)?.[0] ?? 0)).toBe(true);
              for (const [fromMs, toMs] of ledger.gaps) {
                for (let at = fromMs; at < toMs; at = shiftOpenTime('1m', at, 1)) {
                  expect(absent).toContain((at - START) / MINUTE);
                }
              }
              expect(openTimeAt('1m', stream.lastClosedMs)).toBe(stream.lastClosedMs);
            },
          ),
          { numRuns: 150 },
        );
      });
    }
  }
});
