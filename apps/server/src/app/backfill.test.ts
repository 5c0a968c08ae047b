import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Candles, resample, toRows } from '@wickworks/core';
import { openDatabase } from '@wickworks/db';
import { connectExchange, type ExchangeConnection } from '@wickworks/exchange';
import { startVenue, type RunningVenue } from '@wickworks/venue';
import { jobEnd, jobReaches, startJob } from '../testing/ask.js';
import { launchServer, type LaunchedServer } from '../testing/launched-server.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
const PRESENT_MS = Date.UTC(2026, 10, 20);

const opened: { dispose(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.dispose();
});

async function serve(exchange: ExchangeConnection, env: Record<string, string> = {}): Promise<TestServer> {
  const server = await startTestServer([exchange], { env });
  opened.push(server);
  return server;
}

async function openVenue(): Promise<{ venue: RunningVenue; connection: ExchangeConnection }> {
  const venue = await startVenue({ port: 0, speed: 0, startMs: PRESENT_MS, faults: true });
  opened.push({ dispose: () => venue.close() });
  return { venue, connection: connectExchange({ id: 'local', venueUrl: venue.url }) };
}

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Runs a backfill to its end; `told` are the states of its job as they were seen on the way. */
const backfill = async (server: TestServer, body: object) =>
  jobEnd(server, (await startJob(server, '/datasets/backfill', body)).id);

async function launch(dataDir: string, venueUrl: string): Promise<LaunchedServer> {
  const server = await launchServer(dataDir, venueUrl);
  opened.push({ dispose: () => server.kill() });
  return server;
}

async function storedRows(
  server: { dataDir: string },
  key: { exchange: string; symbol: string; timeframe: '1m' | '5m' },
) {
  const database = await openDatabase({ url: `file:${server.dataDir}/wickworks.db` });
  try {
    return toRows(await database.candles.read(key, 0, Infinity));
  } finally {
    await database.close();
  }
}

async function klines(venue: RunningVenue, fromMs: number, count: number): Promise<number[][]> {
  const rows: number[][] = [];
  while (rows.length < count) {
    const query = `symbol=BTCUSDT&interval=1m&startTime=${fromMs + rows.length * MINUTE}&limit=1000`;
    const page = (await (await fetch(`${venue.url}/api/v3/klines?${query}`)).json()) as unknown[][];
    rows.push(...page.slice(0, count - rows.length).map((row) => row.slice(0, 6).map(Number)));
  }
  return rows;
}

describe('POST /datasets/backfill', () => {
  const wanted = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' } as const;

  it('waits out what passes, says so in its job, and stores exactly what the exchange has', async () => {
    const { venue, connection } = await openVenue();
    const server = await serve(connection, { WICK_VENUE: venue.url });
    const faults = `${venue.url}/_venue/faults`;
    const fromMs = PRESENT_MS - 6 * DAY_MS;
    // A job begins once the exchange has answered; what comes later is the job's to bear.
    await backfill(server, { ...wanted, fromMs, toMs: fromMs + 60 * MINUTE });
    await post(faults, { kind: 'http-error', status: 503, probability: 0.4, match: '/klines', forMs: 4_000 });
    await post(faults, { kind: 'malformed', to: 'http', probability: 0.3, seed: 2, match: '/klines', forMs: 4_000 });
    const { job, told } = await backfill(server, { ...wanted, fromMs, toMs: fromMs + 4 * DAY_MS });
    expect(job).toMatchObject({ state: 'done', progressRatio: 1 });
    expect(told.some(({ detail }) => /trying again in \d+ s/.test(detail))).toBe(true);
    await fetch(faults, { method: 'DELETE' });
    const rows = await storedRows(server, wanted);
    const asked = rows.filter(([openMs]) => openMs < fromMs + 4 * DAY_MS);
    expect(asked).toEqual(await klines(venue, fromMs, 4 * 1_440));
  });

  it('fetches what is missing alone, and counts what is there as done', async () => {
    const exchange = ScriptedExchange.withMinutes(PRESENT_MS, 6_000);
    const server = await serve(exchange);
    const fromMs = PRESENT_MS - 6_000 * MINUTE;
    const first = await backfill(server, { ...wanted, exchange: 'scripted', fromMs, toMs: fromMs + 3_000 * MINUTE });
    expect(first.job.detail).toContain('3000 candles added');
    const asked = exchange.queries.length;
    const again = await backfill(server, { ...wanted, exchange: 'scripted', fromMs, toMs: fromMs + 3_000 * MINUTE });
    expect(again.job).toMatchObject({ state: 'done', detail: expect.stringContaining('0 candles added') as string });
    // One look at where the present is.
    expect(exchange.queries.length - asked).toBeLessThanOrEqual(1);
  });

  it('builds what the exchange does not report from what it does', async () => {
    const exchange = new ScriptedExchange({ timeframes: ['1m'] });
    const rows = minutesUntil(PRESENT_MS, 3_000);
    exchange.nowMs = PRESENT_MS;
    exchange.rowsOf('BTC/USDT', '1m').push(...rows);
    const server = await serve(exchange);
    const series = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '5m' } as const;
    const { job } = await backfill(server, { ...series, fromMs: PRESENT_MS - 3_000 * MINUTE });
    expect(job).toMatchObject({ state: 'done' });
    expect(await storedRows(server, { ...series, timeframe: '1m' })).toEqual(rows);
    expect(await storedRows(server, series)).toEqual(toRows(resample(Candles.fromRows(rows), '5m')));
  });

  it('ends as failed with the reason when the exchange refuses', async () => {
    const exchange = ScriptedExchange.withMinutes(PRESENT_MS, 3_000);
    const server = await serve(exchange);
    const answer = exchange.fetchCandles.bind(exchange);
    exchange.fetchCandles = (query) =>
      query.sinceMs === undefined
        ? answer(query)
        : Promise.resolve({ ok: false, error: { kind: 'rejected', message: 'too old', retryable: false } });
    const { job } = await backfill(server, { ...wanted, exchange: 'scripted', fromMs: PRESENT_MS - 3_000 * MINUTE });
    expect(job).toMatchObject({ state: 'failed', detail: 'scripted: too old; what was fetched is stored' });
  });

  it('killed in the middle, goes on by itself in the next process, from what is stored', async () => {
    const venue = await startVenue({ port: 0, speed: 0, startMs: PRESENT_MS, faults: true });
    opened.push({ dispose: () => venue.close() });
    const dataDir = mkdtempSync(join(tmpdir(), 'wick-backfill-'));
    opened.push({ dispose: () => rm(dataDir, { recursive: true, force: true }) });
    const first = await launch(dataDir, venue.url);
    const fromMs = PRESENT_MS - 12 * DAY_MS;
    await post(`${venue.url}/_venue/faults`, {
      kind: 'delay',
      to: 'http',
      delayMs: 250,
      match: '/klines',
      forMs: 600_000,
    });
    const { id } = await startJob(first, '/datasets/backfill', { ...wanted, fromMs });
    await jobReaches(first, id, 0.2);
    await first.kill();
    const before = (await storedRows(first, wanted)).length;
    expect(before).toBeGreaterThan(0.2 * 12 * 1_440);
    expect(before).toBeLessThan(12 * 1_440);

    await fetch(`${venue.url}/_venue/faults`, { method: 'DELETE' });
    const second = await launch(dataDir, venue.url);
    expect((await jobEnd(second, id)).job).toMatchObject({ state: 'done', progressRatio: 1 });
    await second.kill();
    expect(await storedRows(second, wanted)).toEqual(await klines(venue, fromMs, 12 * 1_440));
  });
});
