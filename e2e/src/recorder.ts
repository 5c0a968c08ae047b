import { WebSocket } from 'ws';
import { OhlcvServerMessage } from '@wickworks/contracts';
import type { CandleRow } from '@wickworks/core';

/** A raw socket client that keeps exactly what it was told about one series, as somebody's own script would. */
export class Recorder {
  readonly closed: CandleRow[] = [];
  readonly states = new Set<string>();
  /** Everything that broke a promise: a hole in `seq`, an error, a lost socket. */
  readonly faults: string[] = [];
  /** Open time of the newest closed candle of the first snapshot. */
  snapshotLastMs = 0;
  #lastSeq = -1;
  readonly #socket: WebSocket;

  constructor(url: string, symbol = 'BTC/USDT') {
    this.#socket = new WebSocket(url);
    this.#socket.on('open', () => {
      this.#socket.send(
        JSON.stringify({ op: 'subscribe', id: 'a', exchange: 'local', symbol, timeframe: '1m', limit: 5 }),
      );
    });
    this.#socket.on('message', (data: Buffer) =>
      this.#take(OhlcvServerMessage.parse(JSON.parse(data.toString('utf8')))),
    );
    this.#socket.on('error', (error) => this.faults.push(error.message));
    this.#socket.on('close', (code) => this.faults.push(`socket closed with ${code}`));
  }

  /** Hears nothing more from now on, not even what is on its way. */
  close(): void {
    this.#socket.removeAllListeners();
    this.#socket.on('error', () => undefined);
    this.#socket.close();
  }

  #take(message: OhlcvServerMessage): void {
    if (message.kind === 'status') this.states.add(message.state);
    if (message.kind === 'error') this.faults.push(JSON.stringify(message.problem));
    if (!('seq' in message)) return;
    if (message.seq !== this.#lastSeq + 1) this.faults.push(`seq ${message.seq} after ${this.#lastSeq}`);
    this.#lastSeq = message.seq;
    if (message.kind === 'snapshot') this.snapshotLastMs = message.candles.at(message.forming ? -2 : -1)![0];
    if (message.kind === 'candle' && message.closed) this.closed.push(message.candle);
    if (message.kind === 'backfill') this.closed.push(...message.candles);
  }
}
