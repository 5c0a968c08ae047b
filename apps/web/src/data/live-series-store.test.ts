import 'fake-indexeddb/auto';
import { createWickClient, type SocketLike, type WickClient } from '@wickworks/client';
import { Candles, toRows, type CandleRow, type SeriesKey } from '@wickworks/core';
import { afterEach, describe, expect, it } from 'vitest';
import { CandleCache } from './candle-cache.js';
import { LiveSeriesStore } from './live-series-store.js';

const MINUTE = 60_000;
const key: SeriesKey = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' };
const row = (minute: number, close = 10): CandleRow => [minute * MINUTE, 10, 20, 1, close, 5];

interface Op {
  readonly op: string;
  readonly id: string;
  readonly before?: number;
}

/** The far end of a socket inside the page; the protocol itself is tested against real sockets in the client. */
class PageSocket implements SocketLike {
  static readonly opened: PageSocket[] = [];
  binaryType = 'blob';
  readyState = 1;
  onopen = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror = null;
  readonly ops: Op[] = [];

  constructor() {
    PageSocket.opened.push(this);
    setTimeout(() => this.tell({ kind: 'hello', protocol: 1, serverTimeMs: Date.now(), heartbeatMs: 60_000 }), 0);
  }

  send(data: string): void {
    this.ops.push(JSON.parse(data) as Op);
  }
  close(): void {
    this.readyState = 3;
  }
  tell(message: object): void {
    (this.onmessage as ((event: { data: string }) => void) | null)?.({ data: JSON.stringify(message) });
  }
  break(): void {
    this.close();
    (this.onclose as ((event: { code: number; reason: string }) => void) | null)?.({ code: 1006, reason: '' });
  }
  op(name: string): Op | undefined {
    return this.ops.find(({ op }) => op === name);
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

let client: WickClient | undefined;
let cache: CandleCache | undefined;
let store: LiveSeriesStore | undefined;
afterEach(async () => {
  store?.stop();
  client?.close();
  await cache?.close();
  PageSocket.opened.length = 0;
  await new Promise<unknown>((resolve) => (indexedDB.deleteDatabase('wickworks-candles').onsuccess = resolve));
});

async function start(cached: CandleRow[] = []) {
  cache = new CandleCache();
  await cache.write(key, { candles: Candles.fromRows(cached), gaps: [] });
  client = createWickClient({
    baseUrl: 'http://127.0.0.1',
    WebSocket: PageSocket,
    timing: { redialMinMs: 5, redialMaxMs: 10 },
  });
  store = new LiveSeriesStore(key, { ohlcv: client.ohlcv, cache });
  store.start();
  const socket = PageSocket.opened[0]!;
  await until(() => socket.op('subscribe') !== undefined);
  return { store, socket };
}

function serve(socket: PageSocket, rows: CandleRow[], state: 'live' | 'stale' = 'live'): void {
  const { id } = socket.op('subscribe')!;
  socket.tell({ kind: 'subscribed', id, subscription: 's', resumeToken: 't' });
  socket.tell({ kind: 'snapshot', subscription: 's', seq: 0, candles: rows, gaps: [], forming: false });
  socket.tell({ kind: 'status', exchange: 'local', state, sinceMs: 1, lastMessageMs: 2 });
}

const rowsOf = (one: LiveSeriesStore): CandleRow[] => toRows(one.candles);

describe('the live series store', () => {
  it('shows the cache as cached, then the stream as live, and has the server confirm the rest', async () => {
    const { store: one, socket } = await start([row(1), row(2, 15), row(3)]);
    await until(() => one.state.phase === 'cached');
    expect(rowsOf(one)).toHaveLength(3);
    serve(socket, [row(3), row(4)]);
    expect(one.state.phase).toBe('live');
    await until(() => socket.op('history') !== undefined);
    const { id, before } = socket.op('history')!;
    expect(before).toBe(3 * MINUTE);
    socket.tell({ kind: 'history', id, subscription: 's', candles: [row(1), row(2)], gaps: [], complete: true });
    await until(() => one.history === 'complete');
    expect(rowsOf(one)).toEqual([row(1), row(2), row(3), row(4)]);
  });

  it('tells its listeners once per frame, whatever arrives', async () => {
    const { store: one, socket } = await start();
    serve(socket, [row(1)]);
    let calls = 0;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    one.subscribe(() => calls++);
    const { version } = one;
    for (let seq = 1; seq <= 50; seq++)
      socket.tell({ kind: 'candle', subscription: 's', seq, candle: row(2, 1 + (seq % 19)), closed: false });
    expect([one.version - version, calls]).toEqual([50, 0]);
    await until(() => calls > 0);
    expect(calls).toBe(1);
  });

  it('knows stored candles of a market that is listed no more from live ones, however live the exchange is', async () => {
    const { store: one, socket } = await start();
    const { id } = socket.op('subscribe')!;
    socket.tell({ kind: 'subscribed', id, subscription: 's', resumeToken: 't', unlisted: true });
    socket.tell({ kind: 'snapshot', subscription: 's', seq: 0, candles: [row(1)], gaps: [], forming: false });
    socket.tell({ kind: 'status', exchange: 'local', state: 'live', sinceMs: 1, lastMessageMs: 2 });
    expect(one.state.phase).toBe('unlisted');
    expect(rowsOf(one)).toEqual([row(1)]);
    socket.break();
    await until(() => one.state.phase === 'lost');
  });

  it('greys when the exchange is stale and when the server is lost, and recovers', async () => {
    const { store: one, socket } = await start();
    serve(socket, [row(1)]);
    socket.tell({ kind: 'status', exchange: 'local', state: 'stale', sinceMs: 1, lastMessageMs: 2 });
    expect(one.state.phase).toBe('stale');
    socket.break();
    expect(one.state.phase).toBe('lost');
    await until(() => PageSocket.opened[1]?.op('resume') !== undefined);
    const again = PageSocket.opened[1]!;
    const { id } = again.op('resume')!;
    again.tell({ kind: 'subscribed', id, subscription: 's2', resumeToken: 't2', resumed: true });
    again.tell({ kind: 'backfill', subscription: 's2', seq: 1, candles: [row(2)] });
    again.tell({ kind: 'status', exchange: 'local', state: 'live', sinceMs: 1, lastMessageMs: 2 });
    expect([one.state.phase, rowsOf(one)]).toEqual(['live', [row(1), row(2)]]);
  });

  it('says why the server refused', async () => {
    const { store: one, socket } = await start();
    const problem = {
      type: 'about:blank',
      title: 'Unknown symbol',
      status: 404,
      detail: 'there is no such market',
      code: 'unknown-symbol',
      retryable: false,
      requestId: 'r',
    };
    socket.tell({ kind: 'error', id: socket.op('subscribe')!.id, problem });
    expect(one.state).toMatchObject({ phase: 'failed', problem: { code: 'unknown-symbol' } });
  });

  it('fetches older candles on demand, once', async () => {
    const { store: one, socket } = await start();
    serve(socket, [row(5), row(6)]);
    one.requestHistory(5 * MINUTE);
    one.requestHistory(5 * MINUTE);
    expect(one.history).toBe('loading');
    await until(() => socket.op('history') !== undefined);
    const { id } = socket.op('history')!;
    socket.tell({ kind: 'history', id, subscription: 's', candles: [row(3), row(4)], gaps: [], complete: false });
    await until(() => one.history === 'more');
    expect([rowsOf(one).length, one.prepended]).toEqual([4, 2]);
    expect(socket.ops.filter(({ op }) => op === 'history')).toHaveLength(1);
  });
});
