import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { OHLCV_CLOSE, OHLCV_LIMITS } from '@wickworks/contracts';
import { ClientSocket } from './client-socket.js';
import type { OhlcvContext } from './context.js';
import { FloodGate } from './flood-gate.js';
import { PING_FRAME, textFrame } from './frame.js';
import { MARKET_DATA, Session } from './session.js';
import type { Turn } from './turn.js';
import { SIGN_IN_WITHIN_MS, type Visitor } from './visitor.js';

/** Twice a second, as promised to ticker subscribers. */
const TICKER_PACE_MS = 500;
const FLOOD = { perSecond: 100, burst: 200 } as const;
const CLOSE_GRACE_MS = 1_500;

interface Client {
  readonly ws: WebSocket;
  readonly session: Session;
  readonly visitor: Visitor;
  /** Heard from since the last heartbeat. */
  isAlive: boolean;
}

/** The sockets of `/ws/ohlcv`: greets, reads, keeps alive, and lets go. */
export class OhlcvSocket {
  readonly #context: OhlcvContext;
  readonly #turn: Turn;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: OHLCV_LIMITS.frameBytesMax,
    perMessageDeflate: {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      // Frames are compressed once for everybody with the full window: offers of a smaller one go uncompressed.
      serverMaxWindowBits: 15,
    },
  });
  readonly #clients = new Set<Client>();
  readonly #timers: readonly NodeJS.Timeout[];
  #lastConnection = 0;

  constructor(input: { context: OhlcvContext; turn: Turn }) {
    this.#context = input.context;
    this.#turn = input.turn;
    this.#timers = [
      setInterval(() => this.#beat(), OHLCV_LIMITS.heartbeatMs),
      setInterval(() => {
        for (const { session } of this.#clients) session.paceTickers();
      }, TICKER_PACE_MS),
    ];
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  get subscriptionCount(): number {
    let count = 0;
    for (const { session } of this.#clients) count += session.subscriptionCount;
    return count;
  }

  /** Completes the handshake of a request already found acceptable. */
  accept(request: IncomingMessage, tcp: Duplex, head: Buffer, visitor: Visitor): void {
    this.#server.handleUpgrade(request, tcp, head, (ws) => this.#onConnection(ws, tcp, visitor));
  }

  /** Tells every client that the server goes away and waits until they are gone, or a short while. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const clients = [...this.#clients];
    await Promise.all(
      clients.map(
        ({ ws, session }) =>
          new Promise<void>((resolve) => {
            const deadline = setTimeout(() => ws.terminate(), CLOSE_GRACE_MS);
            ws.once('close', () => {
              clearTimeout(deadline);
              resolve();
            });
            session.socket.close(OHLCV_CLOSE.goingAway, 'the server is stopping');
          }),
      ),
    );
    this.#server.close();
  }

  #onConnection(ws: WebSocket, tcp: Duplex, visitor: Visitor): void {
    ws.on('error', (error) => this.#context.log.debug({ err: error }, 'socket error'));
    const socket = new ClientSocket(ws, tcp, this.#turn);
    const connectionId = `c${++this.#lastConnection}`;
    const session = new Session({ context: this.#context, socket, connectionId, visitor });
    const client: Client = { ws, session, visitor, isAlive: true };
    const gate = new FloodGate({ ...FLOOD, nowMs: this.#context.nowMs() });
    this.#clients.add(client);
    ws.on('message', (data, isBinary) => {
      client.isAlive = true;
      if (!gate.admit(this.#context.nowMs())) {
        socket.close(OHLCV_CLOSE.flood, `more than ${FLOOD.perSecond} messages per second`);
        return;
      }
      if (!socket.isOpen) return;
      if (isBinary) session.onBinary();
      else void session.onText(textOf(data));
    });
    ws.on('pong', () => (client.isAlive = true));
    const deadline = this.#awaitSignIn(client);
    ws.on('close', () => {
      clearTimeout(deadline);
      this.#clients.delete(client);
      session.end();
    });
    session.start();
  }

  /** Where it is asked who somebody is, the answer must come soon. */
  #awaitSignIn({ visitor, session }: Client): NodeJS.Timeout | undefined {
    if (!visitor.refusal(MARKET_DATA)) return undefined;
    return setTimeout(() => {
      const refusal = visitor.refusal(MARKET_DATA);
      if (refusal) session.socket.close(OHLCV_CLOSE.unauthenticated, refusal.detail);
    }, SIGN_IN_WITHIN_MS);
  }

  /** Lets go of those whose session or key has ended. */
  async #checkVisitor({ visitor, session }: Client): Promise<void> {
    try {
      await visitor.lookAgain();
      if (visitor.hasEnded) session.socket.close(OHLCV_CLOSE.unauthenticated, 'the session has ended; sign in again');
    } catch (error) {
      this.#context.log.error({ err: error }, 'a session could not be checked; it will be at the next heartbeat');
    }
  }

  /** Tells the clients that the line is alive, and ends lines that no longer answer. */
  #beat(): void {
    const message = JSON.stringify({ kind: 'heartbeat', serverTimeMs: this.#context.nowMs() });
    const frame = Buffer.concat([PING_FRAME, textFrame(message)]);
    for (const client of this.#clients) {
      const { socket } = client.session;
      // Its good-bye waits behind what it has not read.
      if (!socket.isOpen) continue;
      const state = socket.takePulse(client.isAlive);
      client.isAlive = false;
      if (state === 'dead') client.ws.terminate();
      else if (state === 'jammed') socket.close(OHLCV_CLOSE.slow, 'too far behind; resume when ready');
      else {
        void this.#checkVisitor(client);
        socket.queue(frame);
      }
    }
    this.#context.resumes.sweep();
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}
