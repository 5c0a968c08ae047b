import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { OhlcvServerMessage } from '@wickworks/contracts';
import { textFrame } from './frame.js';
import { stateOfLine, takenBytesOf, type LineState } from './line.js';
import type { Flushable, Turn } from './turn.js';

/** Bytes waiting in the process beyond which a client counts as slow: forming candles coalesce. */
const SLOW_BYTES = 64 * 1024;
/** Bytes waiting beyond which it is hopeless: close 4008, to resume later. */
export const HOPELESS_BYTES = 4 * 1024 * 1024;
/** Frames up to this size in sum are copied together into one write; larger ones go out as one writev. */
const CONCAT_BYTES_MAX = 32 * 1024;

/**
 * The sending side of one client. Frames are built by us and written to the TCP socket under `ws`, all frames of one
 * turn in one write. This cannot overtake `ws`: its sender queues only for compression and Blobs, of which it never
 * gets any from us, and everything it sends itself (pong, close) it writes at once.
 */
export class ClientSocket implements Flushable {
  readonly #ws: WebSocket;
  readonly #tcp: Duplex;
  readonly #turn: Turn;
  /** What waits for the end of this turn: mostly one frame, and no list is made for it. */
  #frame: Buffer | undefined;
  #more: Buffer[] | undefined;
  #frameBytes = 0;
  /** At the last heartbeat. */
  #takenBytes = 0;
  /** Whether the client negotiated permessage-deflate. */
  readonly isDeflating: boolean;

  constructor(ws: WebSocket, tcp: Duplex, turn: Turn) {
    this.#ws = ws;
    this.#tcp = tcp;
    this.#turn = turn;
    // Every operation that waits for room listens for `drain`.
    tcp.setMaxListeners(0);
    this.isDeflating = ws.extensions.includes('permessage-deflate');
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  /** Bytes accepted by us and not yet by the kernel. */
  get backlogBytes(): number {
    return this.#tcp.writableLength + this.#frameBytes;
  }

  get isSlow(): boolean {
    return this.backlogBytes > SLOW_BYTES;
  }

  /** What a heartbeat makes of the line, given whether the client was heard since the last one. */
  takePulse(wasHeard: boolean): LineState {
    const takenBytes = takenBytesOf(this.#tcp);
    const state = stateOfLine({
      wasHeard,
      backlogBytes: this.#tcp.writableLength,
      takenBytes: takenBytes - this.#takenBytes,
    });
    this.#takenBytes = takenBytes;
    return state;
  }

  /** Sends a whole frame with the others of this turn. */
  queue(frame: Buffer): void {
    this.#frameBytes += frame.length;
    if (this.#frame === undefined) {
      this.#frame = frame;
      this.#turn.addSocket(this);
    } else if (this.#more === undefined) this.#more = [this.#frame, frame];
    else this.#more.push(frame);
  }

  /** Sends a whole frame at once, or with those of this turn that wait already. */
  write(frame: Buffer): void {
    if (this.#frame !== undefined) this.queue(frame);
    else if (this.isOpen) this.#tcp.write(frame);
  }

  /** Sends one message as text. */
  send(message: OhlcvServerMessage): void {
    this.queue(textFrame(JSON.stringify(message), this.isDeflating));
  }

  /** Writes what is queued; called by the turn, and before closing. */
  flush(): void {
    const frame = this.#frame;
    if (frame === undefined) return;
    const frames = this.#more;
    const bytes = this.#frameBytes;
    this.#frame = undefined;
    this.#more = undefined;
    this.#frameBytes = 0;
    if (!this.isOpen) return;
    if (frames === undefined) {
      this.#tcp.write(frame);
    } else if (bytes <= CONCAT_BYTES_MAX) {
      this.#tcp.write(Buffer.concat(frames, bytes));
    } else {
      this.#tcp.cork();
      for (const one of frames) this.#tcp.write(one);
      this.#tcp.uncork();
    }
  }

  /** Resolves when little waits to be sent, or when the client is gone. */
  async ready(): Promise<void> {
    while (this.isOpen && this.isSlow) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#tcp.off('drain', done).off('close', done);
          resolve();
        };
        this.#tcp.on('drain', done).on('close', done);
        this.flush();
        if (this.#tcp.writableLength <= SLOW_BYTES) done();
      });
    }
  }

  /** Calls `listener` each time everything sent so far was taken by the kernel after a jam. */
  onDrain(listener: () => void): void {
    this.#tcp.on('drain', listener);
  }

  /** Sends what is queued, then closes with `code`. */
  close(code: number, reason: string): void {
    this.flush();
    this.#ws.close(code, reason);
  }
}
