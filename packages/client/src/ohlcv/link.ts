import { OHLCV_LIMITS } from '@wickworks/contracts';
import type { Result } from '@wickworks/core';
import { SOCKET_OPEN, type SocketConstructor, type SocketLike } from './socket.js';
import { redialDelayMs, type LinkTiming } from './timing.js';

/** The socket to our own server. Times are this machine's clock, ms. */
export interface LinkState {
  readonly state: 'connecting' | 'open' | 'lost' | 'closed';
  readonly sinceMs: number;
  /** Last arrival of anything, heartbeats included. */
  readonly lastMessageMs: number | null;
  /** When the next dial starts; set while `lost`. */
  readonly retryAtMs: number | null;
  /** Why the last connection ended. */
  readonly reason: string | null;
  /** The server's clock minus ours, as of its last `hello` or heartbeat. */
  readonly serverClockOffsetMs: number | null;
}

export interface LinkOptions {
  readonly url: string;
  readonly WebSocket: SocketConstructor;
  readonly token: (() => string | undefined) | undefined;
  readonly timing: LinkTiming;
}

interface Hello {
  readonly kind: 'hello';
  readonly serverTimeMs: number;
  readonly heartbeatMs: number;
}
interface Heartbeat {
  readonly kind: 'heartbeat';
  readonly serverTimeMs: number;
}

export interface LinkEvents<Message extends { readonly kind: string }, Sent> {
  /** Asks the server for a sign of life. */
  readonly ping: Sent;
  /** What is in a frame, or what is wrong with it. */
  readonly parse: (data: string | ArrayBuffer) => Result<Message, string>;
  /** `hello` has arrived: subscribe now. */
  readonly onOpen: (hello: Extract<Message, Hello>) => void;
  readonly onMessage: (message: Message) => void;
  /** The connection is gone; a new dial follows by itself. */
  readonly onLost: () => void;
}

/** One connection at a time to `/ws/ohlcv` or `/ws/events`, redialled until closed; asks a silent server for a sign of life. */
export class Link<Message extends Hello | Heartbeat | { readonly kind: string }, Sent> {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents<Message, Sent>;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  #state: LinkState;
  #socket: SocketLike | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setInterval> | undefined;
  #failures = 0;
  #lastMessageMs: number | null = null;
  /** When the sign of life was asked for that has not come yet. */
  #probedMs: number | null = null;

  constructor(options: LinkOptions, events: LinkEvents<Message, Sent>) {
    this.#options = options;
    this.#events = events;
    this.#state = {
      state: 'connecting',
      sinceMs: Date.now(),
      lastMessageMs: null,
      retryAtMs: null,
      reason: null,
      serverClockOffsetMs: null,
    };
    this.#dial();
  }

  get state(): LinkState {
    return { ...this.#state, lastMessageMs: this.#lastMessageMs };
  }

  /** Calls `listener` at each change of the connection; returns the unsubscribe. */
  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  /** Sends when open; `false` means not sent. */
  send(message: Sent): boolean {
    if (this.#state.state !== 'open' || this.#socket?.readyState !== SOCKET_OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Ends the current connection (a broken promise of the server) and dials anew. */
  drop(reason: string): void {
    if (this.#socket) this.#lose(reason);
  }

  /** Dials now instead of at `retryAtMs`. */
  retryNow(): void {
    if (this.#state.state === 'lost') this.#dial();
  }

  close(): void {
    this.#release();
    this.#set({ state: 'closed', retryAtMs: null, reason: 'closed by the caller' });
  }

  #dial(): void {
    clearTimeout(this.#timer);
    const { url, WebSocket, token, timing } = this.#options;
    const bearer = token?.();
    const socket =
      bearer === undefined
        ? new WebSocket(url)
        : new WebSocket(url, [], { headers: { authorization: `Bearer ${bearer}` } });
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }: { data: unknown }) => this.#receive(socket, data);
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      if (this.#socket === socket) this.#lose(reason === '' ? `closed with code ${code}` : `${reason} (${code})`);
    };
    // A close event always follows and carries what little there is to know.
    socket.onerror = () => undefined;
    this.#timer = setTimeout(() => this.#lose('no hello in time'), timing.connectTimeoutMs);
    this.#set({ state: 'connecting', retryAtMs: null });
  }

  #receive(socket: SocketLike, data: unknown): void {
    if (this.#socket !== socket) return;
    this.#lastMessageMs = Date.now();
    this.#probedMs = null;
    if (typeof data !== 'string' && !(data instanceof ArrayBuffer)) {
      this.#lose('frame is neither text nor an ArrayBuffer');
      return;
    }
    const parsed = this.#events.parse(data);
    if (!parsed.ok) {
      this.#lose(parsed.error);
      return;
    }
    const message = parsed.value;
    if (isHello(message)) this.#opened(message);
    else if (isHeartbeat(message)) this.#set({ serverClockOffsetMs: message.serverTimeMs - Date.now() });
    else this.#events.onMessage(message);
  }

  #opened(hello: Extract<Message, Hello>): void {
    const { serverTimeMs, heartbeatMs } = hello;
    const { timing } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#failures = 0), timing.stableAfterMs);
    const silentAfterMs = timing.silenceHeartbeats * Math.max(heartbeatMs, 1);
    clearInterval(this.#watchdog);
    this.#watchdog = setInterval(
      () => this.#watch(silentAfterMs),
      Math.min(silentAfterMs / 4, timing.probeAfterMs / 2, OHLCV_LIMITS.heartbeatMs),
    );
    this.#set({
      state: 'open',
      retryAtMs: null,
      reason: null,
      serverClockOffsetMs: serverTimeMs - Date.now(),
    });
    this.#events.onOpen(hello);
  }

  /** Timers of hidden pages run seldom: silence alone is held against the server only when it was asked in vain. */
  #watch(silentAfterMs: number): void {
    const { probeAfterMs, probeReplyMs } = this.#options.timing;
    const nowMs = Date.now();
    const silentMs = nowMs - (this.#lastMessageMs ?? 0);
    const isUnanswered = this.#probedMs !== null && nowMs - this.#probedMs > probeReplyMs;
    if (isUnanswered || silentMs > silentAfterMs) this.#lose('server fell silent');
    else if (this.#probedMs === null && silentMs > probeAfterMs && this.send(this.#events.ping)) this.#probedMs = nowMs;
  }

  #lose(reason: string): void {
    const wasOpen = this.#state.state === 'open';
    this.#release();
    const { timing } = this.#options;
    const delayMs = redialDelayMs(timing, this.#failures++, Math.random());
    this.#timer = setTimeout(() => this.#dial(), delayMs);
    this.#set({ state: 'lost', retryAtMs: Date.now() + delayMs, reason });
    if (wasOpen) this.#events.onLost();
  }

  #release(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#watchdog);
    this.#probedMs = null;
    const socket = this.#socket;
    this.#socket = undefined;
    // Closing a socket that never opened makes `ws` report an error: the handler stays.
    socket?.close();
  }

  #set(change: Partial<LinkState>): void {
    const sinceMs = change.state && change.state !== this.#state.state ? Date.now() : this.#state.sinceMs;
    this.#state = { ...this.#state, ...change, sinceMs };
    const { state } = this;
    for (const listener of this.#stateListeners) listener(state);
  }
}

const isHello = <M extends { readonly kind: string }>(message: M): message is Extract<M, Hello> =>
  message.kind === 'hello';
const isHeartbeat = <M extends { readonly kind: string }>(message: M): message is Extract<M, Heartbeat> =>
  message.kind === 'heartbeat';
