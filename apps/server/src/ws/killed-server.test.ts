import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWickSdk, LiveSeries, type SubscriptionHandlers } from '@wickworks/client';
import { toRows } from '@wickworks/core';
import { startVenue } from '@wickworks/venue';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { launchServer } from '../testing/launched-server.js';

const MINUTE = 60_000;
const START_MS = Date.UTC(2026, 10, 20);
const Klines = z.array(
  z.tuple([z.number(), ...Array<z.ZodCoercedNumber>(5).fill(z.coerce.number())]).rest(z.unknown()),
);

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** What a program that acts on closed candles hears of one series. */
function listener(): { series: LiveSeries; told: number[]; handlers: SubscriptionHandlers } {
  const series = new LiveSeries('1m');
  /** Open times told as closed, but for those a snapshot repeats. */
  const told: number[] = [];
  const add = (openTimeMs: number): void => void told.push(openTimeMs);
  return {
    series,
    told,
    handlers: {
      onSnapshot: (news) => {
        series.snapshot(news);
        const known = told.at(-1) ?? -1;
        for (const [openTimeMs] of toRows(series.candles).slice(0, series.closedCount))
          if (openTimeMs > known) add(openTimeMs);
      },
      onCandle: ({ candle, closed }) => {
        series.candle(candle, closed);
        if (closed) add(candle[0]);
      },
      onBackfill: ({ candles, gaps }) => {
        series.backfill(candles, gaps);
        for (const [openTimeMs] of toRows(candles)) add(openTimeMs);
      },
    },
  };
}

it('a server killed again and again costs no closed candle, and none comes twice', async () => {
  const venue = await startVenue({ port: 0, speed: 0, startMs: START_MS });
  opened.push(() => venue.close());
  const dataDir = mkdtempSync(join(tmpdir(), 'wick-killed-'));
  opened.push(() => rm(dataDir, { recursive: true, force: true }));
  let server = await launchServer(dataDir, venue.url);
  opened.push(() => server.kill());
  const port = Number(new URL(server.url).port);
  const sdk = createWickSdk({ baseUrl: server.url, WebSocket, timing: { redialMinMs: 20, redialMaxMs: 100 } });
  opened.push(() => {
    sdk.close();
  });
  const { series, told, handlers } = listener();
  const request = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m', limit: 20 } as const;
  const subscription = sdk.ohlcv.subscribe(request, handlers);

  const closedBefore = (): number => Math.floor(venue.nowMs() / MINUTE) * MINUTE;
  const heardAll = () =>
    expect.poll(() => (told.at(-1) ?? 0) + MINUTE, { timeout: 60_000, interval: 20 }).toBe(closedBefore());
  await heardAll();
  for (const minutesAway of [0, 12]) {
    for (let minute = 0; minute < 2; minute++) {
      await venue.advance(MINUTE);
      await heardAll();
    }
    await server.kill();
    if (minutesAway > 0) await venue.advance(minutesAway * MINUTE);
    server = await launchServer(dataDir, venue.url, port);
    await heardAll();
  }
  await venue.advance(MINUTE);
  await heardAll();

  expect(told).toEqual(Array.from(told, (_, index) => told[0]! + index * MINUTE));
  const url = `${venue.url}/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${told[0]!}&limit=1000`;
  const klines = Klines.parse(await (await fetch(url)).json()).map((row) => row.slice(0, 6));
  expect(toRows(series.candles).slice(0, series.closedCount)).toEqual(klines.slice(0, told.length));
  expect(subscription.state.phase).toBe('live');

  // Away for longer than a snapshot reaches back: the series begins later and says so, the past is there to be asked for.
  await server.kill();
  const last = told.at(-1)!;
  await venue.advance(50 * MINUTE);
  server = await launchServer(dataDir, venue.url, port);
  await heardAll();
  expect(series.verifiedFromMs).toBe(series.candles.time[0]);
  expect(series.candles.time[0]).toBeGreaterThan(last + MINUTE);
  const before = series.verifiedFromMs ?? 0;
  const page = await subscription.history({ before, limit: 100 });
  expect(page.ok && series.history(page.value, before)).toBe(true);
  const times = toRows(series.candles)
    .slice(0, series.closedCount)
    .map(([time]) => time);
  expect(times.slice(times.indexOf(last))).toEqual(Array.from({ length: 51 }, (_, index) => last + index * MINUTE));
}, 240_000);
