import { IndicatorTrack, type IndicatorChoice } from '../feed/indicator-track.js';
import type { SeriesEvent } from '../feed/series-event.js';
import type { SeriesHub } from '../feed/series-hub.js';
import { candleBody, indicatorBody, streamBodyOf, streamText, type StreamBody } from '../wire/series-message.js';
import { HOPELESS_BYTES } from './client-socket.js';
import { subscriptionName, type Follower } from './follower.js';
import { textFrame } from './frame.js';
import type { FlushableChannel, Turn } from './turn.js';

/** What fan-out tells the metrics. */
export interface FanOutMeter {
  /** Messages handed to sockets. */
  delivered(count: number): void;
  /** Forming candles left out for slow clients. */
  coalesced(count: number): void;
  /** A client let go because it was too far behind. */
  dropped(): void;
  /** Time from the upstream message to the sockets, seconds. */
  latency(seconds: number): void;
}

/** Keeps `(number, seq)` apart in one number: subscriptions per connection stay far below 2^21. */
const SEQ_SPAN = 2 ** 32;

/**
 * Hands the events of one series, with the same indicators, to all who follow it. Each event is serialised once; each distinct frame (they
 * differ in subscription name and `seq` alone) is built once and shared by every client in the same state.
 */
export class Channel implements FlushableChannel {
  readonly hub: SeriesHub;
  /** Indicators sent with the candles; `undefined` without any. */
  readonly track: IndicatorTrack | undefined;
  readonly #turn: Turn;
  readonly #meter: FanOutMeter;
  readonly #nowMs: () => number;
  readonly #followers = new Set<Follower>();
  readonly #unsubscribe: () => void;
  #pending: StreamBody[] = [];
  #oldestReceivedAtMs = Infinity;

  constructor(input: {
    hub: SeriesHub;
    indicators: readonly IndicatorChoice[];
    turn: Turn;
    meter: FanOutMeter;
    nowMs: () => number;
  }) {
    this.hub = input.hub;
    this.track = input.indicators.length > 0 ? new IndicatorTrack(input.hub, input.indicators) : undefined;
    this.#turn = input.turn;
    this.#meter = input.meter;
    this.#nowMs = input.nowMs;
    this.#unsubscribe = input.hub.subscribe((event) => this.#onEvent(event));
  }

  get followerCount(): number {
    return this.#followers.size;
  }

  /** From the next event on. What happened before must be in the snapshot: call {@link flush} before taking it. */
  add(follower: Follower): void {
    this.#followers.add(follower);
  }

  remove(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** Sends the forming candle as it is now to a follower that had to do without, unless the next flush does. */
  payOwed(follower: Follower): void {
    if (!follower.owesForming || follower.socket.isSlow || this.#pending.length > 0) return;
    follower.owesForming = false;
    const { forming } = this.hub;
    if (!forming) return;
    this.#sendOne(follower, candleBody(forming, false));
    for (const values of this.track?.newest() ?? []) this.#sendOne(follower, indicatorBody(values));
  }

  close(): void {
    this.#unsubscribe();
    this.#followers.clear();
  }

  /** Hands out what happened since the last flush; `isLast`: nobody adds to the same write in this turn. */
  flush(isLast = false): void {
    const bodies = this.#pending;
    if (bodies.length === 0) return;
    this.#pending = [];
    const shared = new SharedFrames(bodies);
    let coalesced = 0;
    let delivered = 0;
    const nowMs = this.#nowMs();
    for (const follower of this.#followers) {
      if (follower.owesForming || follower.socket.isSlow) {
        const left = this.#flushToSlow(follower, bodies, nowMs);
        coalesced += left;
        delivered += bodies.length - left;
        continue;
      }
      const { log, socket } = follower;
      const frame = shared.from(follower.number, log.seq + 1, socket.isDeflating);
      for (const body of bodies) log.advance(body.closedMs, nowMs);
      if (isLast) socket.write(frame);
      else socket.queue(frame);
      delivered += bodies.length;
    }
    this.#meter.delivered(delivered);
    if (coalesced > 0) this.#meter.coalesced(coalesced);
    if (this.#oldestReceivedAtMs !== Infinity) this.#meter.latency((nowMs - this.#oldestReceivedAtMs) / 1_000);
    this.#oldestReceivedAtMs = Infinity;
  }

  #onEvent(event: SeriesEvent): void {
    const body = streamBodyOf(event);
    if (!body) {
      if (event.kind !== 'failed') return;
      // What came before is told before.
      this.flush();
      for (const follower of [...this.#followers]) follower.onFailed(event.failure.message);
      return;
    }
    const values = this.track?.follow(event) ?? [];
    if (event.kind === 'forming' || event.kind === 'closed')
      this.#oldestReceivedAtMs = Math.min(this.#oldestReceivedAtMs, event.receivedAtMs);
    if (this.#followers.size === 0) return;
    if (this.#pending.length === 0) this.#turn.addChannel(this);
    this.#pending.push(body, ...values.map(indicatorBody));
    if (!body.isForming) this.#turn.hurry();
  }

  /** Everything but forming candles; returns how many were left out. */
  #flushToSlow(follower: Follower, bodies: readonly StreamBody[], nowMs: number): number {
    let left = 0;
    for (const body of bodies) {
      if (body.isForming) {
        follower.owesForming = true;
        left++;
      } else {
        this.#sendOne(follower, body, nowMs);
      }
    }
    if (follower.socket.backlogBytes <= HOPELESS_BYTES) {
      this.payOwed(follower);
    } else if (follower.socket.isOpen) {
      this.#meter.dropped();
      follower.onHopeless();
    }
    return left;
  }

  #sendOne(follower: Follower, body: StreamBody, nowMs = this.#nowMs()): void {
    const seq = follower.log.advance(body.closedMs, nowMs);
    const text = streamText(body, subscriptionName(follower.number), seq);
    follower.socket.queue(textFrame(text, follower.socket.isDeflating));
  }
}

/** Frames of one flush, built when first asked for. */
class SharedFrames {
  readonly #bodies: readonly StreamBody[];
  readonly #plain = new Map<number, Buffer>();
  readonly #deflated = new Map<number, Buffer>();
  #lastKey = -1;
  #lastIsDeflated = false;
  #last: Buffer | undefined;

  constructor(bodies: readonly StreamBody[]) {
    this.#bodies = bodies;
  }

  /** All bodies for subscription `number`, numbered from `seq`, in one buffer. */
  from(number: number, seq: number, isDeflated: boolean): Buffer {
    const key = number * SEQ_SPAN + seq;
    if (key === this.#lastKey && isDeflated === this.#lastIsDeflated && this.#last) return this.#last;
    const frames = isDeflated ? this.#deflated : this.#plain;
    let buffer = frames.get(key);
    if (!buffer) {
      buffer = this.#build(number, seq, isDeflated);
      frames.set(key, buffer);
    }
    this.#lastKey = key;
    this.#lastIsDeflated = isDeflated;
    this.#last = buffer;
    return buffer;
  }

  #build(number: number, seq: number, isDeflated: boolean): Buffer {
    const name = subscriptionName(number);
    const frames = this.#bodies.map((body, index) => textFrame(streamText(body, name, seq + index), isDeflated));
    return frames.length === 1 ? frames[0]! : Buffer.concat(frames);
  }
}
