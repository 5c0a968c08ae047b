import type { WebSocket } from 'ws';

/** Frames a client may send per second, Binance's limit. */
const FRAMES_PER_SECOND = 5;
const PING_EVERY_MS = 20_000;
const PONG_WITHIN_MS = 60_000;
const LONGEST_LIFE_MS = 86_400_000;

let lastConnectionId = 0;

/** One client socket of the market streams and what it subscribed to. */
export class Connection {
  readonly id = ++lastConnectionId;
  readonly socket: WebSocket;
  readonly streams = new Set<string>();
  /** Whether events come wrapped as `{"stream":…,"data":…}`. */
  combined: boolean;
  readonly #wallNowMs: () => number;
  readonly #openedMs: number;
  #lastPongMs: number;
  #lastPingMs: number;
  #frameTimesMs: number[] = [];

  constructor(socket: WebSocket, combined: boolean, wallNowMs: () => number) {
    this.socket = socket;
    this.combined = combined;
    this.#wallNowMs = wallNowMs;
    this.#openedMs = this.#lastPongMs = this.#lastPingMs = wallNowMs();
  }

  pongArrived(): void {
    this.#lastPongMs = this.#wallNowMs();
  }

  /** Notes an incoming frame; false when the client has sent too many within a second. */
  frameArrived(): boolean {
    const now = this.#wallNowMs();
    this.#frameTimesMs = this.#frameTimesMs.filter((timeMs) => now - timeMs < 1_000);
    this.#frameTimesMs.push(now);
    return this.#frameTimesMs.length <= FRAMES_PER_SECOND;
  }

  /** Pings when due; ends a connection that stopped answering or is a day old. */
  beat(mayPing: boolean): void {
    const now = this.#wallNowMs();
    if (now - this.#openedMs >= LONGEST_LIFE_MS) this.socket.close(1001, 'a connection lasts 24 hours');
    else if (now - this.#lastPongMs >= PING_EVERY_MS + PONG_WITHIN_MS) this.socket.terminate();
    else if (mayPing && now - this.#lastPingMs >= PING_EVERY_MS && this.socket.readyState === this.socket.OPEN) {
      this.#lastPingMs = now;
      this.socket.ping(String(now));
    }
  }
}
