import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@wickworks/config';
import { ExchangeView, HealthView, listOf } from '@wickworks/contracts';
import type { CandleRow } from '@wickworks/core';
import { pino } from 'pino';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realAdapters } from './adapters.js';
import { startServer, type RunningServer } from './start-server.js';
import { TestClient } from './testing/test-client.js';

/** The whole server with nothing replaced: real venue thread, real ccxt worker, real database. */
const dataDir = mkdtempSync(join(tmpdir(), 'wick-live-'));
let server: RunningServer;
let socketUrl: string;

const launch = async (): Promise<void> => {
  const config = loadConfig({
    WICK_PORT: '0',
    WICK_VENUE_PORT: '0',
    WICK_VENUE_FAULTS: '1',
    WICK_VENUE_SPEED: '60',
    WICK_DATA_DIR: dataDir,
  });
  if (!config.ok) throw new Error('test settings are sound');
  server = await startServer({
    config: config.value,
    openLog: () => Promise.resolve(pino({ level: 'silent' })),
    version: 'test',
    adapters: realAdapters({ exchangeWorkerUrl: undefined }),
    webFolder: dataDir,
    backtestWorkerUrl: new URL('file:///nowhere'),
    venueWorkerUrl: new URL('./worker.ts', import.meta.resolve('@wickworks/venue')),
    venueDataFolder: undefined,
  });
  socketUrl = `${server.url.replace('http', 'ws')}/ws/ohlcv`;
};

beforeAll(launch);
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const Klines = z.array(z.tuple([z.number()], z.unknown()));
/** The venue's own REST answer for these open times. */
const klines = async (fromMs: number, toMs: number): Promise<CandleRow[]> => {
  const url = `${String(server.venueUrl)}/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${fromMs}&endTime=${toMs}&limit=1000`;
  const rows = Klines.parse(await (await fetch(url)).json());
  return rows.map(([time, ...rest]) => {
    const [open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = rest.slice(0, 5).map(Number);
    return [time, open, high, low, close, volume];
  });
};

/** Closed candles as a client hears of them: live, or after a fault. */
const heard = (client: TestClient): CandleRow[] =>
  client.messages.flatMap((message) => {
    if (message.kind === 'candle' && message.closed) return [message.candle];
    return message.kind === 'backfill' ? message.candles : [];
  });

describe('the whole server', () => {
  it('streams every candle the venue closes, once, in order, through faults', async () => {
    const client = await TestClient.open(socketUrl);
    const { snapshot } = await client.subscribe({ exchange: 'local', limit: 20 });
    const newestMs = snapshot.candles.at(snapshot.forming ? -2 : -1)?.[0] ?? NaN;
    for (const fault of [
      { kind: 'drop-sockets', forMs: 1_000 },
      { kind: 'silence', forMs: 2_000 },
      { kind: 'gap', forMs: 2_000 },
    ]) {
      const before = heard(client).length;
      const answer = await fetch(`${String(server.venueUrl)}/_venue/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      expect(answer.ok).toBe(true);
      await client.until(() => heard(client).length >= before + 4);
    }
    const told = heard(client);
    const expected = await klines(newestMs + 60_000, told.at(-1)?.[0] ?? 0);
    expect(told).toEqual(expected);
    client.close();
  });

  it('says what the local exchange replays, and is well', async () => {
    const exchanges = listOf(ExchangeView).parse(await (await fetch(`${server.url}/api/v1/exchanges`)).json());
    expect(exchanges.items[0]?.replay?.sources['BTC/USDT']).toContain('Binance');
    const health = HealthView.parse(await (await fetch(`${server.url}/api/health`)).json());
    expect(health.parts['venue']?.state).toBe('ok');
  });

  it('goes on from the store after a restart, without a hole', async () => {
    await server.close();
    await launch();
    const client = await TestClient.open(socketUrl);
    const { snapshot } = await client.subscribe({ exchange: 'local', limit: 1_500 });
    expect(snapshot.candles.length).toBe(1_501);
    const first = snapshot.candles[0]?.[0] ?? 0;
    const times = snapshot.candles.map((row) => row[0]);
    expect(times).toEqual(times.map((_, index) => first + index * 60_000));
    expect(snapshot.candles.slice(0, 1_000)).toEqual(await klines(first, first + 999 * 60_000));
    client.close();
  });
});
