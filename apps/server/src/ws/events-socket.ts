import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, WebSocket, type RawData } from 'ws';
import { OHLCV_CLOSE, OHLCV_LIMITS, type EventsClientMessage, type EventsServerMessage } from '@wickworks/contracts';
import { serially } from '../feed/serially.js';
import { AWAY, FAILED, isPassing, problemOf, refuse, type Refusal } from '../wire/problem.js';
import type { Topic, TopicName } from './event-topics.js';
import { FloodGate } from './flood-gate.js';
import { parseEventsMessage } from './parse-message.js';
import { SIGN_IN_WITHIN_MS, type Visitor } from './visitor.js';

const FLOOD = { perSecond: 20, burst: 60 } as const;
const CLOSE_GRACE_MS = 1_500;
/** Bytes waiting for a client beyond which it is let go: it asks for a new snapshot when it is back. */
const HOPELESS_BYTES = 4 * 1024 * 1024;

export interface EventsSocketInput {
  readonly topics: Readonly<Record<TopicName, Topic>>;
  readonly nowMs: () => number;
  readonly log: { debug(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** The sockets of `/ws/events`: a snapshot per topic, then numbered changes. For people and keys that signed in. */
export class EventsSocket {
  readonly #input: EventsSocketInput;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: OHLCV_LIMITS.frameBytesMax,
  });
  readonly #clients = new Set<EventsClient>();
  readonly #timer: NodeJS.Timeout;

  constructor(input: EventsSocketInput) {
    this.#input = input;
    this.#timer = setInterval(() => {
      for (const client of this.#clients) void client.beat();
    }, OHLCV_LIMITS.heartbeatMs);
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Completes the handshake of a request already found acceptable. */
  accept(request: IncomingMessage, tcp: Duplex, head: Buffer, visitor: Visitor): void {
    this.#server.handleUpgrade(request, tcp, head, (ws) => {
      const client = new EventsClient(ws, visitor, this.#input);
      this.#clients.add(client);
      ws.on('close', () => {
        this.#clients.delete(client);
        client.end();
      });
    });
  }

  /** Tells every client that the server goes away and waits until they are gone, or a short while. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#clients].map((client) => client.close()));
    this.#server.close();
  }
}

class EventsClient {
  readonly #ws: WebSocket;
  readonly #visitor: Visitor;
  readonly #input: EventsSocketInput;
  readonly #gate: FloodGate;
  readonly #subscriptions = new Map<string, () => void>();
  /** One message after the other: who signs in and subscribes in one breath is signed in when the second is read. */
  readonly #oneByOne = serially();
  readonly #deadline: NodeJS.Timeout | undefined;
  #last = 0;
  #isAlive = true;

  constructor(ws: WebSocket, visitor: Visitor, input: EventsSocketInput) {
    this.#ws = ws;
    this.#visitor = visitor;
    this.#input = input;
    this.#gate = new FloodGate({ ...FLOOD, nowMs: input.nowMs() });
    ws.on('error', (error) => input.log.debug({ err: error }, 'socket error'));
    ws.on('pong', () => (this.#isAlive = true));
    ws.on('message', (data, isBinary) => this.#onMessage(data, isBinary));
    const isKnown = visitor.principal.role !== null;
    this.#send({
      kind: 'hello',
      protocol: 1,
      serverTimeMs: input.nowMs(),
      heartbeatMs: OHLCV_LIMITS.heartbeatMs,
      signedIn: isKnown,
    });
    if (!isKnown)
      this.#deadline = setTimeout(() => {
        if (visitor.principal.role === null) ws.close(OHLCV_CLOSE.unauthenticated, 'sign in to follow events');
      }, SIGN_IN_WITHIN_MS);
  }

  /** Tells that the line is alive; ends lines that no longer answer, or whose session has ended. */
  async beat(): Promise<void> {
    if (!this.#isAlive) {
      this.#ws.terminate();
      return;
    }
    this.#isAlive = false;
    this.#ws.ping();
    this.#send({ kind: 'heartbeat', serverTimeMs: this.#input.nowMs() });
    try {
      await this.#visitor.lookAgain();
      if (this.#visitor.hasEnded) this.#ws.close(OHLCV_CLOSE.unauthenticated, 'the session has ended; sign in again');
    } catch (error) {
      this.#input.log.error({ err: error }, 'a session could not be checked; it will be at the next heartbeat');
    }
  }

  end(): void {
    clearTimeout(this.#deadline);
    for (const off of this.#subscriptions.values()) off();
    this.#subscriptions.clear();
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      const deadline = setTimeout(() => this.#ws.terminate(), CLOSE_GRACE_MS);
      this.#ws.once('close', () => {
        clearTimeout(deadline);
        resolve();
      });
      this.#ws.close(OHLCV_CLOSE.goingAway, 'the server is stopping');
    });
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    this.#isAlive = true;
    if (this.#gate.admit(this.#input.nowMs())) void this.#oneByOne(() => this.#read(data, isBinary));
    else this.#ws.close(OHLCV_CLOSE.flood, `more than ${FLOOD.perSecond} messages per second`);
  }

  async #read(data: RawData, isBinary: boolean): Promise<void> {
    // It left while what it sent before was looked at: what it would follow now, nobody would end.
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    if (isBinary) {
      this.#refuse(refuse('malformed-message', 'messages are JSON text'));
      return;
    }
    const parsed = parseEventsMessage(textOf(data));
    if (!parsed.ok) {
      this.#refuse(parsed.error.refusal, parsed.error.id);
      return;
    }
    const message = parsed.value;
    try {
      await this.#act(message);
    } catch (error) {
      if (!isPassing(error)) this.#input.log.error({ err: error, op: message.op }, 'operation failed');
      this.#refuse(isPassing(error) ? AWAY : FAILED, 'id' in message ? message.id : undefined);
    }
  }

  async #act(message: EventsClientMessage): Promise<void> {
    switch (message.op) {
      case 'auth': {
        const signedIn = await this.#visitor.signIn(message.token);
        if (signedIn.ok) this.#send({ kind: 'signed-in' });
        else this.#ws.close(OHLCV_CLOSE.unauthenticated, signedIn.error.detail);
        return;
      }
      case 'ping':
        this.#send({ kind: 'pong', id: message.id });
        return;
      case 'unsubscribe': {
        const { id, subscription } = message;
        const off = this.#subscriptions.get(subscription);
        if (!off) {
          this.#refuse(refuse('unknown-subscription', `there is no subscription "${subscription}" here`), id);
          return;
        }
        off();
        this.#subscriptions.delete(subscription);
        this.#send({ kind: 'unsubscribed', id, subscription });
        return;
      }
      case 'subscribe':
        for (const topic of message.topics ?? []) this.#subscribe(message.id, topic);
        if (message.topic !== undefined) this.#subscribe(message.id, message.topic);
    }
  }

  #subscribe(id: string, topic: TopicName): void {
    const source = this.#input.topics[topic];
    const refusal = this.#visitor.refusal({ role: 'viewer', scope: source.scope });
    if (refusal) {
      this.#refuse(refusal, id);
      return;
    }
    if (this.#subscriptions.size >= OHLCV_LIMITS.subscriptionsMax) {
      const detail = `one connection holds at most ${OHLCV_LIMITS.subscriptionsMax} subscriptions`;
      this.#refuse(refuse('too-many-subscriptions', detail), id);
      return;
    }
    const subscription = `e${++this.#last}`;
    let seq = 0;
    this.#send({ kind: 'subscribed', id, subscription });
    this.#send({ kind: 'snapshot', subscription, seq, topic, items: [...source.items(this.#visitor.principal)] });
    this.#subscriptions.set(
      subscription,
      source.subscribe(this.#visitor.principal, (item) =>
        this.#send({ kind: 'delta', subscription, seq: ++seq, topic, item }),
      ),
    );
  }

  #refuse(refusal: Refusal, id?: string): void {
    this.#send({ kind: 'error', ...(id !== undefined && { id }), problem: problemOf(refusal, randomUUID()) });
  }

  #send(message: EventsServerMessage): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    if (this.#ws.bufferedAmount > HOPELESS_BYTES) this.#ws.close(OHLCV_CLOSE.slow, 'too far behind; connect again');
    else this.#ws.send(JSON.stringify(message));
  }
}

const textOf = (data: RawData): string =>
  Array.isArray(data)
    ? Buffer.concat(data).toString('utf8')
    : (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
