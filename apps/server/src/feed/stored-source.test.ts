import { join } from 'node:path';
import { CalculateReply } from '@wickworks/contracts';
import { MS_PER_MINUTE } from '@wickworks/core';
import { openDatabase, type CandleStore } from '@wickworks/db';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, runToEnd } from '../testing/ask.js';
import { JUMP as document } from '../testing/jump.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW_MS = Date.UTC(2026, 0, 1, 12);
/** The last candle of the market that is listed no more closed so long ago. */
const GONE_MS = NOW_MS - 1_000 * MS_PER_MINUTE;
const OLD = { exchange: 'scripted', symbol: 'OLD/USDT', timeframe: '1m' } as const;
const rows = minutesUntil(GONE_MS, 600);

let server: TestServer;
let exchange: ScriptedExchange;
afterEach(() => server.dispose());

/** What `work` makes of the candles in the server's own database. */
async function onStore<T>(work: (store: CandleStore) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: `file:${join(server.dataDir, 'wickworks.db')}` });
  try {
    return await work(database.candles);
  } finally {
    await database.close();
  }
}

/** A server that has stored candles, with a hole in them, of a market that its exchange does not list. */
async function start(): Promise<void> {
  exchange = ScriptedExchange.withMinutes(NOW_MS, 400);
  server = await startTestServer([exchange], { marketReload: { everyMs: 20, retryMs: 20 } });
  await server.assembled;
  await onStore((store) => store.append(OLD, rows.toSpliced(300, 10), 'import', 0));
}

describe('stored candles of a market that is listed no more', () => {
  it('are streamed and scrolled through, said to be unlisted, and nothing is asked of the exchange', async () => {
    await start();
    const client = await TestClient.open(server.socketUrl);
    const { subscribed, snapshot } = await client.subscribe({ ...OLD, limit: 100 });
    expect(subscribed.unlisted).toBe(true);
    expect(snapshot).toMatchObject({ candles: rows.slice(-100), forming: false });
    const before = rows.at(-100)![0];
    client.send({ op: 'history', id: 'h', subscription: subscribed.subscription, before, limit: 1_000 });
    const history = await client.next('history');
    expect(history.candles).toEqual(rows.slice(0, -100).toSpliced(300, 10));
    expect(history).toMatchObject({ gaps: [[rows[300]![0], rows[310]![0]]], complete: true });
    const listed = await client.subscribe({ exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', limit: 5 });
    expect(listed.subscribed.unlisted).toBeUndefined();
    expect(exchange.queries.some(({ symbol }) => symbol === OLD.symbol)).toBe(false);
    expect(exchange.watched.has('OLD/USDT 1m')).toBe(false);
    client.close();
    // The hole stays one: whoever lists it again is asked about it.
    expect(await onStore((store) => store.sourceGaps(OLD, 0, NOW_MS))).toEqual([]);
  });

  it('serve indicators and backtests, but nothing that waits for more of them', async () => {
    await start();
    const range = { from: rows[0]![0], to: GONE_MS };
    const asked = { indicator: 'sma', params: { period: 5 }, ...OLD, ...range };
    const values = CalculateReply.parse((await ask(server, 'POST', '/indicators/calculate', asked)).json);
    expect(values.time).toHaveLength(590);
    const market = { exchange: OLD.exchange, symbol: OLD.symbol };
    const run = await runToEnd(server, { strategy: { document }, markets: [market], fromMs: range.from });
    expect(run).toMatchObject({ state: 'done', setup: { markets: [{ symbol: 'OLD/USDT' }], toMs: GONE_MS } });
    expect((await ask(server, 'POST', '/datasets/backfill', { ...OLD, fromMs: range.from })).status).toBe(404);
    const { json } = await ask(server, 'POST', '/strategies', { document });
    const { id } = json as { id: string };
    expect((await ask(server, 'POST', `/strategies/${id}/start`, { markets: [market] })).status).toBe(404);
    const unknown = { ...asked, symbol: 'NEVER/USDT' };
    expect((await ask(server, 'POST', '/indicators/calculate', unknown)).status).toBe(404);
    const other = await ask(server, 'POST', '/indicators/calculate', { ...asked, timeframe: '1h' });
    expect(other.status).toBe(404);
  });

  it('give way to the living market once it is listed again', async () => {
    await start();
    const client = await TestClient.open(server.socketUrl);
    await client.subscribe({ ...OLD, limit: 5 });
    exchange.rowsOf('OLD/USDT', '1m').push(...minutesUntil(NOW_MS, 50));
    exchange.listed = [...exchange.listed, 'OLD/USDT'];
    await expect
      .poll(async () => JSON.stringify((await ask(server, 'GET', '/exchanges/scripted/markets')).json))
      .toContain('OLD/USDT');
    const again = await TestClient.open(server.socketUrl);
    const { subscribed, snapshot } = await again.subscribe({ ...OLD, limit: 5 });
    expect(subscribed.unlisted).toBeUndefined();
    expect(snapshot.candles.at(-1)![0]).toBe(NOW_MS - MS_PER_MINUTE);
    client.close();
    again.close();
  });
});
