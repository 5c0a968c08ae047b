import type { ClientSocket } from './client-socket.js';

interface Mark {
  readonly seq: number;
  /** Open time of the newest closed candle the client knows at `seq`, ms UTC; -1 for none. */
  readonly closedMs: number;
  /** Wall clock when that was sent. */
  readonly atMs: number;
}

const MARKS_MAX = 1_024;

/** Which closed candle a client had seen at which `seq`: what a resume starts from. */
export class SeqLog {
  #marks: Mark[] = [];
  #seq = -1;

  /** `seq` of the newest message. */
  get seq(): number {
    return this.#seq;
  }

  /** The next message is numbered and, if it tells of a closed candle, remembered. Returns its `seq`. */
  advance(closedMs: number | null, atMs: number): number {
    this.#seq++;
    if (closedMs !== null) {
      this.#marks.push({ seq: this.#seq, closedMs, atMs });
      if (this.#marks.length > 2 * MARKS_MAX) this.#marks = this.#marks.slice(-MARKS_MAX);
    }
    return this.#seq;
  }

  /** What the client knew at `seq`; `undefined` when that is longer ago than the log, or never was sent. */
  at(seq: number): Mark | undefined {
    if (seq > this.#seq) return undefined;
    return this.#marks.findLast((mark) => mark.seq <= seq);
  }

  /** Goes on behind `seq`: later messages never arrived. */
  rewind(seq: number): void {
    this.#marks = this.#marks.filter((mark) => mark.seq <= seq);
    this.#seq = seq;
  }
}

/** One live subscription of one client. */
export interface Follower {
  readonly socket: ClientSocket;
  /** Number in `subscription: "s<number>"`, per connection. */
  readonly number: number;
  readonly log: SeqLog;
  /** A forming candle was left out because the client lagged: the newest is due when it caught up. */
  owesForming: boolean;
  /** The series ended with a failure. */
  onFailed(detail: string): void;
  /** Too far behind: the client must go. */
  onHopeless(): void;
}

/** The subscription's name on the wire. */
export const subscriptionName = (number: number): string => `s${number}`;
