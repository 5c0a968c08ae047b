import type { WebSocket } from 'ws';
import type { FrameFaults } from '../faults/frame-faults.js';
import { Connection } from './connection.js';
import { parseControl, type Control, type RequestId } from './control-frames.js';
import type { VenueContext } from './markets.js';
import { openStream } from './streams/stream-names.js';
import type { MarketStream, StreamEvent } from './streams/stream.js';

/** Streams one connection may hold, Binance's limit. */
const STREAMS_PER_CONNECTION = 1_024;
/** Simulated time worked off in one go, so that a jump of days does not block the thread. */
const SLICE_MS = 600_000;
/** A client that reads slower than this much behind waits, then is cut off. */
const UNSENT_BYTES_MAX = 16 * 1_048_576;
const SLOW_CLIENT_WAIT_MS = 10_000;

/** The market stream endpoint: who listens to what, and the work of telling them as time goes on. */
export class StreamHub {
  readonly #context: VenueContext;
  readonly #frames: FrameFaults;
  readonly #wallNowMs: () => number;
  readonly #connections = new Set<Connection>();
  readonly #streams = new Map<string, { stream: MarketStream; listeners: Set<Connection> }>();
  /** Everything up to this simulated moment has been sent. */
  #toldMs: number;
  #telling: Promise<void> | undefined;

  constructor(options: { context: VenueContext; frames: FrameFaults; wallNowMs: () => number }) {
    this.#context = options.context;
    this.#frames = options.frames;
    this.#wallNowMs = options.wallNowMs;
    this.#toldMs = options.context.clock.nowMs();
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections;
  }

  /** Names of all streams with at least one listener. */
  get openStreams(): readonly string[] {
    return [...this.#streams.keys()];
  }

  /** Takes a new socket, subscribed to `names` from the start; a name that does not exist closes it with 1008. */
  connect(socket: WebSocket, options: { combined: boolean; names: readonly string[] }): void {
    const connection = this.#accept(socket, options.combined, (connection, text) =>
      this.#answer(connection, parseControl(text)),
    );
    const refusal = options.names.length === 0 ? undefined : this.#subscribe(connection, options.names);
    if (refusal !== undefined) socket.close(1008, refusal.slice(0, 120));
  }

  /** Takes a socket that asks and is answered, frame by frame, but hears no streams. */
  connectCaller(socket: WebSocket, answer: (text: string) => string): void {
    this.#accept(socket, false, (connection, text) => this.#frames.send(connection.socket, null, answer(text)));
  }

  /** Sends everything due by now; resolves when it is handed to the sockets. */
  tell(): Promise<void> {
    this.#telling ??= this.#tellUntilNow().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  /** As {@link tell}, for everything up to the clock's present time without exception. */
  async tellAll(): Promise<void> {
    const untilMs = this.#context.clock.nowMs();
    do await this.tell();
    while (this.#streams.size > 0 && this.#toldMs < untilMs);
  }

  /** Keeps connections alive and ends dead ones; call about every second. */
  beat(): void {
    for (const connection of this.#connections) connection.beat(this.#frames.alive());
  }

  /** Cuts, without a closing handshake, the connections that `chosen` names. */
  terminate(chosen: (connection: Connection) => boolean): void {
    for (const connection of this.#connections) if (chosen(connection)) connection.socket.terminate();
  }

  async #tellUntilNow(): Promise<void> {
    // Time that passes meanwhile is for the next call: chasing a fast clock would never rest.
    const nowMs = this.#context.clock.nowMs();
    while (this.#toldMs < nowMs) {
      if (this.#streams.size === 0) {
        this.#toldMs = nowMs;
        return;
      }
      const untilMs = Math.min(nowMs, this.#toldMs + SLICE_MS);
      this.#tellSlice(this.#toldMs, untilMs);
      this.#toldMs = untilMs;
      if (untilMs < nowMs) await new Promise((resolve) => setImmediate(resolve));
      await this.#waitForSlowClients();
    }
  }

  #tellSlice(fromMs: number, toMs: number): void {
    const events: StreamEvent[] = [];
    for (const { stream } of this.#streams.values()) stream.events(fromMs, toMs, events);
    // The sort is stable: what a stream says at one moment stays in its order.
    events.sort((a, b) => a.timeMs - b.timeMs);
    for (const event of events) {
      const open = this.#streams.get(event.stream);
      if (!open) continue;
      for (const connection of open.listeners) {
        const text = connection.combined ? `{"stream":"${event.stream}","data":${event.json}}` : event.json;
        this.#frames.send(connection.socket, event.stream, text);
      }
    }
  }

  async #waitForSlowClients(): Promise<void> {
    const slow = (): Connection[] =>
      [...this.#connections].filter(({ socket }) => socket.bufferedAmount > UNSENT_BYTES_MAX);
    for (let waitedMs = 0; waitedMs < SLOW_CLIENT_WAIT_MS && slow().length > 0; waitedMs += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const { socket } of slow()) socket.terminate();
  }

  #accept(socket: WebSocket, combined: boolean, onText: (connection: Connection, text: string) => void): Connection {
    const connection = new Connection(socket, combined, this.#wallNowMs);
    this.#connections.add(connection);
    const counted = (): boolean => {
      const fair = connection.frameArrived();
      if (!fair) socket.close(1008, 'Too many requests');
      return fair;
    };
    socket.on('close', () => this.#forget(connection));
    // A broken client is the client's trouble; `close` follows.
    socket.on('error', () => undefined);
    socket.on('pong', () => connection.pongArrived());
    socket.on('ping', (data: Buffer) => {
      if (counted() && this.#frames.alive()) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => {
      if (counted()) onText(connection, data.toString('utf8'));
    });
    return connection;
  }

  #answer(connection: Connection, control: Control): void {
    switch (control.kind) {
      case 'subscribe': {
        const refusal = this.#subscribe(connection, control.names);
        if (refusal === undefined) this.#result(connection, control.id, null);
        else this.#error(connection, control.id, 2, refusal);
        return;
      }
      case 'unsubscribe':
        for (const name of control.names) this.#unsubscribe(connection, name);
        this.#result(connection, control.id, null);
        return;
      case 'list':
        this.#result(connection, control.id, [...connection.streams]);
        return;
      case 'set-combined':
        connection.combined = control.combined;
        this.#result(connection, control.id, null);
        return;
      case 'get-combined':
        this.#result(connection, control.id, connection.combined);
        return;
      case 'error':
        this.#error(connection, control.id, control.code, control.message);
    }
  }

  /** Subscribes to all of `names` or, telling why, to none. */
  #subscribe(connection: Connection, names: readonly string[]): string | undefined {
    const wanted = new Set([...connection.streams, ...names]);
    if (wanted.size > STREAMS_PER_CONNECTION) {
      return `Invalid request: a connection carries at most ${STREAMS_PER_CONNECTION} streams`;
    }
    const opened = new Map<string, MarketStream>();
    for (const name of names) {
      const stream = this.#streams.get(name)?.stream ?? openStream(name, this.#context);
      if (stream === undefined) return `Invalid request: unknown stream ${JSON.stringify(name)}`;
      opened.set(name, stream);
    }
    // While nobody listened, time was not kept; a first listener must not be told the past.
    if (this.#streams.size === 0) this.#toldMs = this.#context.clock.nowMs();
    for (const [name, stream] of opened) {
      const open = this.#streams.get(name);
      if (open) open.listeners.add(connection);
      else this.#streams.set(name, { stream, listeners: new Set([connection]) });
      connection.streams.add(name);
    }
    return undefined;
  }

  #unsubscribe(connection: Connection, name: string): void {
    connection.streams.delete(name);
    const open = this.#streams.get(name);
    if (!open) return;
    open.listeners.delete(connection);
    if (open.listeners.size === 0) this.#streams.delete(name);
  }

  #forget(connection: Connection): void {
    for (const name of [...connection.streams]) this.#unsubscribe(connection, name);
    this.#connections.delete(connection);
  }

  #result(connection: Connection, id: RequestId, result: unknown): void {
    this.#frames.send(connection.socket, null, JSON.stringify({ result, id }));
  }

  #error(connection: Connection, id: RequestId, code: number, msg: string): void {
    this.#frames.send(connection.socket, null, JSON.stringify({ error: { code, msg }, id }));
  }
}
