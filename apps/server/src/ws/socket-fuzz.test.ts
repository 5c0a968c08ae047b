import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKeyCreated } from '@wickworks/contracts';
import { SCOPES, type CandleRow } from '@wickworks/core';
import { becomeAdmin } from '../testing/people.js';
import { candleAt, ScriptedExchange } from '../testing/scripted-exchange.js';
import { EvilFrames, seededRng } from '../testing/socket-fuzz/evil-frames.js';
import { RawSocket } from '../testing/socket-fuzz/raw-socket.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const SEED = Number(process.env['WICK_FUZZ_SEED'] ?? 20_260_101);
const FRAMES = Number(process.env['WICK_FUZZ_FRAMES'] ?? 200_000);
const ATTACKERS = 12;
const START = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;
/** The server's clock runs ahead, so that what is sent is read, not refused as a flood. */
const CLOCK_SPEED = 1_000;
/** Far above what a run leaves behind, far below what a leak of a few hundred bytes per frame would. */
const GROWTH_BYTES_MAX = 24 * 1024 * 1024;

let server: TestServer;
let exchange: ScriptedExchange;
let key: string;
const bornMs = performance.now();
const nowMs = (): number => Math.floor(START + (performance.now() - bornMs) * CLOCK_SPEED);

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(START, 600);
  server = await startTestServer([exchange], { nowMs });
  const { admin } = await becomeAdmin(server);
  const made = await admin.call('POST', '/auth/api-keys', { name: 'fuzz', scopes: SCOPES });
  ({ key } = ApiKeyCreated.parse(await made.json()));
});
afterAll(() => server.dispose());

const series = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m' };
const OHLCV_MESSAGES = [
  { op: 'subscribe', id: 'a', ...series, limit: 3 },
  {
    op: 'subscribe',
    id: 'b',
    ...series,
    limit: 20,
    encoding: 'packed',
    indicators: [{ id: 'ema', params: { period: 5 } }],
  },
  {
    op: 'subscribe',
    id: 'c',
    exchange: 'scripted',
    symbol: 'ETH/USDT',
    timeframe: '1h',
    encoding: 'f64',
    strategies: ['x'],
  },
  { op: 'history', id: 'h', subscription: 's1', before: START, limit: 10 },
  { op: 'resume', id: 'r', resumeToken: 'eyJ1aWQiOiJ4In0.c2lnbmF0dXJl', seq: 4 },
  { op: 'unsubscribe', id: 'u', subscription: 's1' },
  { op: 'tickers', id: 't', exchange: 'scripted', symbols: ['BTC/USDT', 'ETH/USDT'] },
  { op: 'ping', id: 'p' },
];
const EVENTS_MESSAGES = [
  ...['jobs', 'system', 'orders', 'notifications'].map((topic) => ({ op: 'subscribe', id: 's', topic })),
  { op: 'unsubscribe', id: 'u', subscription: 'e1' },
  { op: 'ping', id: 'p' },
];

/**
 * Sends `frames` frames over several connections at a time, new ones in place of those let go; `goodbyes` are what
 * those were told who were let go for a frame that is no reason.
 */
async function attack(
  frames: number,
  seed: number,
): Promise<{ sent: number; connections: number; goodbyes: string[] }> {
  let sent = 0;
  const goodbyes: string[] = [];
  let connections = 0;
  const work = async (index: number): Promise<void> => {
    const isEvents = index % 3 === 0;
    const url = isEvents ? server.socketUrl.replace('/ws/ohlcv', '/ws/events') : server.socketUrl;
    const evil = new EvilFrames(seededRng(seed + index), isEvents ? EVENTS_MESSAGES : OHLCV_MESSAGES);
    while (sent < frames) {
      const socket = await RawSocket.open(url, { Authorization: `Bearer ${key}` });
      connections++;
      let wasFatal = false;
      while (!socket.isOver && sent < frames) {
        const { bytes, frames: count, isFatal } = evil.next();
        sent += count;
        await socket.send(bytes);
        wasFatal = isFatal;
        if (isFatal) await socket.untilOver();
        // Others must get their turn; so must the server, which shares this thread.
        if (sent % 16 === 0) await new Promise(setImmediate);
      }
      // A burst that waited while the thread was busy is a flood after all, now and then.
      if (socket.isOver && !wasFatal && !socket.goodbye.includes('messages per second')) goodbyes.push(socket.goodbye);

      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: ATTACKERS }, (_, index) => work(index)));
  return { sent, connections, goodbyes };
}

/** Bytes of the heap in use when everything that can go has gone. */
async function heapBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 4; times++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

describe('hostile sockets', () => {
  it(
    `take ${FRAMES} frames to no avail: nothing breaks, nothing grows, others get every candle`,
    { timeout: 600_000 },
    async () => {
      const faults: unknown[] = [];
      const note = (error: unknown): void => void faults.push(error);
      process.on('unhandledRejection', note).on('uncaughtException', note);
      const good = await TestClient.open(server.socketUrl, { headers: { authorization: `Bearer ${key}` } });
      await good.subscribe({ limit: 5 });
      const closed: CandleRow[] = [];
      const ticking = setInterval(() => {
        const candle = candleAt(START + closed.length * MINUTE);
        closed.push(candle);
        exchange.tellClosed(candle);
      }, 100);

      await attack(FRAMES / 10, SEED);
      const before = await heapBytes();
      const { sent, connections, goodbyes } = await attack(FRAMES, SEED + 1_000);
      clearInterval(ticking);
      const told = () => good.all('candle').filter((message) => message.closed);
      await good.until(() => told().length >= closed.length);
      const growth = (await heapBytes()) - before;
      process.off('unhandledRejection', note).off('uncaughtException', note);

      console.log(
        `${sent} frames on ${connections} connections, seed ${SEED}; ${closed.length} candles; heap grew by ${(growth / 1024 / 1024).toFixed(1)} MiB`,
      );
      expect(faults).toEqual([]);
      // Whatever was wrong with a message, only what is no WebSocket any more ends the connection.
      expect(goodbyes).toEqual([]);
      expect(told().map(({ candle }) => candle)).toEqual(closed);
      expect(good.all('candle').map(({ seq }) => seq)).toEqual(good.all('candle').map((_, index) => index + 1));
      expect(good.all('error')).toEqual([]);
      expect(growth).toBeLessThan(GROWTH_BYTES_MAX);
      good.close();
    },
  );

  it('handshakes that are none are refused, and the next one is let in', async () => {
    const rng = seededRng(SEED);
    const { port } = new URL(server.url);
    const right = `GET /ws/ohlcv HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ZnV6emluZyBpcyBmdW4hIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`;
    const statuses = new Map<string, number>();
    for (let count = 0; count < 1_000; count++) {
      const bytes = Buffer.from(right);
      for (let times = 1 + Math.floor(rng() * 4); times > 0; times--)
        bytes[Math.floor(rng() * (bytes.length - 4))] = Math.floor(rng() * 256);
      const answer = await new Promise<string>((resolve) => {
        const tcp = connect(Number(port), '127.0.0.1', () => tcp.end(bytes));
        let seen = '';
        tcp.on('data', (piece) => (seen += piece.toString('latin1')));
        tcp.on('error', () => undefined);
        tcp.on('close', () => resolve(seen));
      });
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()].filter((status) => status.startsWith('5'))).toEqual([]);
    expect(statuses.get('400')).toBeGreaterThan(0);
    const client = await TestClient.open(server.socketUrl, { headers: { authorization: `Bearer ${key}` } });
    client.close();
  });
});
