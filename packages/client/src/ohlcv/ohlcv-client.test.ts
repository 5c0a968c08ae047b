import { once } from 'node:events';
import { encodeCandleFrame, type Problem } from '@wickworks/contracts';
import { Candles, toRows, type CandleRow } from '@wickworks/core';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { createWickClient, type WickClient } from '../create-wick-client.js';
import { LiveSeries } from '../live-series.js';
import type { LinkTiming } from './timing.js';
import { stream } from './stream.js';
import type { StreamNews, SubscribeRequest, SubscriptionState } from './subscription.js';

const MINUTE = 60_000;
const row = (minute: number, close = 10): CandleRow => [minute * MINUTE, 10, 20, 1, close, 5];
const request: SubscribeRequest = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' };
const timing: Partial<LinkTiming> = { redialMinMs: 5, redialMaxMs: 20, connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 };

type Op = Record<string, unknown> & { op: string; id: string };

/** One connection of the scripted server. */
class Peer {
  readonly ops: Op[] = [];
  constructor(readonly socket: WebSocket) {}
  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
  snapshot(subscription: string, rows: CandleRow[], forming = false): void {
    const candles = Candles.fromRows(rows);
    this.socket.send(
      encodeCandleFrame({ kind: 'snapshot', subscription, seq: 0, candles, gaps: [], forming }, 'packed'),
    );
  }
  candle(subscription: string, seq: number, candle: CandleRow, closed = true): void {
    this.send({ kind: 'candle', subscription, seq, candle, closed });
  }
}

/** A real WebSocket server that does what a test says for each operation of each connection. */
class ScriptedServer {
  readonly peers: Peer[] = [];
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  heartbeatMs = 15_000;
  greets = true;
  onOp: (op: Op, peer: Peer, connection: number) => void = () => undefined;

  constructor() {
    this.server.on('connection', (socket) => {
      const peer = new Peer(socket);
      const connection = this.peers.push(peer) - 1;
      if (this.greets)
        peer.send({ kind: 'hello', protocol: 1, serverTimeMs: Date.now(), heartbeatMs: this.heartbeatMs });
      socket.on('message', (data: RawData) => {
        const op = JSON.parse((data as Buffer).toString()) as Op;
        peer.ops.push(op);
        this.onOp(op, peer, connection);
      });
    });
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const problem = (code: Problem['code'], retryable = false): Problem => ({
  type: 'about:blank',
  title: code,
  status: 400,
  detail: code,
  code,
  retryable,
  requestId: 'r',
});

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(extra: Partial<LinkTiming> = {}): Promise<{ server: ScriptedServer; client: WickClient }> {
  const server = new ScriptedServer();
  await once(server.server, 'listening');
  cleanups.push(() => server.close());
  const client = createWickClient({ baseUrl: server.url, WebSocket, timing: { ...timing, ...extra } });
  cleanups.push(() => client.close());
  return { server, client };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Subscribes and notes everything that arrives. */
function record(client: WickClient) {
  const news: StreamNews[] = [];
  const states: SubscriptionState['phase'][] = [];
  const put = (item: StreamNews): void => void news.push(item);
  const subscription = client.ohlcv.subscribe(request, {
    onSnapshot: put,
    onCandle: put,
    onBackfill: put,
    onCorrection: put,
    onIndicator: put,
    onSignal: put,
    onState: ({ phase }) => void states.push(phase),
  });
  return { news, states, subscription };
}

/** Answers every opening with a snapshot of minute 1 under the name `s<connection>`. */
const answer = (op: Op, peer: Peer, connection: number): void => {
  const subscription = `s${connection}`;
  if (op.op === 'subscribe') {
    peer.send({ kind: 'subscribed', id: op.id, subscription, resumeToken: `t${connection}` });
    peer.snapshot(subscription, [row(1)]);
  } else if (op.op === 'resume') {
    peer.send({ kind: 'subscribed', id: op.id, subscription, resumeToken: `t${connection}`, resumed: true });
  }
};

describe('the ohlcv client', () => {
  it('delivers snapshot and news in order and says when it is live', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      peer.candle('s0', 1, row(2, 11), false);
      peer.send({
        kind: 'indicator',
        subscription: 's0',
        seq: 2,
        id: 'ema',
        openTimeMs: 0,
        values: { ema: null },
        closed: false,
      });
      peer.candle('s0', 3, row(2, 12));
    };
    const { news, states } = record(client);
    await until(() => news.length === 4);
    expect(news.map(({ kind }) => kind)).toEqual(['snapshot', 'candle', 'indicator', 'candle']);
    expect(states).toEqual(['live']);
    expect(server.peers[0]!.ops[0]).toMatchObject({ op: 'subscribe', ...request, encoding: 'packed' });
  });

  it('resumes behind the last message after the connection broke', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      if (connection === 0) {
        peer.candle('s0', 1, row(2));
        peer.socket.close(1011);
      } else {
        peer.send({ kind: 'backfill', subscription: 's1', seq: 2, candles: [row(3), row(4)], gaps: [] });
      }
    };
    const { news, states } = record(client);
    await until(() => news.length === 3);
    expect(server.peers[1]!.ops[0]).toMatchObject({ op: 'resume', resumeToken: 't0', seq: 1 });
    expect(states).toEqual(['live', 'waiting', 'live']);
  });

  it('subscribes afresh when the server does not know the token any more', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      if (op.op === 'resume') peer.send({ kind: 'error', id: op.id, problem: problem('unknown-resume-token') });
      else answer(op, peer, connection);
      if (connection === 0) peer.socket.close();
    };
    const { news } = record(client);
    await until(() => news.length === 2);
    expect(server.peers[1]!.ops.map(({ op }) => op)).toEqual(['resume', 'subscribe']);
    expect(news.map(({ kind }) => kind)).toEqual(['snapshot', 'snapshot']);
  });

  it('takes a snapshot in place of a resumed stream', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      if (op.op === 'subscribe') {
        answer(op, peer, connection);
        peer.socket.close();
        return;
      }
      peer.send({ kind: 'subscribed', id: op.id, subscription: 's1', resumeToken: 't1', resumed: false });
      peer.snapshot('s1', [row(1), row(2)]);
    };
    const { news } = record(client);
    await until(() => news.length === 2);
    expect(news[1]).toMatchObject({ kind: 'snapshot', subscription: 's1' });
  });

  it('drops the connection at a missing seq and ignores a repeated one', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      if (connection > 0) return;
      peer.candle('s0', 1, row(2));
      peer.candle('s0', 1, row(2));
      peer.candle('s0', 3, row(4));
    };
    const { news } = record(client);
    await until(() => server.peers.length === 2 && server.peers[1]!.ops.length === 1);
    expect(server.peers[1]!.ops[0]).toMatchObject({ op: 'resume', seq: 1 });
    expect(news).toHaveLength(2);
  });

  it.each([
    ['text that is not JSON', 'nonsense'],
    [
      'an impossible candle',
      JSON.stringify({ kind: 'candle', subscription: 's0', seq: 1, candle: [0, 1, 0.5, 1, 1, 0], closed: true }),
    ],
    [
      'candles out of order',
      JSON.stringify({ kind: 'backfill', subscription: 's0', seq: 1, candles: [row(3), row(2)] }),
    ],
    ['an unknown kind', JSON.stringify({ kind: 'surprise' })],
    ['a broken binary frame', new Uint8Array(40)],
  ])('trusts a connection no longer that sends %s', async (_what, bad) => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      if (connection === 0) peer.socket.send(bad);
    };
    const { news, subscription } = record(client);
    await until(() => server.peers.length === 2 && subscription.state.phase === 'live');
    expect(news).toHaveLength(1);
  });

  it('redials a server that falls silent, and one that never says hello', async () => {
    const { server, client } = await start({ connectTimeoutMs: 40 });
    server.heartbeatMs = 20;
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      server.greets = server.peers.length > 1;
    };
    record(client);
    // 1: silent after the snapshot; 2: no hello; 3: resumed.
    await until(() => server.peers.length >= 2);
    server.greets = true;
    await until(() => server.peers.some(({ ops }) => ops[0]?.op === 'resume'));
  });

  it('asks a silent server for a sign of life, and leaves it when none comes', async () => {
    const { server, client } = await start({ probeAfterMs: 10, probeReplyMs: 500 });
    let pings = 0;
    server.onOp = (op, peer, connection) => {
      if (op.op !== 'ping') answer(op, peer, connection);
      else if (++pings <= 3) peer.send({ kind: 'pong', id: op.id });
    };
    record(client);
    await until(() => pings === 3);
    expect(server.peers).toHaveLength(1);
    await until(() => server.peers.length === 2);
    expect(pings).toBeGreaterThan(3);
    await until(() => client.ohlcv.state.state === 'open');
  });

  it('stays connected while heartbeats come', async () => {
    const { server, client } = await start();
    server.heartbeatMs = 400;
    const timer = setInterval(() => server.peers.at(-1)?.send({ kind: 'heartbeat', serverTimeMs: Date.now() }), 20);
    cleanups.push(() => clearInterval(timer));
    let beats = 0;
    server.onOp = answer;
    record(client);
    client.ohlcv.onState(() => beats++);
    await until(() => beats > 70);
    expect(server.peers).toHaveLength(1);
    expect(Math.abs(client.ohlcv.state.serverClockOffsetMs ?? Infinity)).toBeLessThan(10_000);
  });

  it('fails for good on a refusal, and asks again when it may succeed later', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      if (op['symbol'] === 'NO/SUCH') peer.send({ kind: 'error', id: op.id, problem: problem('unknown-symbol') });
      else if (peer.ops.filter((one) => one['symbol'] === 'BTC/USDT').length === 1)
        peer.send({ kind: 'error', id: op.id, problem: problem('exchange-unavailable', true) });
      else answer(op, peer, connection);
    };
    const refused = client.ohlcv.subscribe({ ...request, symbol: 'NO/SUCH' }, {});
    const states: SubscriptionState[] = [];
    const subscription = client.ohlcv.subscribe(request, { onState: (state) => states.push(state) });
    await until(() => refused.state.phase === 'failed' && subscription.state.phase === 'live');
    expect(refused.state).toMatchObject({ problem: { code: 'unknown-symbol' } });
    // Whoever waits is told why.
    expect(states).toMatchObject([{ phase: 'waiting', problem: { code: 'exchange-unavailable' } }, { phase: 'live' }]);
  });

  it('never takes a stream for live that the server has ended', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      const isFirst = peer.ops.length === 1;
      if (isFirst) answer(op, peer, connection);
      if (isFirst) peer.send({ kind: 'error', subscription: 's0', problem: problem('exchange-unavailable', true) });
      else peer.send({ kind: 'error', id: op.id, problem: problem('unknown-symbol') });
    };
    const { subscription, states } = record(client);
    await until(() => subscription.state.phase === 'failed');
    expect(states).toEqual(['live', 'waiting', 'failed']);
    expect(subscription.state).toMatchObject({ problem: { code: 'unknown-symbol' } });
    expect(server.peers[0]!.ops.map(({ op }) => op)).toEqual(['subscribe', 'subscribe']);
    expect(await subscription.history({ before: MINUTE })).toMatchObject({ ok: false, error: { kind: 'transport' } });
  });

  it('answers history, refusals of it, and a loss under way', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      if (op.op !== 'history') return;
      if (op['before'] === 1) peer.send({ kind: 'error', id: op.id, problem: problem('exchange-unavailable', true) });
      else if (op['before'] === 2) peer.socket.close();
      else peer.send({ kind: 'history', id: op.id, subscription: 's0', candles: [row(0)], gaps: [], complete: true });
    };
    const { subscription } = record(client);
    expect(await subscription.history({ before: MINUTE })).toMatchObject({ ok: false, error: { kind: 'transport' } });
    await until(() => subscription.state.phase === 'live');
    const page = await subscription.history({ before: MINUTE });
    expect(page.ok && [toRows(page.value.candles), page.value.complete]).toEqual([[row(0)], true]);
    expect(await subscription.history({ before: 1 })).toMatchObject({ error: { kind: 'problem', retryable: true } });
    expect(await subscription.history({ before: 2 })).toMatchObject({ error: { kind: 'transport', retryable: true } });
  });

  it('unsubscribes, also from what was answered too late', async () => {
    const { server, client } = await start();
    let late: (() => void) | undefined;
    server.onOp = (op, peer, connection) => {
      if (op.op === 'subscribe') late = () => answer(op, peer, connection);
    };
    const { news, subscription } = record(client);
    await until(() => late !== undefined);
    subscription.unsubscribe();
    late!();
    await until(() => server.peers[0]!.ops.at(-1)!.op === 'unsubscribe');
    expect(server.peers[0]!.ops.at(-1)).toMatchObject({ subscription: 's0' });
    expect([news.length, subscription.state.phase]).toEqual([0, 'closed']);
  });

  it('streams tickers and starts over after a loss', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      peer.send({ kind: 'subscribed', id: op.id, subscription: 'k', resumeToken: 'unused' });
      peer.send({ kind: 'tickers', subscription: 'k', seq: 0, tickers: [['BTC/USDT', 1, null, null, 0]] });
      if (connection === 0) peer.socket.close();
      else peer.send({ kind: 'tickers', subscription: 'k', seq: 1, tickers: [['BTC/USDT', 2, 0.01, 5, 0]] });
    };
    const seen: [number, boolean][] = [];
    const stop = client.ohlcv.tickers(
      { exchange: 'local', symbols: ['BTC/USDT'] },
      { onTickers: (tickers, isFirst) => void seen.push([tickers[0]![1], isFirst]) },
    );
    await until(() => seen.length === 3);
    stop();
    expect(seen).toEqual([
      [1, true],
      [1, true],
      [2, false],
    ]);
  });

  it('tells the state of the exchange and forgets it with the connection', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      peer.send({ kind: 'status', exchange: 'local', state: 'live', sinceMs: 1, lastMessageMs: 2 });
    };
    record(client);
    await until(() => client.ohlcv.status('local')?.state === 'live');
    await server.close();
    await until(() => client.ohlcv.state.state === 'lost');
    expect(client.ohlcv.status('local')).toBeUndefined();
    expect(client.ohlcv.state.retryAtMs).not.toBeNull();
  });

  it('iterates a stream and unsubscribes when the loop is left', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      for (let seq = 1; op.op === 'subscribe' && seq <= 5; seq++) peer.candle('s0', seq, row(2, seq), seq === 5);
    };
    const closes: number[] = [];
    for await (const item of stream(client.ohlcv, request)) {
      if (item.kind === 'candle') closes.push(item.candle[4]);
      if (item.kind === 'candle' && item.closed) break;
    }
    expect(closes.at(-1)).toBe(5);
    await until(() => server.peers[0]!.ops.at(-1)!.op === 'unsubscribe');
  });

  it('keeps for a slow reader the newest forming candle with its indicators, and everything that closed', async () => {
    const { server, client } = await start();
    server.onOp = (op, peer, connection) => {
      answer(op, peer, connection);
      const ema = { kind: 'indicator', subscription: 's0', id: 'ema' };
      let seq = 0;
      for (let update = 1; op.op === 'subscribe' && update <= 200; update++) {
        const closed = update % 100 === 0;
        const candle = row(1 + Math.ceil(update / 100), (update % 10) + 1);
        peer.candle('s0', ++seq, candle, closed);
        peer.send({ ...ema, seq: ++seq, openTimeMs: candle[0], values: { ema: 1 }, closed });
      }
      if (op.op === 'subscribe') peer.candle('s0', ++seq, row(4, 5), false);
    };
    const told: string[] = [];
    for await (const item of stream(client.ohlcv, request)) {
      if (item.kind === 'snapshot') await new Promise((resolve) => setTimeout(resolve, 300));
      if (item.kind === 'candle' || item.kind === 'indicator')
        told.push(`${item.kind} ${String((item.kind === 'candle' ? item.candle[0] : item.openTimeMs) / MINUTE)}`);
      if (told.at(-1) === 'candle 4') break;
    }
    expect(told).toEqual(['candle 2', 'indicator 2', 'candle 3', 'indicator 3', 'candle 4']);
  });

  it('ends an iteration when its signal is aborted', async () => {
    const { server, client } = await start();
    server.onOp = answer;
    const abort = new AbortController();
    const kinds: string[] = [];
    for await (const item of stream(client.ohlcv, request, abort.signal)) {
      kinds.push(item.kind);
      if (item.kind === 'state') setTimeout(() => abort.abort(), 1);
    }
    expect(kinds).toContain('snapshot');
  });
});

describe('a series over a connection that keeps breaking', () => {
  it('ends with exactly the closed candles of the server', async () => {
    const { server, client } = await start();
    const closed = [row(1), row(2)];
    const sent = new Map<string, number[]>();
    let lastSubscription = '';
    // Each token remembers, per seq, how many candles were closed when that message went out.
    server.onOp = (op, peer, connection) => {
      const subscription = `s${connection}`;
      const token = `t${connection}`;
      const known = op.op === 'resume' ? sent.get(String(op['resumeToken'])) : undefined;
      const resumed = known !== undefined && connection % 5 !== 4;
      peer.send({ kind: 'subscribed', id: op.id, subscription, resumeToken: token, resumed });
      if (resumed) {
        const seq = Number(op['seq']) + 1;
        const log = known.slice(0, seq);
        peer.send({ kind: 'backfill', subscription, seq, candles: closed.slice(log.at(-1)) });
        log[seq] = closed.length;
        sent.set(token, log);
      } else {
        peer.snapshot(subscription, closed.slice(-50));
        sent.set(token, [closed.length]);
      }
      lastSubscription = subscription;
    };
    const series = new LiveSeries('1m');
    client.ohlcv.subscribe(request, {
      onSnapshot: (news) => series.snapshot(news),
      onCandle: ({ candle, closed: isClosed }) => series.candle(candle, isClosed),
      onBackfill: ({ candles, gaps }) => series.backfill(candles, gaps),
    });
    for (let minute = 3; minute <= 60; minute++) {
      closed.push(row(minute));
      const peer = server.peers.at(-1);
      const log = sent.get(`t${server.peers.length - 1}`);
      if (peer && log && lastSubscription === `s${server.peers.length - 1}`) {
        peer.candle(lastSubscription, log.length, row(minute));
        log.push(closed.length);
        // Some of these never arrive.
        if (minute % 4 === 0) peer.socket.terminate();
      }
      await new Promise((resolve) => setTimeout(resolve, minute % 3));
    }
    await until(() => series.closedCount >= 50 && series.candles.time[series.closedCount - 1] === 60 * MINUTE);
    const held = toRows(series.candles, 0, series.closedCount);
    expect(held).toEqual(closed.slice(-held.length));
    expect(server.peers.length).toBeGreaterThan(5);
  });
});
