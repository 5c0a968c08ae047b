/** Something that gathered work during this turn of the event loop. */
export interface Flushable {
  flush(): void;
}

/** Turns events into frames; told whether others do so behind it in the same turn. */
export interface FlushableChannel {
  flush(isLast: boolean): void;
}

/** Updates of forming candles leave at most this often: more often than anyone can look. */
export const PACE_MS = 100;

/**
 * Everything that becomes due in one turn of the event loop leaves together: first the channels turn events into
 * frames, then each socket is written to once. What only replaces itself again and again, a forming candle, leaves at
 * once after a pause, and then no more often than every {@link PACE_MS}, that of all series together; whatever cannot
 * wait takes it along.
 */
export class Turn {
  #channels: FlushableChannel[] = [];
  #sockets: Flushable[] = [];
  #isScheduled = false;
  #areChannelsDue = false;
  #lastMs = -Infinity;
  #pace: NodeJS.Timeout | undefined;

  /** `channel` has events to hand out, when their time comes; told once per flush. */
  addChannel(channel: FlushableChannel): void {
    this.#channels.push(channel);
    const waitMs = this.#lastMs + PACE_MS - performance.now();
    if (waitMs <= 0) this.hurry();
    else this.#pace ??= setTimeout(() => this.hurry(), waitMs);
  }

  /** All channels hand out what they have at the end of this turn. */
  hurry(): void {
    this.#areChannelsDue = true;
    this.#schedule();
  }

  /** `socket` has frames to write; told once per flush. */
  addSocket(socket: Flushable): void {
    this.#sockets.push(socket);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isScheduled = false;
    if (this.#areChannelsDue) this.#flushChannels();
    const sockets = this.#sockets;
    this.#sockets = [];
    for (const socket of sockets) socket.flush();
  }

  #flushChannels(): void {
    this.#areChannelsDue = false;
    clearTimeout(this.#pace);
    this.#pace = undefined;
    this.#lastMs = performance.now();
    const channels = this.#channels;
    this.#channels = [];
    const last = channels.pop();
    for (const channel of channels) channel.flush(false);
    last?.flush(true);
  }
}
