import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCandleFrame, OhlcvServerMessage, type CandleFrame } from '@wickworks/contracts';
import { toRows, type CandleRow } from '@wickworks/core';
import { WebSocket } from 'ws';
import { candleAt, minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);
let exchange: ScriptedExchange;
let server: TestServer;
/** Open time of the next candle to close. */
let next = NOW;

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(NOW, 2_000);
  server = await startTestServer([exchange]);
});
afterAll(() => server.dispose());

const open = () => TestClient.open(server.socketUrl);
const closeNext = (): CandleRow => {
  const candle = candleAt(next);
  next += MINUTE;
  exchange.tellClosed(candle);
  return candle;
};
const newest = (count: number): CandleRow[] => exchange.rowsOf('BTC/USDT', '1m').slice(-count);

describe('/ws/ohlcv', () => {
  it('greets, gives a snapshot, and numbers what follows', async () => {
    const client = await open();
    expect(client.messages[0]).toMatchObject({ kind: 'hello', protocol: 1, heartbeatMs: 15_000 });
    const { subscribed, snapshot } = await client.subscribe({ limit: 700 });
    expect(subscribed.subscription).toBe('s1');
    expect(snapshot).toMatchObject({ seq: 0, gaps: [], forming: false });
    expect(snapshot.candles).toEqual(newest(700));
    expect((await client.next('status')).state).toBe('live');
    exchange.tellForming(candleAt(next, -0.5));
    const closed = closeNext();
    exchange.tellForming(candleAt(next));
    await client.until(() => client.all('candle').length === 3);
    expect(client.all('candle').map(({ seq, closed: isClosed, candle }) => [seq, isClosed, candle])).toEqual([
      [1, false, candleAt(closed[0], -0.5)],
      [2, true, closed],
      [3, false, candleAt(next)],
    ]);
    client.close();
  });

  it.each(['f64', 'packed'] as const)('sends blocks of candles as %s', async (encoding) => {
    const client = await open();
    exchange.tellForming(candleAt(next));
    client.send({
      op: 'subscribe',
      id: 'a',
      exchange: 'scripted',
      symbol: 'BTC/USDT',
      timeframe: '1m',
      limit: 50,
      encoding,
    });
    await client.until(() => client.binary.length === 1);
    const frameOf = (index: number): CandleFrame => {
      const decoded = decodeCandleFrame(client.binary[index] ?? Buffer.alloc(0));
      if (!decoded.ok) throw new Error(decoded.error);
      return decoded.value;
    };
    const snapshot = frameOf(0);
    expect(snapshot).toMatchObject({ kind: 'snapshot', subscription: 's1', seq: 0, forming: true });
    expect(toRows(snapshot.candles)).toEqual([...newest(50), candleAt(next)]);
    client.send({ op: 'history', id: 'h', subscription: 's1', before: NOW - 1_990 * MINUTE, limit: 50 });
    await client.until(() => client.binary.length === 2);
    expect(frameOf(1)).toMatchObject({ kind: 'history', id: 'h', complete: true });
    expect(toRows(frameOf(1).candles)).toEqual(minutesUntil(NOW, 2_000).slice(0, 10));
    client.close();
  });

  it('serves history back to the beginning and says when it is complete', async () => {
    const client = await open();
    await client.subscribe({ limit: 10 });
    client.send({ op: 'history', id: 'h1', subscription: 's1', before: NOW, limit: 1_500 });
    const first = await client.next('history', (m) => m.id === 'h1');
    expect(first.candles).toEqual(minutesUntil(NOW, 1_500));
    expect(first.complete).toBe(false);
    client.send({ op: 'history', id: 'h2', subscription: 's1', before: first.candles[0]![0], limit: 1_000 });
    const second = await client.next('history', (m) => m.id === 'h2');
    expect(second.candles).toEqual(minutesUntil(NOW, 2_000).slice(0, 500));
    expect(second.complete).toBe(true);
    client.close();
  });

  it('sends indicators that equal a calculation over the same candles', async () => {
    const client = await open();
    const { snapshot } = await client.subscribe({
      limit: 5,
      indicators: [{ id: 'sma', params: { period: 3 }, as: 'fast' }],
    });
    const mean = (rows: readonly CandleRow[]) => rows.reduce((sum, row) => sum + row[4], 0) / rows.length;
    const column = Object.values(snapshot.indicators?.['fast'] ?? {})[0] ?? [];
    expect(column.slice(0, 5).map((value) => value?.toFixed(9))).toEqual(
      [4, 3, 2, 1, 0].map((back) => mean(newest(3 + back).slice(0, 3)).toFixed(9)),
    );
    exchange.tellForming(candleAt(next, 7));
    closeNext();
    const told = await client.next('indicator', (m) => m.closed);
    expect(told).toMatchObject({ id: 'fast', openTimeMs: next - MINUTE });
    expect(Object.values(told.values)[0]).toBeCloseTo(mean(newest(3)), 9);
    client.close();
  });

  it('answers every kind of nonsense with a problem and stays open', async () => {
    const client = await open();
    await client.subscribe({ id: 'good' });
    const subscribe = { op: 'subscribe', id: 'x', exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m' };
    const cases: [unknown, string, string?][] = [
      ['{', 'malformed-message'],
      ['[]', 'malformed-message'],
      ['null', 'malformed-message'],
      ['"x"', 'malformed-message'],
      [{ id: 'x' }, 'unknown-operation', 'op'],
      [{ op: 'sing', id: 'x' }, 'unknown-operation', 'op'],
      [{ op: 'ping' }, 'invalid-field', 'id'],
      [{ ...subscribe, exchange: 'nowhere' }, 'unknown-exchange', 'exchange'],
      [{ ...subscribe, symbol: 'NO/NO' }, 'unknown-symbol', 'symbol'],
      [{ ...subscribe, timeframe: '7m' }, 'unknown-timeframe', 'timeframe'],
      [{ ...subscribe, timeframe: '1s' }, 'unknown-timeframe', 'timeframe'],
      [{ ...subscribe, limit: 0 }, 'invalid-field', 'limit'],
      [{ ...subscribe, limit: 5_001 }, 'invalid-field', 'limit'],
      [{ ...subscribe, indicators: [{ id: 'astrology' }] }, 'unknown-indicator', 'indicators.0.id'],
      [
        { ...subscribe, indicators: [{ id: 'ema', params: { period: -1 } }] },
        'invalid-field',
        'indicators.0.params.period',
      ],
      [{ ...subscribe, strategies: ['s'] }, 'unknown-strategy', 'strategies.0'],
      [{ op: 'history', id: 'x', subscription: 's99', before: 1 }, 'unknown-subscription'],
      [{ op: 'unsubscribe', id: 'x', subscription: 's99' }, 'unknown-subscription'],
      [{ op: 'resume', id: 'x', resumeToken: 'forged.token', seq: 1 }, 'unknown-resume-token'],
      [{ op: 'tickers', id: 'x', exchange: 'scripted', symbols: ['NO/NO'] }, 'unknown-symbol', 'symbols.0'],
    ];
    for (const [message, code, path] of cases) {
      const before = client.all('error').length;
      client.sendRaw(typeof message === 'string' ? message : JSON.stringify(message));
      await client.until(() => client.all('error').length > before);
      const error = client.all('error').at(-1);
      expect(error?.problem, JSON.stringify(message)).toMatchObject({ code });
      if (path !== undefined) expect(error?.problem.issues?.map((issue) => issue.path)).toContain(path);
      if (typeof message === 'object' && message !== null && 'id' in message) expect(error?.id).toBe('x');
    }
    client.sendRaw(Buffer.from([1, 2, 3]));
    await client.until(() => client.all('error').length === cases.length + 1);
    client.send({ op: 'ping', id: 'p' });
    await client.next('pong', (m) => m.id === 'p');
    client.close();
  });

  it('answers at its address with a slash behind it, too', async () => {
    const client = await TestClient.open(`${server.socketUrl}/`);
    client.send({ op: 'ping', id: 'p' });
    await client.next('pong');
    client.close();
  });

  it('ends a subscription on request', async () => {
    const client = await open();
    await client.subscribe();
    client.send({ op: 'unsubscribe', id: 'u', subscription: 's1' });
    expect(await client.next('unsubscribed')).toEqual({ kind: 'unsubscribed', id: 'u', subscription: 's1' });
    closeNext();
    client.send({ op: 'ping', id: 'p' });
    await client.next('pong');
    expect(client.all('candle')).toEqual([]);
    client.close();
  });

  it('says which stream has ended, behind everything that came before', async () => {
    const own = ScriptedExchange.withMinutes(NOW, 100);
    const other = await startTestServer([own]);
    const client = await TestClient.open(other.socketUrl);
    const { subscribed } = await client.subscribe({ limit: 5 });
    own.tellForming(candleAt(NOW));
    const failure = { kind: 'unknown-symbol', message: 'it is no longer listed', retryable: false } as const;
    own.emit({ kind: 'series-failed', symbol: 'BTC/USDT', timeframe: '1m', failure });
    const { problem, subscription } = await client.next('error');
    expect({ subscription, code: problem.code }).toEqual({
      subscription: subscribed.subscription,
      code: 'exchange-unavailable',
    });
    expect(client.messages.map(({ kind }) => kind).slice(-2)).toEqual(['candle', 'error']);
    client.close();
    await other.dispose();
  });

  it('holds 128 subscriptions and refuses one more', async () => {
    const client = await open();
    for (let index = 0; index < 129; index++)
      client.send({
        op: 'subscribe',
        id: `${index}`,
        exchange: 'scripted',
        symbol: 'BTC/USDT',
        timeframe: '1m',
        limit: 1,
      });
    const error = await client.next('error');
    expect(error.problem.code).toBe('too-many-subscriptions');
    await client.until(() => client.all('snapshot').length === 128);
    client.close();
  });

  it('closes with 1009 on a frame that is too large and with 4429 on a flood', async () => {
    const large = await open();
    large.sendRaw('x'.repeat(65_537));
    expect((await large.untilClosed()).code).toBe(1009);
    const flooding = await open();
    for (let index = 0; index < 400; index++) flooding.send({ op: 'ping', id: 'p' });
    expect((await flooding.untilClosed()).code).toBe(4429);
  });

  it('tells tickers: all at first, then what changed', async () => {
    const client = await open();
    const ticker = (symbol: string, last: number) => ({
      symbol,
      last,
      changeRatio24h: 0.01,
      quoteVolume24h: 5,
      timeMs: 9,
    });
    client.send({ op: 'tickers', id: 't', exchange: 'scripted', symbols: ['BTC/USDT', 'ETH/USDT'] });
    expect((await client.next('tickers')).tickers).toEqual([]);
    expect(exchange.tickerSymbols).toEqual(['BTC/USDT', 'ETH/USDT']);
    exchange.tellTickers([ticker('BTC/USDT', 1), ticker('BTC/USDT', 2), ticker('XRP/USDT', 3)]);
    const changed = await client.next('tickers', (m) => m.seq === 1);
    expect(changed.tickers).toEqual([['BTC/USDT', 2, 0.01, 5, 9]]);
    const second = await open();
    second.send({ op: 'tickers', id: 't', exchange: 'scripted', symbols: ['BTC/USDT'] });
    expect((await second.next('tickers')).tickers).toEqual([['BTC/USDT', 2, 0.01, 5, 9]]);
    second.close();
    client.close();
  });

  it('tells every change of the exchange to those who follow it', async () => {
    const client = await open();
    await client.subscribe();
    exchange.emit({ kind: 'status', state: 'stale', sinceMs: 5, lastMessageMs: 4, reason: 'silent' });
    expect(await client.next('status', (m) => m.state === 'stale')).toMatchObject({ sinceMs: 5, reason: 'silent' });
    exchange.emit({ kind: 'status', state: 'live', sinceMs: 6, lastMessageMs: 6, reason: '' });
    await client.next('status', (m) => m.sinceMs === 6);
    client.close();
  });

  it('calls an exchange stale while its closed candles cannot be stored, and live when they were told', async () => {
    let isBroken = false;
    const sick = new ScriptedExchange({ id: 'sick' });
    sick.nowMs = NOW;
    sick.rowsOf('BTC/USDT', '1m').push(...minutesUntil(NOW, 10));
    const own = await startTestServer([sick], {
      wrapStore: (store) =>
        new Proxy(store, {
          get: (target, name: keyof typeof store) => {
            const method = target[name].bind(target) as (...args: unknown[]) => unknown;
            return (...args: unknown[]) =>
              isBroken && name === 'append' ? Promise.reject(new Error('disk full')) : method(...args);
          },
        }),
    });
    const client = await TestClient.open(own.socketUrl);
    await client.subscribe({ exchange: 'sick' });
    isBroken = true;
    sick.tellClosed(candleAt(NOW));
    const stale = await client.next('status', (m) => m.state === 'stale');
    expect(stale.reason).toBe('closed candles cannot be stored: disk full');
    const listed = (await (await fetch(`${own.url}/api/v1/exchanges`)).json()) as { items: unknown[] };
    expect(listed.items).toMatchObject([{ id: 'sick', state: 'stale', reason: stale.reason }]);
    isBroken = false;
    await client.until(() => client.all('status').at(-1)?.state === 'live');
    expect(client.all('candle').map(({ candle }) => candle[0])).toEqual([NOW]);
    client.close();
    await own.dispose();
  });

  it('sends the same messages compressed to those who ask for it', async () => {
    const plain = await TestClient.open(server.socketUrl, { perMessageDeflate: false });
    const deflated = await TestClient.open(server.socketUrl, { perMessageDeflate: true });
    expect(deflated.ws.extensions).toContain('permessage-deflate');
    const snapshots = await Promise.all([plain, deflated].map((client) => client.subscribe({ limit: 400 })));
    expect(snapshots[0]?.snapshot.candles).toEqual(snapshots[1]?.snapshot.candles);
    const rows = Array.from({ length: 30 }, () => closeNext());
    for (const client of [plain, deflated]) {
      await client.until(() => client.all('candle').length === 30);
      expect(client.all('candle').map((m) => m.candle)).toEqual(rows);
    }
    plain.close();
    deflated.close();
  });

  it('lets pages of its own host in, and nobody else', async () => {
    const host = new URL(server.url).host;
    for (const origin of [`http://${host}`, 'http://localhost:5173']) {
      const client = await TestClient.open(server.socketUrl, { origin });
      client.close();
    }
    const foreign = new WebSocket(server.socketUrl, { origin: 'https://evil.example' });
    const [error] = (await once(foreign, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('tells clients that it goes away', async () => {
    const other = new ScriptedExchange({ id: 'other' });
    const short = await startTestServer([other]);
    const client = await TestClient.open(short.socketUrl);
    const closed = client.untilClosed();
    await short.dispose();
    expect((await closed).code).toBe(1001);
  });

  it('asks who you are when market data is not public', async () => {
    const closedServer = await startTestServer([new ScriptedExchange()], { env: { WICK_PUBLIC_MARKET_DATA: '0' } });
    const client = await TestClient.open(closedServer.socketUrl);
    client.send({ op: 'ping', id: 'p' });
    expect((await client.untilClosed()).code).toBe(4401);
    const silent = new TestClient(closedServer.socketUrl);
    expect((await silent.untilClosed()).code).toBe(4401);
    const answer = await fetch(`${closedServer.url}/api/v1/exchanges`);
    expect(answer.status).toBe(401);
    await closedServer.dispose();
  });
});

describe('resume', () => {
  it('goes on behind the last message with what was missed', async () => {
    const client = await open();
    const { subscribed } = await client.subscribe({ limit: 5 });
    closeNext();
    const seen = await client.next('candle', (m) => m.closed);
    client.close();
    await client.untilClosed();
    const missed = [closeNext(), closeNext(), closeNext()];
    exchange.tellForming(candleAt(next, 3));
    const again = await open();
    again.send({ op: 'resume', id: 'r', resumeToken: subscribed.resumeToken, seq: seen.seq });
    expect(await again.next('subscribed')).toMatchObject({ id: 'r', subscription: 's1', resumed: true });
    const backfill = await again.next('backfill');
    expect(backfill).toMatchObject({ seq: seen.seq + 1, candles: missed });
    expect(await again.next('candle')).toMatchObject({ seq: seen.seq + 2, closed: false, candle: candleAt(next, 3) });
    const live = closeNext();
    expect(await again.next('candle', (m) => m.closed)).toMatchObject({ seq: seen.seq + 3, candle: live });
    expect(again.all('snapshot')).toEqual([]);
    again.close();
  });

  it('takes over from a connection that is only half dead', async () => {
    const client = await open();
    const { subscribed } = await client.subscribe({ limit: 5 });
    const again = await open();
    again.send({ op: 'resume', id: 'r', resumeToken: subscribed.resumeToken, seq: 0 });
    await again.next('subscribed', (m) => m.resumed === true);
    closeNext();
    await again.next('candle', (m) => m.closed);
    client.send({ op: 'ping', id: 'p' });
    await client.next('pong');
    expect(client.all('candle')).toEqual([]);
    client.close();
    again.close();
  });

  it('begins anew after a correction, a wrong seq, or a restart of the server', async () => {
    const client = await open();
    const first = await client.subscribe({ limit: 5 });
    const second = await client.subscribe({ limit: 6 });
    const third = await client.subscribe({ limit: 7 });
    client.close();
    await client.untilClosed();
    const corrected = candleAt(next - MINUTE, 2);
    exchange.rowsOf('BTC/USDT', '1m').splice(-1, 1, corrected);
    exchange.heal('BTC/USDT', '1m', [corrected], []);
    const observer = await open();
    await observer.until(() => true);

    const again = await open();
    again.send({ op: 'resume', id: 'far', resumeToken: second.subscribed.resumeToken, seq: 99 });
    expect((await again.next('subscribed', (m) => m.id === 'far')).resumed).toBe(false);
    const fresh = await again.next('snapshot');
    expect(fresh.candles.filter((row) => row[0] <= corrected[0])).toEqual(newest(6));
    again.send({ op: 'resume', id: 'corrected', resumeToken: first.subscribed.resumeToken, seq: 0 });
    expect((await again.next('subscribed', (m) => m.id === 'corrected')).resumed).toBe(false);
    again.close();
    observer.close();

    await server.dispose(true);
    server = await startTestServer([exchange], { dataDir: server.dataDir });
    const restarted = await open();
    restarted.send({ op: 'resume', id: 'r', resumeToken: third.subscribed.resumeToken, seq: 0 });
    expect((await restarted.next('subscribed')).resumed).toBe(false);
    expect((await restarted.next('snapshot')).seq).toBe(0);
    const forged = `${third.subscribed.resumeToken.slice(0, -2)}AA`;
    restarted.send({ op: 'resume', id: 'f', resumeToken: forged, seq: 0 });
    expect((await restarted.next('error')).problem.code).toBe('unknown-resume-token');
    restarted.close();
  });
});

describe('a client that does not read', () => {
  it('misses forming candles, never a closed one, and is let go when hopeless', async () => {
    const reader = await open();
    await reader.subscribe({ limit: 1 });
    const url = new URL(server.url);
    const tcp = connect(Number(url.port), url.hostname);
    await once(tcp, 'connect');
    const lazy = new WebSocket(server.socketUrl, { createConnection: () => tcp, perMessageDeflate: false });
    const received: OhlcvServerMessage[] = [];
    lazy.on('message', (data: Buffer) => received.push(OhlcvServerMessage.parse(JSON.parse(data.toString('utf8')))));
    const closed = once(lazy, 'close') as Promise<[number]>;
    await once(lazy, 'open');
    for (let index = 0; index < 40; index++)
      lazy.send(
        JSON.stringify({
          op: 'subscribe',
          id: `${index}`,
          exchange: 'scripted',
          symbol: 'BTC/USDT',
          timeframe: '1m',
          limit: 1,
        }),
      );
    while (received.filter((m) => m.kind === 'snapshot').length < 40) await once(lazy, 'message');
    tcp.pause();
    const firstMs = next;
    const isDropped = async () =>
      (await (await fetch(`${server.url}/metrics`)).text()).includes('wick_ws_dropped_total 1');
    // Until the server gives up: its send buffers are full and four megabytes wait.
    for (let rounds = 1; rounds % 25 !== 0 || !(await isDropped()); rounds++) {
      exchange.tellForming(candleAt(next, -0.25));
      exchange.tellForming(candleAt(next, -0.5));
      closeNext();
      await reader.next('candle', (m) => m.closed && m.candle[0] === next - MINUTE);
    }
    tcp.resume();
    const [code] = await closed;
    expect(code).toBe(4008);
    const ofFirst = received.filter((m) => m.kind === 'candle' && m.subscription === 's1');
    const closes = ofFirst.flatMap((m) => (m.kind === 'candle' && m.closed ? [m.candle] : []));
    expect(closes.length).toBeGreaterThan(50);
    expect(closes).toEqual(Array.from({ length: closes.length }, (_, index) => candleAt(firstMs + index * MINUTE)));
    const formings = ofFirst.length - closes.length;
    expect(formings).toBeLessThan(closes.length * 2);
    expect(ofFirst.map((m) => (m.kind === 'candle' ? m.seq : -1))).toEqual(ofFirst.map((_, index) => index + 1));
    reader.close();
  });
});
