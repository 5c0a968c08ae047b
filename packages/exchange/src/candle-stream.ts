import {
  assert,
  candleFault,
  MS_PER_DAY,
  closeTimeOf,
  openTimeAt,
  sameCandle,
  shiftOpenTime,
  timeframeMs,
  unreachable,
  type CandleRow,
  type Gap,
  type Timeframe,
} from '@wickworks/core';
import { backoffMs } from './backoff.js';
import { failure } from './failure.js';
import type { ExchangeFailure } from './ports.js';

/** One update of a candle as the exchange pushed it. */
export interface StreamUpdate {
  readonly candle: CandleRow;
  /** The exchange's own closed flag; `null` where its stream has none. */
  readonly closed: boolean | null;
  /** When the exchange made the update, by its clock; `null` where it does not say. */
  readonly eventTimeMs: number | null;
  readonly exchangeTimeMs: number;
  readonly receivedAtMs: number;
}

/** One answer of the exchange's REST candles, asked from `sinceMs` on. */
export interface SourcePage {
  /** Ascending, the forming candle included. */
  readonly rows: readonly CandleRow[];
  /** The exchange's clock, read before the candles were asked for: what had closed then is final in `rows`. */
  readonly exchangeTimeMs: number;
  /**
   * Where the exchange has a candle for every open time: the newest open time it showed, which proves by itself,
   * whatever clocks say, that all older candles closed. `null` where only the clock tells.
   */
  readonly frontierMs: number | null;
  /** Where the next page starts; `null` when this one reaches the present. */
  readonly nextSinceMs: number | null;
}

export type CandleStreamInput =
  | ({ readonly kind: 'update' } & StreamUpdate)
  | { readonly kind: 'page'; readonly request: number; readonly page: SourcePage; readonly receivedAtMs: number }
  | { readonly kind: 'page-failed'; readonly request: number; readonly failure: ExchangeFailure }
  /** A new connection: anything may have been missed. */
  | { readonly kind: 'epoch' }
  | { readonly kind: 'tick' };

export type CandleStreamOutput =
  | { readonly kind: 'fetch'; readonly request: number; readonly sinceMs: number }
  | {
      readonly kind: 'forming' | 'closed';
      readonly candle: CandleRow;
      readonly exchangeTimeMs: number;
      readonly receivedAtMs: number;
    }
  | { readonly kind: 'healed'; readonly candles: readonly CandleRow[]; readonly gaps: readonly Gap[] }
  | { readonly kind: 'corrected'; readonly candle: CandleRow; readonly previous: CandleRow }
  | { readonly kind: 'failed'; readonly failure: ExchangeFailure };

export interface CandleStreamOptions {
  readonly timeframe: Timeframe;
  /** Any time inside the newest candle the caller already has; later ones are told. */
  readonly afterMs: number;
  /** Whether the stream says itself that a candle closed; if not, asking REST is routine rather than healing. */
  readonly flagged: boolean;
  /** REST values are final this long after the close, by the exchange's clock. */
  readonly settleMs: number;
  /** A closed candle that REST still lacks this long after its close does not exist yet; nobody waits for it. */
  readonly restLagMs: number;
  /** Without a useful update for this long, REST is asked. */
  readonly quietMs: number;
  /** Such questions grow rarer while they bring nothing new, up to this. */
  readonly quietMaxMs: number;
  readonly retry: { readonly baseMs: number; readonly maxMs: number };
}

interface Forming {
  readonly candle: CandleRow;
  readonly eventTimeMs: number | null;
  readonly fromStream: boolean;
}

type Phase =
  | { readonly kind: 'synced' }
  | { readonly kind: 'waiting'; readonly dueMs: number }
  | { readonly kind: 'fetching'; readonly request: number }
  | { readonly kind: 'failed' };

/** Closed candles remembered to recognise a correction. */
const RECENT_CANDLES = 8;
/** Open times buffered while healing; what falls out is fetched, as its absence shows as a hole. */
const BUFFERED_CANDLES = 64;

/**
 * The promise of {@link ExchangeConnection.watchCandles} for one series, as a deterministic machine without I/O or
 * clock: every candle after `afterMs` is told closed exactly once, ascending, without a hole, with the values of
 * REST. The stream is believed only while it is contiguous, sane and says itself that a candle closed; everything
 * else (a new connection, a hole, a contradiction, silence, a stream without closed flag) is settled by REST from
 * the last closed candle on, while updates wait.
 */
export class CandleStream {
  readonly #options: CandleStreamOptions;
  #lastClosedMs: number;
  #recent: CandleRow[] = [];
  #forming: Forming | null = null;
  #phase: Phase;
  #request = 0;
  /** Start of the page being fetched. */
  #sinceMs = 0;
  /** True while the only reason to ask is that a candle without closed flag must have closed. */
  #confirming = false;
  /** Something happened while a page was under way: ask once more. */
  #again = false;
  /** A closed candle to compare with REST again. */
  #verifyMs: number | null = null;
  /** Pages in a row that did not move the series on: the next one waits longer. */
  #fruitless = 0;
  #syncedAtMs = -Infinity;
  /** The present question was asked because the stream is quiet. */
  #askedInQuiet = false;
  #mute = false;
  #clockComplaint = false;
  #buffer = new Map<number, StreamUpdate>();
  #lastNewsMs: number;
  #quietMs: number;

  constructor(options: CandleStreamOptions, nowMs: number) {
    this.#options = options;
    this.#lastClosedMs = openTimeAt(options.timeframe, options.afterMs);
    this.#lastNewsMs = nowMs;
    this.#quietMs = options.quietMs;
    this.#phase = { kind: 'waiting', dueMs: nowMs };
  }

  /** True while nothing is known to be missing. */
  get synced(): boolean {
    return this.#phase.kind === 'synced';
  }

  /** True once the series was given up for good. */
  get failed(): boolean {
    return this.#phase.kind === 'failed';
  }

  /** True while REST shows trading that the stream does not: its silence is no lack of news. */
  get mute(): boolean {
    return this.#mute;
  }

  /** Open time of the newest candle told closed (or in a told gap). */
  get lastClosedMs(): number {
    return this.#lastClosedMs;
  }

  /** Takes one input at `nowMs` (any monotonic clock) and returns what to tell and what to fetch, in order. */
  step(input: CandleStreamInput, nowMs: number): CandleStreamOutput[] {
    const out: CandleStreamOutput[] = [];
    if (this.#phase.kind === 'failed') return out;
    switch (input.kind) {
      case 'update':
        if (this.#phase.kind === 'synced') this.#apply(input, nowMs, out);
        else this.#keep(input);
        break;
      case 'page':
        if (this.#isCurrent(input.request)) this.#takePage(input.page, input.receivedAtMs, nowMs, out);
        break;
      case 'page-failed':
        if (this.#isCurrent(input.request)) this.#takeFailure(input.failure, nowMs, out);
        break;
      case 'epoch':
        this.#askedInQuiet = false;
        // A new connection says nothing about earlier failures: ask at once.
        this.#fruitless = 0;
        this.#heal(nowMs, false);
        break;
      case 'tick':
        if (this.#phase.kind === 'synced' && nowMs - this.#lastNewsMs >= this.#quietMs) this.#askBecauseQuiet(nowMs);
        break;
      default:
        unreachable(input);
    }
    this.#fetchWhenDue(nowMs, out);
    return out;
  }

  #isCurrent(request: number): boolean {
    return this.#phase.kind === 'fetching' && this.#phase.request === request;
  }

  get #nextMs(): number {
    return closeTimeOf(this.#options.timeframe, this.#lastClosedMs);
  }

  // ---- the stream ----

  #apply(update: StreamUpdate, nowMs: number, out: CandleStreamOutput[], replayed = false): void {
    const { candle, closed } = update;
    if (!this.#isSound(candle)) {
      this.#heal(nowMs, false);
      return;
    }
    const openMs = candle[0];
    if (openMs < this.#nextMs) {
      // Late. Only a closed flag with other values than told is worth a question.
      const told = closed === true ? this.#recent.find((row) => row[0] === openMs) : undefined;
      if (told && !sameCandle(told, candle)) {
        this.#verifyMs = Math.min(this.#verifyMs ?? openMs, openMs);
        this.#heal(nowMs, false);
      }
      return;
    }
    if (openMs > this.#nextMs) {
      this.#keep(update);
      const onlyNextOpened = openMs === closeTimeOf(this.#options.timeframe, this.#nextMs);
      this.#heal(nowMs, closed === null && onlyNextOpened);
      return;
    }
    switch (judge(this.#forming, update)) {
      case 'stale':
        return;
      case 'contradiction':
        // While replaying, the page just read is simply newer than what waited.
        if (!replayed || closed === true) this.#heal(nowMs, false);
        return;
      case 'newer':
        break;
    }
    this.#lastNewsMs = nowMs;
    this.#quietMs = this.#options.quietMs;
    this.#mute = false;
    const told = { candle, exchangeTimeMs: update.exchangeTimeMs, receivedAtMs: update.receivedAtMs };
    if (closed === true) {
      out.push({ kind: 'closed', ...told });
      this.#moveOn(candle);
    } else {
      out.push({ kind: 'forming', ...told });
      this.#forming = { candle, eventTimeMs: update.eventTimeMs, fromStream: true };
    }
  }

  /** While healing the newest update of each open time waits; a closed one is never pushed out by a forming one. */
  #keep(update: StreamUpdate): void {
    const openMs = update.candle[0];
    if (!this.#isSound(update.candle) || openMs <= this.#lastClosedMs) return;
    const kept = this.#buffer.get(openMs);
    if (kept?.closed === true && update.closed !== true) return;
    if (kept && update.closed !== true && (update.eventTimeMs ?? 0) < (kept.eventTimeMs ?? 0)) return;
    this.#buffer.set(openMs, update);
    if (this.#buffer.size > BUFFERED_CANDLES) this.#buffer.delete(Math.min(...this.#buffer.keys()));
  }

  #replayKept(nowMs: number, out: CandleStreamOutput[]): void {
    const kept = [...this.#buffer.values()].sort((a, b) => a.candle[0] - b.candle[0]);
    this.#buffer.clear();
    for (const update of kept) {
      if (this.#phase.kind === 'synced') this.#apply(update, nowMs, out, true);
      else this.#keep(update);
    }
  }

  #isSound(candle: CandleRow): boolean {
    return candleFault(candle) === null && openTimeAt(this.#options.timeframe, candle[0]) === candle[0];
  }

  #moveOn(candle: CandleRow): void {
    assert(candle[0] === this.#nextMs, 'candles close in order');
    this.#lastClosedMs = candle[0];
    this.#recent.push(candle);
    if (this.#recent.length > RECENT_CANDLES) this.#recent.shift();
    this.#forming = null;
    this.#fruitless = 0;
  }

  // ---- healing ----

  #heal(nowMs: number, confirming: boolean): void {
    if (this.#phase.kind === 'synced') {
      this.#confirming = confirming;
      if (nowMs - this.#syncedAtMs > this.#options.retry.maxMs) this.#fruitless = 0;
      const pauseMs = this.#fruitless === 0 ? 0 : backoffMs(this.#fruitless - 1, this.#options.retry);
      this.#phase = { kind: 'waiting', dueMs: nowMs + pauseMs };
      return;
    }
    this.#confirming &&= confirming;
    if (this.#phase.kind === 'fetching') this.#again = true;
  }

  #askBecauseQuiet(nowMs: number): void {
    this.#lastNewsMs = nowMs;
    this.#quietMs = Math.min(this.#quietMs * 2, this.#options.quietMaxMs);
    this.#confirming = !this.#options.flagged;
    this.#askedInQuiet = true;
    this.#phase = { kind: 'waiting', dueMs: nowMs };
  }

  #fetchWhenDue(nowMs: number, out: CandleStreamOutput[]): void {
    if (this.#phase.kind !== 'waiting' || nowMs < this.#phase.dueMs) return;
    // From the last closed candle, itself included: that also shows whether the exchange corrected it.
    this.#ask(Math.min(this.#lastClosedMs, this.#verifyMs ?? Infinity), out);
  }

  #ask(sinceMs: number, out: CandleStreamOutput[]): void {
    this.#sinceMs = sinceMs;
    this.#phase = { kind: 'fetching', request: ++this.#request };
    out.push({ kind: 'fetch', request: this.#request, sinceMs });
  }

  #retryLater(nowMs: number, atLeastMs = 0): void {
    const pauseMs = Math.max(atLeastMs, backoffMs(this.#fruitless, this.#options.retry));
    this.#fruitless++;
    this.#phase = { kind: 'waiting', dueMs: nowMs + pauseMs };
  }

  #takeFailure(reason: ExchangeFailure, nowMs: number, out: CandleStreamOutput[]): void {
    if (reason.retryable) {
      this.#retryLater(nowMs, reason.retryAfterMs);
      return;
    }
    this.#phase = { kind: 'failed' };
    this.#buffer.clear();
    out.push({ kind: 'failed', failure: reason });
  }

  #takePage(page: SourcePage, receivedAtMs: number, nowMs: number, out: CandleStreamOutput[]): void {
    if (!this.#isPageSound(page)) {
      this.#retryLater(nowMs);
      return;
    }
    if (Math.max(page.exchangeTimeMs, page.frontierMs ?? 0) < this.#lastClosedMs) {
      this.#complainOfClock(page.exchangeTimeMs, nowMs, out);
      return;
    }
    this.#clockComplaint = false;
    const toldBefore = out.length;
    const unsettled = this.#mergePage(page, receivedAtMs, out);
    this.#verifyMs = null;
    if (page.nextSinceMs !== null) {
      this.#ask(page.nextSinceMs, out);
      return;
    }
    this.#tellForming(unsettled, page.exchangeTimeMs, receivedAtMs, out);
    if (unsettled.length > 1 || this.#lacksClosed(page.exchangeTimeMs)) {
      this.#retryLater(nowMs);
      return;
    }
    if (this.#again) {
      this.#again = false;
      this.#ask(this.#lastClosedMs, out);
      return;
    }
    if (this.#askedInQuiet && out.length > toldBefore) {
      this.#mute = true;
      this.#quietMs = this.#options.quietMs;
    }
    this.#askedInQuiet = false;
    this.#phase = { kind: 'synced' };
    this.#syncedAtMs = nowMs;
    this.#fruitless++; // forgiven when a candle closes, or by time
    this.#replayKept(nowMs, out);
  }

  #isPageSound(page: SourcePage): boolean {
    let previousMs = -Infinity;
    for (const row of page.rows) {
      if (!this.#isSound(row) || row[0] <= previousMs) return false;
      previousMs = row[0];
    }
    return page.nextSinceMs === null || page.nextSinceMs > this.#sinceMs;
  }

  /** Tells the candles of a page that closed for good, and its gaps; returns the rows that are not settled yet. */
  #mergePage(page: SourcePage, receivedAtMs: number, out: CandleStreamOutput[]): CandleRow[] {
    const candles: CandleRow[] = [];
    const gaps: Gap[] = [];
    const unsettled: CandleRow[] = [];
    for (const row of page.rows) {
      const isSettled = hasSettled(row[0], page, this.#options);
      if (row[0] <= this.#lastClosedMs) {
        if (isSettled) this.#compare(row, out);
        continue;
      }
      // A hole is a fact once the source shows something later.
      if (unsettled.length === 0 && row[0] > this.#nextMs) {
        gaps.push([this.#nextMs, row[0]]);
        this.#skipTo(row[0]);
      }
      if (!isSettled) {
        unsettled.push(row);
        continue;
      }
      if (unsettled.length > 0) continue;
      candles.push(row);
      this.#moveOn(row);
    }
    if (this.#confirming && gaps.length === 0) {
      for (const candle of candles) {
        out.push({ kind: 'closed', candle, exchangeTimeMs: page.exchangeTimeMs, receivedAtMs });
      }
    } else if (candles.length > 0 || gaps.length > 0) {
      out.push({ kind: 'healed', candles, gaps });
    }
    return unsettled;
  }

  #skipTo(openMs: number): void {
    this.#lastClosedMs = shiftOpenTime(this.#options.timeframe, openMs, -1);
    this.#forming = null;
    this.#fruitless = 0;
  }

  #compare(row: CandleRow, out: CandleStreamOutput[]): void {
    const index = this.#recent.findIndex((told) => told[0] === row[0]);
    const previous = this.#recent[index];
    if (!previous || sameCandle(previous, row)) return;
    this.#recent[index] = row;
    out.push({ kind: 'corrected', candle: row, previous });
  }

  #tellForming(
    unsettled: readonly CandleRow[],
    exchangeTimeMs: number,
    receivedAtMs: number,
    out: CandleStreamOutput[],
  ): void {
    const candle = unsettled[0];
    if (candle?.[0] !== this.#nextMs) return;
    if (this.#forming && sameCandle(this.#forming.candle, candle)) return;
    this.#forming = { candle, eventTimeMs: exchangeTimeMs, fromStream: false };
    out.push({ kind: 'forming', candle, exchangeTimeMs, receivedAtMs });
  }

  /** True when a candle must have closed but REST did not show it, and may still be about to. */
  #lacksClosed(exchangeTimeMs: number): boolean {
    const { timeframe, settleMs, restLagMs } = this.#options;
    const newestClosedMs = shiftOpenTime(timeframe, openTimeAt(timeframe, exchangeTimeMs - settleMs), -1);
    if (this.#lastClosedMs >= newestClosedMs) return false;
    const patienceMs = Math.min(restLagMs, timeframeMs(timeframe) / 2);
    return closeTimeOf(timeframe, newestClosedMs) + settleMs + patienceMs > exchangeTimeMs;
  }

  #complainOfClock(exchangeTimeMs: number, nowMs: number, out: CandleStreamOutput[]): void {
    if (!this.#clockComplaint) {
      const last = new Date(this.#lastClosedMs).toISOString();
      const clock = new Date(exchangeTimeMs).toISOString();
      const message = `the exchange's clock (${clock}) is behind the newest candle already told (${last})`;
      out.push({ kind: 'failed', failure: failure('unavailable', message, true) });
      this.#clockComplaint = true;
    }
    this.#retryLater(nowMs);
  }
}

/** True when the row opening at `openMs` can no longer change at the source. */
export function hasSettled(
  openMs: number,
  page: Pick<SourcePage, 'exchangeTimeMs' | 'frontierMs'>,
  rules: Pick<CandleStreamOptions, 'timeframe' | 'settleMs'>,
): boolean {
  const closeMs = closeTimeOf(rules.timeframe, openMs);
  const isPastByClock = closeMs + rules.settleMs <= page.exchangeTimeMs;
  // No clock is wrong by days: without this the last candle of a market that ended would never close.
  if (page.frontierMs === null || closeMs + MS_PER_DAY <= page.exchangeTimeMs) return isPastByClock;
  return openMs < page.frontierMs && (rules.settleMs === 0 || isPastByClock);
}

/** How an update of the current candle relates to what is known of it. */
function judge(known: Forming | null, update: StreamUpdate): 'newer' | 'stale' | 'contradiction' {
  if (known?.candle[0] !== update.candle[0]) return 'newer';
  const isOlder = known.eventTimeMs !== null && update.eventTimeMs !== null && update.eventTimeMs < known.eventTimeMs;
  // An older update that nevertheless knows of more trades means that a clock was set, not that it came late.
  if (isOlder && update.closed !== true && update.candle[5] <= known.candle[5]) return 'stale';
  if (grewFrom(known.candle, update.candle)) return 'newer';
  // REST and stream of one exchange may differ in small ways (an open carried over, a cached answer).
  return !known.fromStream && update.closed !== true ? 'stale' : 'contradiction';
}

/** True when `later` can be the same candle a moment after `earlier`. */
function grewFrom(earlier: CandleRow, later: CandleRow): boolean {
  // Until its first trade a candle shows the price of the one before; that trade sets all four.
  if (earlier[5] === 0 && later[5] > 0) return true;
  return earlier[1] === later[1] && later[2] >= earlier[2] && later[3] <= earlier[3] && later[5] >= earlier[5];
}
