import { OhlcvServerMessage, type OhlcvClientInput } from '@wickworks/contracts';
import { WebSocket, type ClientOptions } from 'ws';

type Kind = OhlcvServerMessage['kind'];
type Of<K extends Kind> = Extract<OhlcvServerMessage, { kind: K }>;

/** A client that checks every message against the contract and lets a test wait for what it expects. */
export class TestClient {
  readonly ws: WebSocket;
  /** Text messages in order of arrival. */
  readonly messages: OhlcvServerMessage[] = [];
  readonly binary: Buffer[] = [];
  closed: { code: number; reason: string } | undefined;
  #waiters: (() => void)[] = [];

  constructor(url: string, options: ClientOptions = {}) {
    this.ws = new WebSocket(url, options);
    this.ws.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.binary.push(data);
      else this.messages.push(OhlcvServerMessage.parse(JSON.parse(data.toString('utf8'))));
      this.#wake();
    });
    this.ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#wake();
    });
    this.ws.on('error', () => this.#wake());
  }

  /** A client that has been greeted. */
  static async open(url: string, options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(url, options);
    await client.next('hello');
    return client;
  }

  send(message: OhlcvClientInput): void {
    this.ws.send(JSON.stringify(message));
  }

  sendRaw(data: string | Buffer): void {
    this.ws.send(data);
  }

  /** All messages of one kind so far. */
  all<K extends Kind>(kind: K): Of<K>[] {
    return this.messages.filter((message): message is Of<K> => message.kind === kind);
  }

  /** The first message of `kind` that matches, when it is there. */
  async next<K extends Kind>(kind: K, matches: (message: Of<K>) => boolean = () => true): Promise<Of<K>> {
    let found: Of<K> | undefined;
    await this.until(() => (found = this.all(kind).find(matches)) !== undefined);
    if (!found) throw new Error('unreachable');
    return found;
  }

  /** Waits until `condition` holds; looked at after every message. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.closed && !condition()) throw new Error(`closed with ${this.closed.code} ${this.closed.reason}`);
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** Waits for the end of the connection. */
  async untilClosed(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    return this.closed;
  }

  /** Subscribes to one-minute candles and waits for the snapshot. */
  async subscribe(
    message: Partial<Extract<OhlcvClientInput, { op: 'subscribe' }>> = {},
  ): Promise<{ subscribed: Of<'subscribed'>; snapshot: Of<'snapshot'> }> {
    const id = message.id ?? `sub-${this.messages.length}`;
    this.send({
      op: 'subscribe',
      exchange: 'scripted',
      symbol: 'BTC/USDT',
      timeframe: '1m',
      ...message,
      id,
    });
    const subscribed = await this.next('subscribed', (m) => m.id === id);
    const snapshot = await this.next('snapshot', (m) => m.subscription === subscribed.subscription);
    return { subscribed, snapshot };
  }

  close(): void {
    this.ws.close();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
