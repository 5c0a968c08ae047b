import { BacktestView, listOf, SYSTEM_DEFAULTS } from '@wickworks/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { FuzzCallers, VISITOR_PASSWORD } from '../testing/api-fuzz/fuzz-callers.js';
import type { Hints } from '../testing/api-fuzz/json-arbitrary.js';
import { runApiFuzz } from '../testing/api-fuzz/run-api-fuzz.js';
import { Spec } from '../testing/api-fuzz/spec.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const SEED = Number(process.env['WICK_FUZZ_SEED'] ?? 20_260_101);
const START_MS = Date.UTC(2026, 0, 1);
const REQUESTS = Number(process.env['WICK_FUZZ_REQUESTS'] ?? 20_000);

/** Asked less often, and why. */
const SPARED: Readonly<Record<string, { share: number; why: string }>> = {
  'PATCH /api/v1/settings': { share: 0.1, why: 'it sets limits that the others would then try' },
  'POST /api/v1/auth/login': { share: 0.2, why: 'each attempt costs an argon2 hash' },
  'POST /api/v1/auth/password': { share: 0.2, why: 'as signing in' },
  'POST /api/v1/auth/recovery-codes': { share: 0.2, why: 'as signing in' },
  'POST /api/v1/users': { share: 0.3, why: 'hashes and judges a password' },
  'DELETE /api/v1/strategies/{id}': { share: 0.1, why: 'saved ones shall be there to be read' },
  'DELETE /api/v1/backtests/{id}': { share: 0.1, why: 'finished ones shall be there to be read' },
  'POST /api/v1/backtests': { share: 0.5, why: 'those let through run in threads of their own' },
};
/** A minute of the server's clock has room for 1,200 requests: limits of a minute are tried elsewhere. */
const MS_PER_REQUEST = 50;

const market = { exchange: 'scripted', symbol: 'BTC/USDT' };
/** Fields filled so that a request gets past the door. */
const VALUES: Hints['values'] = {
  ...{
    exchange: ['scripted'],
    symbol: ['BTC/USDT', 'ETH/USDT'],
    timeframe: ['1m'],
    id: ['scripted'],
    detailTimeframe: ['1m'],
  },
  ...{
    username: ['visitor', 'guest-1', 'guest-2', 'guest-3', 'guest-4'],
    password: [VISITOR_PASSWORD],
    currentPassword: [VISITOR_PASSWORD],
  },
  ...{ newPassword: [VISITOR_PASSWORD], networks: [[], ['10.0.0.0/8']], expiresMs: [null, Date.UTC(2030, 0, 1)] },
  ...{ indicator: ['sma', 'ema', 'rsi'], params: [{}, { period: 5 }], candles: [minutesUntil(START_MS, 30)] },
  ...{ strategies: [[{ strategy: { example: 'trend-ema-cross' } }]] },
  ...{ strategy: [{ example: 'trend-ema-cross' }], markets: [[market]], config: [{ cash: '10000' }, {}] },
  ...{ fromMs: [START_MS - 36_000_000], toMs: [START_MS], from: [START_MS - 36_000_000], to: [START_MS] },
};
/** One strategy or several; detail candles or trades; candles sent along or a range of stored ones. */
const SELDOM = [
  ...['strategies', 'detailTimeframe', 'detailTrades'],
  ...['exchange', 'symbol', 'timeframe', 'from', 'to'],
];

/** What nothing but a person with a phone, an authenticator, an invitation or luck gets done. */
const NEEDS_MORE = /passkeys|totp|register|refresh|recovery-codes|clerk|reset|mail-address/;
const Examples = z.object({ items: z.array(z.object({ document: z.json() })) });

let server: TestServer;
let nowMs = START_MS;
beforeAll(async () => {
  const exchange = new ScriptedExchange();
  exchange.rowsOf('BTC/USDT', '1m').push(...minutesUntil(nowMs, 600));
  exchange.nowMs = nowMs;
  server = await startTestServer([exchange], { env: { WICK_TRUSTED_PROXIES: '1' }, nowMs: () => nowMs });
});
afterAll(() => server.dispose());

it(`answers ${REQUESTS} requests made from its own description as described`, { timeout: 600_000 }, async () => {
  const callers = await FuzzCallers.signIn(server, (ms) => (nowMs += ms));
  const from = { headers: callers.headersOf('admin') };
  const spec = Spec.parse(await (await fetch(`${server.url}/api/v1/openapi.json`)).json());
  const { items } = Examples.parse(await (await fetch(`${server.url}/api/v1/strategies/examples`, from)).json());
  const hints = { values: { ...VALUES, document: items.map(({ document }) => document) }, seldom: SELDOM };
  await runBacktests(callers);
  const { requests, faults, byStatus, neverDone } = await runApiFuzz({
    ...{ url: server.url, spec, hints, callers, seed: SEED, requestsMin: REQUESTS },
    shareOf: ({ method, path }) => SPARED[`${method} ${path}`]?.share ?? 1,
    betweenRounds: async () => {
      await restoreSettings(callers);
      await callers.readmit();
    },
    tick: () => void (nowMs += MS_PER_REQUEST),
  });
  const counts = [...byStatus].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`${requests} requests, seed ${SEED}; ${counts.join(', ')}; never done: ${neverDone.join(', ')}`);
  expect(faults).toEqual([]);
  // Most of the API is reached, or the requests try nothing but the door.
  expect(neverDone.filter((name) => !NEEDS_MORE.test(name))).toEqual([]);
});

/** What an admin may set, and set wrong for everybody, as it was. */
async function restoreSettings(callers: FuzzCallers): Promise<void> {
  await callers.renew('admin');
  const body = JSON.stringify(Object.fromEntries(Object.keys(SYSTEM_DEFAULTS).map((name) => [name, null])));
  const headers = { ...callers.headersOf('admin'), 'content-type': 'application/json', 'if-match': '*' };
  const restore = () => fetch(`${server.url}/api/v1/settings`, { method: 'PATCH', headers, body });
  let answer = await restore();
  if (answer.status === 429) {
    // It was the limits that were set: the next minute has room.
    nowMs += 60_000;
    answer = await restore();
  }
  expect(answer.status).toBe(200);
}

/** Finished backtests for the requests to find. */
async function runBacktests(callers: FuzzCallers): Promise<void> {
  const url = `${server.url}/api/v1/backtests`;
  const headers = { ...callers.headersOf('admin'), 'content-type': 'application/json' };
  const span = { fromMs: START_MS - 36_000_000, toMs: START_MS, timeframe: '1m' };
  const body = JSON.stringify({ strategy: { example: 'trend-ema-cross' }, markets: [market], config: {}, ...span });
  for (let count = 0; count < 4; count++)
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(202);
  const states = async (): Promise<string[]> =>
    listOf(BacktestView)
      .parse(await (await fetch(url, { headers })).json())
      .items.map(({ state }) => state);
  await expect.poll(states, { timeout: 60_000 }).toEqual(['done', 'done', 'done', 'done']);
}
