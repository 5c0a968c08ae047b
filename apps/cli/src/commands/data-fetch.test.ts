import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '@wickworks/db';
import { connectExchange, fetchHistory, type HistoryProgress } from '@wickworks/exchange';
import { startVenue, type RunningVenue } from '@wickworks/venue';
import { killHard, spawnWick, wick } from '../testing/wick.js';

const MINUTE = 60_000;
const FROM_MS = Date.UTC(2026, 10, 1);
const FROM = '2026-11-01';

const root = mkdtempSync(join(tmpdir(), 'wick-fetch-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let venue: RunningVenue;
let place: { cwd: string; env: Record<string, string> };
let places = 0;

beforeEach(async () => {
  venue = await startVenue({ port: 0, speed: 0, startMs: Date.UTC(2026, 10, 20), faults: true });
  const cwd = join(root, String(places++));
  mkdirSync(cwd);
  place = { cwd, env: { WICK_DATA_DIR: join(cwd, 'data'), WICK_PORT: '0', WICK_VENUE_PORT: '0' } };
});
afterEach(() => venue.close());

const fetchUntil = (to: string): string[] =>
  ['data', 'fetch', '--exchange', 'local', '--symbol', 'BTC/USDT', '--timeframe', '1m', '--from', FROM, '--to', to, '--venue', venue.url, '--json']; // prettier-ignore
const SERIES = ['--exchange', 'local', '--symbol', 'BTC/USDT', '--timeframe', '1m'];

async function inflict(body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${venue.url}/_venue/faults`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
}

const calm = () => fetch(`${venue.url}/_venue/faults`, { method: 'DELETE' });

/** The venue's own candles, as numbers. */
async function klines(fromMs: number, count: number): Promise<number[][]> {
  const rows: number[][] = [];
  while (rows.length < count) {
    const startTime = fromMs + rows.length * MINUTE;
    const limit = Math.min(1_000, count - rows.length);
    const query = `symbol=BTCUSDT&interval=1m&startTime=${startTime}&limit=${limit}`;
    const page = (await (await fetch(`${venue.url}/api/v3/klines?${query}`)).json()) as unknown[][];
    rows.push(...page.map((row) => row.slice(0, 6).map(Number)));
  }
  return rows;
}

async function stored(): Promise<number[][]> {
  const exported = await wick(place, 'data', 'export', ...SERIES);
  const [, ...lines] = exported.out.trim().split('\n');
  return lines.map((line) => line.split(',').map(Number));
}

describe('wick data fetch', () => {
  it('waits out errors, rate limits, broken and missing answers, and stores exactly what the venue has', async () => {
    const forMs = 15_000;
    await inflict({ kind: 'http-error', status: 503, probability: 0.3, match: '/klines', forMs });
    await inflict({ kind: 'malformed', to: 'http', probability: 0.3, seed: 2, match: '/klines', forMs });
    await inflict({ kind: 'http-error', status: 429, code: -1003, retryAfterS: 1, probability: 0.2, seed: 3, forMs });
    const fetched = await wick(place, ...fetchUntil('2026-11-05'));
    expect(fetched.json()).toMatchObject({ added: 4 * 1_440, corrected: 0, absent: 0 });
    expect(fetched.told.some((line) => /trying again in \d+ s/.test(line))).toBe(true);
    await calm();
    expect(await stored()).toEqual(await klines(FROM_MS, 4 * 1_440));
  });

  it('says which failure ended it and that it may pass, keeps what came before, and counts it as done', async () => {
    await wick(place, ...fetchUntil('2026-11-02'));
    const database = await openDatabase({ url: `file:${join(place.cwd, 'data', 'wickworks.db')}` });
    const connection = connectExchange({ id: 'local', venueUrl: venue.url });
    try {
      const told: HistoryProgress[] = [];
      const job = {
        key: { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' },
        fromMs: FROM_MS,
        toMs: FROM_MS + 4 * 1_440 * MINUTE,
        nowMs: Date.now,
        attempts: 2,
        retry: { baseMs: 1, maxMs: 1 },
        onProgress: (progress: HistoryProgress) => told.push(progress),
      } as const;
      const parts = { store: database.candles, exchange: connection };
      await inflict({ kind: 'http-error', status: 503, match: '/klines', forMs: 60_000 });
      const failed = await fetchHistory(parts, job);
      expect(failed).toMatchObject({ ok: false, error: { kind: 'unavailable', retryable: true } });
      expect(told.map(({ waiting }) => waiting?.failure.kind)).toEqual(['unavailable']);
      await calm();
      expect(await fetchHistory(parts, job)).toMatchObject({ ok: true, value: { added: 3 * 1_440, absent: 0 } });
      // A day of four was there already.
      const ratios = told.slice(1).map(({ ratio }) => ratio);
      expect(ratios[0]).toBeGreaterThan(0.25);
      expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
      expect(ratios.at(-1)).toBe(1);
      const again = await fetchHistory(parts, { ...job, signal: AbortSignal.abort() });
      expect(again).toMatchObject({ ok: false, error: { kind: 'stopped', retryable: true } });
    } finally {
      await connection.close();
      await database.close();
    }
  });

  it('killed in the middle, goes on from what is stored', async () => {
    // Two minutes of wall time at this pace: killed long before its end.
    await inflict({ kind: 'delay', to: 'http', delayMs: 250, match: '/klines', forMs: 600_000 });
    const { child } = spawnWick(place, ...fetchUntil('2026-11-15'));
    let pages = 0;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (pages += text.split('missing candles').length - 1));
    while (pages < 3) await once(child.stderr!, 'data');
    await killHard(child);
    await calm();

    const before = await stored();
    expect(before.length).toBeGreaterThanOrEqual(3 * 999);
    expect(before.length).toBeLessThan(14 * 1_440);
    expect((await wick(place, 'data', 'verify')).code).toBe(0);
    const resumed = await wick(place, ...fetchUntil('2026-11-15'));
    expect(resumed.json()).toMatchObject({ added: 14 * 1_440 - before.length, corrected: 0, absent: 0 });
    expect(await stored()).toEqual(await klines(FROM_MS, 14 * 1_440));
  });
});
