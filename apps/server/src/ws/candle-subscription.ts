import {
  assert,
  Candles,
  candlesBetween,
  closeTimeOf,
  findGaps,
  type CandleRow,
  type SeriesKey,
} from '@wickworks/core';
import type { Feed, HubLease } from '../feed/feed.js';
import { backfillBody, candleBody, signalBody, streamText, type StreamBody } from '../wire/series-message.js';
import type { CandleBlocks } from './candle-blocks.js';
import type { ChannelLease } from './channels.js';
import type { ClientSocket } from './client-socket.js';
import type { SignalSource } from './context.js';
import { SeqLog, subscriptionName, type Follower } from './follower.js';
import { textFrame } from './frame.js';
import type { ResumeState } from './resume-book.js';
import type { ResumeClaims } from './resume-token.js';

/** A resume that can go on where the client was: the closed candles it missed. */
export interface Continuation {
  readonly log: SeqLog;
  /** Open time of the newest closed candle the client has. */
  readonly closedMs: number;
}

/** Longest absence bridged by a backfill; beyond it a snapshot is the shorter way. */
const BACKFILL_CANDLES_MAX = 5_000;

/**
 * Whether a kept subscription can go on behind `seq`, with the hub's memory made to reach back far enough. Not after
 * a correction of what the client holds, and not with indicators or strategies: these are better told anew.
 */
export async function continuationOf(
  input: { state: ResumeState; seq: number; key: SeriesKey },
  lease: HubLease,
  feed: Feed,
): Promise<Continuation | null> {
  const { state, seq, key } = input;
  const mark = state.log.at(seq);
  if (!mark || mark.closedMs < 0 || (state.claims.indicators?.length ?? 0) > 0) return null;
  if ((state.claims.strategies?.length ?? 0) > 0) return null;
  if (await feed.wasCorrected(key, mark.closedMs, mark.atMs)) return null;
  const { hub } = lease;
  const newestMs = hub.closed.length > 0 ? hub.closed.time[hub.closed.length - 1]! : -1;
  const missed = candlesBetween(key.timeframe, mark.closedMs, newestMs);
  if (missed < 0 || missed > BACKFILL_CANDLES_MAX) return null;
  await hub.ensureDepth(missed + 1);
  return { log: state.log, closedMs: mark.closedMs };
}

/** One candle subscription of one client, from its first message to its end. */
export class CandleSubscription implements Follower {
  readonly socket: ClientSocket;
  readonly number: number;
  readonly claims: ResumeClaims;
  readonly key: SeriesKey;
  readonly onFailed: (detail: string) => void;
  readonly onHopeless: () => void;
  owesForming = false;
  log = new SeqLog();
  readonly #lease: ChannelLease;
  readonly #nowMs: () => number;
  readonly #signals: SignalSource;
  #unfollow: (() => void)[] = [];

  constructor(input: {
    socket: ClientSocket;
    number: number;
    claims: ResumeClaims;
    lease: ChannelLease;
    nowMs: () => number;
    signals: SignalSource;
    onFailed: (detail: string) => void;
    onHopeless: () => void;
  }) {
    this.socket = input.socket;
    this.number = input.number;
    this.claims = input.claims;
    this.key = input.lease.channel.hub.key;
    this.onFailed = input.onFailed;
    this.onHopeless = input.onHopeless;
    this.#lease = input.lease;
    this.#nowMs = input.nowMs;
    this.#signals = input.signals;
  }

  get name(): string {
    return subscriptionName(this.number);
  }

  get hub(): ChannelLease['channel']['hub'] {
    return this.#lease.channel.hub;
  }

  /** Begins with a snapshot (`seq` 0). Events already announced must have been flushed. */
  startAnew(blocks: CandleBlocks): void {
    const { hub, track } = this.#lease.channel;
    const { limit, encoding } = this.claims;
    const newestMs = hub.closed.length > 0 ? hub.closed.time[hub.closed.length - 1]! : -1;
    const seq = this.log.advance(newestMs, this.#nowMs());
    const { isDeflating } = this.socket;
    this.socket.queue(blocks.snapshot({ hub, track, limit, encoding, subscription: this.name, seq, isDeflating }));
    this.#lease.channel.add(this);
    this.#followSignals();
  }

  /** Goes on behind `seq` with what was missed. The hub's memory reaches back to `closedMs`. */
  goOn(continuation: Continuation, seq: number): void {
    const missed = this.hub.closedAfter(continuation.closedMs);
    assert(missed, 'memory reaches back to what the client has');
    this.log = continuation.log;
    this.log.rewind(seq);
    if (missed.length > 0) this.#send(this.#backfill(missed, continuation.closedMs));
    if (this.hub.forming) this.#send(candleBody(this.hub.forming, false));
    this.#lease.channel.add(this);
  }

  /** Sends the newest forming candle if one was left out and the client has caught up. */
  payOwed(): void {
    this.#lease.channel.payOwed(this);
  }

  /** Stops the stream and gives the series back. */
  close(): void {
    this.#lease.channel.remove(this);
    for (const off of this.#unfollow) off();
    this.#unfollow = [];
    this.#lease.release();
  }

  #followSignals(): void {
    const { exchange, symbol, timeframe } = this.key;
    this.#unfollow = (this.claims.strategies ?? []).map((strategyId) =>
      this.#signals.subscribe(strategyId, (signal) => {
        if (signal.exchange !== exchange || signal.symbol !== symbol || signal.timeframe !== timeframe) return;
        // What was announced before goes out before.
        this.#lease.channel.flush();
        this.#send(signalBody(signal));
      }),
    );
  }

  #backfill(missed: readonly CandleRow[], closedMs: number): StreamBody {
    const { timeframe } = this.key;
    const gaps = findGaps(Candles.fromRows(missed), timeframe);
    const expectedMs = closeTimeOf(timeframe, closedMs);
    const firstMs = missed[0]![0];
    return backfillBody(missed, firstMs > expectedMs ? [[expectedMs, firstMs], ...gaps] : gaps);
  }

  #send(body: StreamBody): void {
    const seq = this.log.advance(body.closedMs, this.#nowMs());
    this.socket.queue(textFrame(streamText(body, this.name, seq), this.socket.isDeflating));
  }
}
